using System.Text;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// Reads and writes sweeps as TOML files (docs/reference/sweep-files.md): the varied settings and the fixed settings.
/// The whole file, including settings and configurations, is validated before anything runs.
/// </summary>
public static class SweepFile
{
    /// <summary>The maximum size of a sweep file, 1 MiB.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>The maximum number of configurations of a sweep.</summary>
    public const int MaximumConfigurations = 1_000_000;

    /// <summary>The maximum number of trials of a sweep.</summary>
    public const int MaximumTrials = 1_000_000_000;

    /// <summary>The default seed.</summary>
    public const ulong DefaultSeed = 1994;

    /// <summary>The default number of trials of each configuration that keep a log.</summary>
    public const int DefaultLoggedTrials = 3;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">Reads the datasets that the file names.</param>
    /// <param name="note">Receives a message for each former name in the file; null for none.</param>
    /// <param name="overrides">
    /// Settings by path, such as <c>task.length</c>, that replace those of the file, on its axes, too; null for none.
    /// </param>
    /// <exception cref="ValidationException">
    /// The file cannot be read or is not a valid sweep. Lists every error with its location.
    /// </exception>
    public static SweepPlan Read(
        string path,
        IDatasetSource source,
        Action<string>? note = null,
        IReadOnlyDictionary<string, string>? overrides = null)
    {
        byte[] bytes = InputFile.ReadBytes(path);
        return bytes.Length <= MaximumBytes
            ? SweepReader.Read(new SourceText(bytes, path), Path.GetFileNameWithoutExtension(path), source, note,
                overrides)
            : throw new ValidationException(
                path, "", $"is larger than the limit of {MaximumBytes >> 20} MiB; is it a sweep file?");
    }

    /// <summary>Parses a text.</summary>
    /// <param name="text">The TOML.</param>
    /// <param name="sourceName">The name of the source in messages, in place of a file name.</param>
    /// <param name="source">Reads the datasets that the text names; null if it names none.</param>
    /// <param name="overrides">Settings by path that replace those of the text; null for none.</param>
    /// <exception cref="ValidationException">
    /// The text is not a valid sweep. Lists every error with its location.
    /// </exception>
    public static SweepPlan Parse(
        string text, string sourceName, IDatasetSource? source = null,
        IReadOnlyDictionary<string, string>? overrides = null)
        => SweepReader.Read(
            new SourceText(Encoding.UTF8.GetBytes(text), sourceName),
            Path.GetFileNameWithoutExtension(sourceName),
            source,
            note: null,
            overrides);

    /// <summary>Returns the text of a sweep file. It reads back to the same plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="comment">The lines of a comment at the top.</param>
    public static string Serialize(SweepPlan plan, params IEnumerable<string> comment)
        => SweepWriter.Write(plan, comment);
}
