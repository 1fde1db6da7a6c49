using System.Text;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// A sweep in a TOML file (docs/sweep-files.md): what is varied, and what is held. A file is checked whole, settings
/// and cells too, before anything of it runs.
/// </summary>
public static class SweepFile
{
    /// <summary>The largest file that is read, 1 MiB.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>Most cells of a sweep.</summary>
    public const int MaximumConfigurations = 1_000_000;

    /// <summary>Most trials of a sweep.</summary>
    public const int MaximumTrials = 1_000_000_000;

    /// <summary>The seed where a file gives none.</summary>
    public const ulong DefaultSeed = 1994;

    /// <summary>Trials of each cell that keep a log of their checks where a file says nothing.</summary>
    public const int DefaultLoggedTrials = 3;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">Reads the datasets that the file names.</param>
    /// <exception cref="ValidationException">It cannot be read, or is no sweep: every mistake, with its
    /// place.</exception>
    public static SweepPlan Read(string path, IDatasetSource source)
    {
        byte[] bytes = InputFile.ReadBytes(path);
        return bytes.Length <= MaximumBytes
            ? SweepReader.Read(new SourceText(bytes, path), Path.GetFileNameWithoutExtension(path), source)
            : throw new ValidationException(
                path, "", $"is larger than the {MaximumBytes >> 20} MiB of a sweep file; is it the right one?");
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The TOML.</param>
    /// <param name="sourceName">What messages call it, in place of a file's name.</param>
    /// <param name="source">Reads the sequences that it names; null where it names none.</param>
    /// <exception cref="ValidationException">It is no sweep: every mistake, with its place.</exception>
    public static SweepPlan Parse(string text, string sourceName, IDatasetSource? source = null)
        => SweepReader.Read(
            new SourceText(Encoding.UTF8.GetBytes(text), sourceName),
            Path.GetFileNameWithoutExtension(sourceName),
            source);

    /// <summary>The text of a sweep file, which reads back to the same plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="comment">Lines of a comment that stands first.</param>
    public static string Serialize(SweepPlan plan, params IEnumerable<string> comment)
        => SweepWriter.Write(plan, comment);
}
