using System.CommandLine;
using LatchLab.Foundation;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.Models.Datasets;
using LatchLab.Sweeps;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>A sweep file, the output folder of its run, and the journal of the ledger in it.</summary>
internal static class RunFolder
{
    /// <summary>The argument for the sweep file.</summary>
    public static Argument<string> Sweep { get; } = Options.Argument(
        "SWEEP.toml", "the sweep (see docs/reference/sweep-files.md)");

    /// <summary>The option for the folder.</summary>
    public static Option<string?> Option { get; } = Options.Text(
        "--out", "DIR",
        "folder of the run (default: the name of the sweep file, then -run); a run of the same sweep is resumed");

    /// <summary>The option for the journal mode of a ledger.</summary>
    public static Option<LedgerOptions> Journal { get; } = Options.Choice(
        "--journal", "KIND",
        "journal mode of the ledger: wal, rollback or auto (default), which is rollback if machines may share the " +
            "folder, otherwise wal",
        new LedgerOptions(),
        ("auto", new()),
        ("wal", new() { Journal = JournalMode.WriteAheadLog }),
        ("rollback", new() { Journal = JournalMode.Rollback }));

    /// <summary>The folder, given or by default.</summary>
    /// <param name="given">The value of the option; null if it was not given.</param>
    /// <param name="sweep">The sweep file.</param>
    public static string Resolve(string? given, string sweep)
        => given ?? $"{Path.GetFileNameWithoutExtension(sweep)}-run";

    /// <summary>The source of a sweep file's data files, which are relative to its folder.</summary>
    public static DatasetFileSource OpenDataFilesBeside(string? sweep)
        => new(sweep is null ? null : Path.GetDirectoryName(Path.GetFullPath(sweep)))
        {
            Progress = new ReadingProgress().Report,
        };

    /// <summary>
    /// The configuration with its data files relative to the folder of a run, where its sweep file is.
    /// </summary>
    public static TrainingConfiguration RelateDataFiles(string folder, TrainingConfiguration configuration)
        => Settings.With(configuration, ConfigurationSettings.GetSettings(configuration)
            .Where(setting => setting.Path is "task.file" or "task.labels" && setting.Value.Length > 0
                && !Path.IsPathRooted(setting.Value))
            .ToDictionary(setting => setting.Path, setting => (object?)Path.GetRelativePath(folder, setting.Value)));
}
