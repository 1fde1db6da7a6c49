using LatchLab.Models.Datasets;

namespace LatchLab.Cli;

/// <summary>The folder of a run of a sweep.</summary>
internal static class RunFolder
{
    /// <summary>The option that names it.</summary>
    public static TextOption Option { get; } = new(
        "--out",
        "DIR",
        "folder of the run (default: the name of the sweep file and -run); a run of the same sweep goes on");

    /// <summary>The folder, given or by default.</summary>
    /// <param name="given">What was given; null for nothing.</param>
    /// <param name="sweep">The sweep file.</param>
    public static string Resolve(string? given, string sweep)
        => given ?? $"{Path.GetFileNameWithoutExtension(sweep)}-run";

    /// <summary>The data files that a sweep file names, relative to its own folder.</summary>
    public static CsvDatasetSource OpenDataFilesBeside(string? sweep)
        => new(sweep is null ? null : Path.GetDirectoryName(Path.GetFullPath(sweep)));
}
