using System.Text.RegularExpressions;
using LatchLab.Foundation;
using LatchLab.Ledger.Identity;

namespace LatchLab.Ledger.Folders;

/// <summary>
/// The folder of a ledger contains <c>ledger.sqlite</c>, <c>sweep.toml</c> (the text of the sweep),
/// <c>progress.json</c> and <c>writer.lock</c>. Each shard has such a folder, <c>shard-I-of-N</c>, inside the folder of
/// the sweep.
/// </summary>
public static partial class LedgerFolder
{
    /// <summary>The name of the SQLite file.</summary>
    public const string LedgerFileName = "ledger.sqlite";

    /// <summary>The name of the sweep file.</summary>
    public const string SweepFileName = "sweep.toml";

    /// <summary>The name of the file with the progress of the run.</summary>
    public const string ProgressFileName = "progress.json";

    /// <summary>The name of the lock file, which the writing process holds open.</summary>
    public const string LockFileName = "writer.lock";

    /// <summary>The name of the folder of job scripts.</summary>
    public const string JobsFolderName = "slurm";

    /// <summary>The name of the folder of the report.</summary>
    public const string ReportFolderName = "report";

    /// <summary>Returns the folder of the ledger of a shard.</summary>
    public static string GetShardFolder(string folder, Shard shard)
        => shard.IsWhole ? folder : Path.Combine(folder, shard.FolderName);

    /// <summary>Whether a folder itself, not a subfolder, contains a ledger that is not empty.</summary>
    public static bool HasLedger(string folder) => HasLedgerFile(folder) && !ReadOnlyLedgerFile.IsEmpty(folder);

    /// <summary>Returns the folders of the shards that have started, in order.</summary>
    public static IReadOnlyList<string> FindShards(string folder)
        => !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateDirectories(folder)
                .Where(shard => ShardFolderPattern().IsMatch(Path.GetFileName(shard)) && HasLedgerOrProgress(shard))
                .Order(StringComparer.Ordinal)];

    /// <summary>Creates a folder for a ledger, or checks that an existing folder can hold one.</summary>
    /// <exception cref="ValidationException">
    /// The folder contains unrelated files, is a file or cannot be created. Nothing has been changed.
    /// </exception>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public static void EnsureUsable(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
            throw new ValidationException("", "", "the folder name is empty; name a folder for the ledger");
        if (File.Exists(folder))
            throw new ValidationException(folder, "", "is a file; name a folder");
        try
        {
            Directory.CreateDirectory(folder);
            if (HasLedgerFile(folder) || FindShards(folder).Count > 0)
                return;
            if (Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(IsUnrelated) is { } unrelated)
            {
                throw new ValidationException(
                    folder,
                    "",
                    $"is not empty and holds no LatchLab ledger, but '{Path.GetFileName(unrelated)}'; name a new or " +
                        "an empty folder");
            }
        }
        catch (UnauthorizedAccessException)
        {
            throw new ValidationException(folder, "",
                "cannot be written: permission denied; name another folder");
        }
        catch (PathTooLongException)
        {
            throw new ValidationException(folder, "", "has a name that is too long; name another folder");
        }
    }

    /// <summary>Whether a folder contains a ledger file, which may be empty.</summary>
    internal static bool HasLedgerFile(string folder) => File.Exists(Path.Combine(folder, LedgerFileName));

    private static bool HasLedgerOrProgress(string folder)
        => HasLedgerFile(folder) || File.Exists(Path.Combine(folder, ProgressFileName));

    // A run that was killed at its start may have left its lock file and temporary files. Job scripts are written
    // before the shards, which start in any order.
    private static bool IsUnrelated(string entry)
        => Path.GetFileName(entry)
            is not (LockFileName or ProgressFileName or SweepFileName or JobsFolderName or ReportFolderName)
            && !ShardFolderPattern().IsMatch(Path.GetFileName(entry))
            && !Path.GetFileName(entry).StartsWith($".{ProgressFileName}.", StringComparison.Ordinal)
            && !Path.GetFileName(entry).StartsWith($".{SweepFileName}.", StringComparison.Ordinal);

    [GeneratedRegex(@"\Ashard-[0-9]+-of-[0-9]+\z")]
    private static partial Regex ShardFolderPattern();
}
