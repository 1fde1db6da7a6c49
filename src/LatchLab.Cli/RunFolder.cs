using LatchLab.Models.Datasets;

namespace LatchLab.Cli;

/// <summary>The output folder of a sweep.</summary>
internal static class RunFolder
{
    /// <summary>The option for the folder.</summary>
    public static TextOption Option { get; } = new(
        "--out",
        "DIR",
        "folder of the run (default: the name of the sweep file, then -run); a run of the same sweep is resumed");

    /// <summary>The folder, given or by default.</summary>
    /// <param name="given">The value of the option; null if it was not given.</param>
    /// <param name="sweep">The sweep file.</param>
    public static string Resolve(string? given, string sweep)
        => given ?? $"{Path.GetFileNameWithoutExtension(sweep)}-run";

    /// <summary>The source of a sweep file's data files, which are relative to its folder.</summary>
    public static CsvDatasetSource OpenDataFilesBeside(string? sweep)
        => new(sweep is null ? null : Path.GetDirectoryName(Path.GetFullPath(sweep)));
}
