using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>Reads and writes the checkpoint of a training run (docs/reference/training.md).</summary>
internal static class CheckpointFile
{
    /// <summary>Whether a file is a checkpoint, complete or not.</summary>
    public static bool Exists(string? path) => File.Exists(path) && IsCheckpoint(path);

    /// <summary>Reads a checkpoint of any size.</summary>
    /// <exception cref="ValidationException">The file cannot be read or is not complete.</exception>
    public static TrainingCheckpoint Read(string path)
    {
        byte[] bytes = InputFile.TranslateErrors(path, () => File.ReadAllBytes(path));
        try
        {
            return TrainingCheckpoint.FromBytes(bytes);
        }
        catch (ValidationException exception)
        {
            throw Locate(path, exception);
        }
    }

    /// <summary>Ensures that a run with these settings continues that of a file.</summary>
    /// <exception cref="ValidationException">Lists every difference, with the file.</exception>
    public static void EnsureContinues(
        string path, TrainingCheckpoint checkpoint, TrainingConfiguration configuration, int trialCount, ulong seed)
    {
        try
        {
            checkpoint.EnsureContinues(configuration, trialCount, seed);
        }
        catch (ValidationException exception)
        {
            throw Locate(path, exception);
        }
    }

    /// <summary>Checks that a checkpoint can be written; an existing one may be replaced.</summary>
    /// <exception cref="ValidationException">The file cannot be written, or is not a checkpoint.</exception>
    public static void EnsureWritable(string path) => AtomicFile.EnsureWritable(path, IsCheckpoint, "checkpoint");

    /// <summary>Writes a checkpoint beside the file and renames it: one of the two is always complete.</summary>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public static void Write(string path, TrainingCheckpoint checkpoint)
        => AtomicFile.Write(path, checkpoint.ToBytes());

    private static bool IsCheckpoint(string path) => InputFile.TranslateErrors(path, () =>
    {
        Span<byte> beginning = stackalloc byte[64];
        using FileStream file = File.OpenRead(path);
        return TrainingCheckpoint.HasFormat(beginning[..file.ReadAtLeast(beginning, beginning.Length, false)]);
    });

    private static ValidationException Locate(string path, ValidationException exception)
        => new([.. exception.Errors.Select(error => error with { Location = path })]);
}
