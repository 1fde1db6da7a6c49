using System.Text.RegularExpressions;
using LatchLab.Foundation;
using LatchLab.Ledger.Identity;

namespace LatchLab.Ledger.Folders;

/// <summary>
/// The folder of a ledger: <c>ledger.sqlite</c>, <c>sweep.toml</c> (the text of the sweep), <c>progress.json</c> and
/// <c>writer.lock</c>. A shard has such a folder in the folder of the whole, <c>shard-I-of-N</c>.
/// </summary>
public static partial class LedgerFolder
{
    /// <summary>The name of the SQLite file.</summary>
    public const string LedgerFileName = "ledger.sqlite";

    /// <summary>The name of the sweep's text.</summary>
    public const string SweepFileName = "sweep.toml";

    /// <summary>The name of the file that tells how far a run is.</summary>
    public const string ProgressFileName = "progress.json";

    /// <summary>The name of the file that whoever writes holds locked.</summary>
    public const string LockFileName = "writer.lock";

    /// <summary>The name of the folder of job scripts.</summary>
    public const string JobsFolderName = "slurm";

    /// <summary>The name of the folder of the report.</summary>
    public const string ReportFolderName = "report";

    /// <summary>Where the ledger of a shard lies.</summary>
    /// <param name="folder">The folder of the whole.</param>
    /// <param name="shard">The shard.</param>
    public static string GetShardFolder(string folder, Shard shard)
        => shard.IsWhole ? folder : Path.Combine(folder, shard.FolderName);

    /// <summary>Whether there is a ledger in a folder itself, and not only the beginning of one.</summary>
    public static bool HasLedger(string folder) => HasLedgerFile(folder) && !ReadOnlyLedgerFile.IsEmpty(folder);

    /// <summary>The folders of the shards that have begun, in order.</summary>
    public static IReadOnlyList<string> FindShards(string folder)
        => !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateDirectories(folder)
                .Where(shard => ShardFolderPattern().IsMatch(Path.GetFileName(shard)) && HasLedgerOrProgress(shard))
                .Order(StringComparer.Ordinal)];

    /// <summary>Makes a folder for a ledger, or finds out that it may hold one.</summary>
    /// <exception cref="ValidationException">
    /// It holds something that is not ours, is a file, or cannot be made; nothing has been changed.
    /// </exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static void EnsureUsable(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
            throw new ValidationException("", "", "an empty text is no folder; name a folder for the ledger");
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
                    $"is not empty and holds no ledger of ours, but '{Path.GetFileName(unrelated)}'; name a new or " +
                        $"an " +
                        "empty folder");
            }
        }
        catch (UnauthorizedAccessException)
        {
            throw new ValidationException(folder, "",
                "cannot be written, since we have no permission; name another folder");
        }
        catch (PathTooLongException)
        {
            throw new ValidationException(folder, "", "has a name that is too long; name another folder");
        }
    }

    /// <summary>Whether there is a ledger in a folder, finished or not.</summary>
    internal static bool HasLedgerFile(string folder) => File.Exists(Path.Combine(folder, LedgerFileName));

    private static bool HasLedgerOrProgress(string folder)
        => HasLedgerFile(folder) || File.Exists(Path.Combine(folder, ProgressFileName));

    // A run that was killed as it began may have left its lock, and files that were to be moved into their places. Job
    // scripts come before the shards, which begin in any order.
    private static bool IsUnrelated(string entry)
        => Path.GetFileName(entry)
            is not (LockFileName or ProgressFileName or SweepFileName or JobsFolderName or ReportFolderName)
            && !ShardFolderPattern().IsMatch(Path.GetFileName(entry))
            && !Path.GetFileName(entry).StartsWith($".{ProgressFileName}.", StringComparison.Ordinal)
            && !Path.GetFileName(entry).StartsWith($".{SweepFileName}.", StringComparison.Ordinal);

    [GeneratedRegex(@"\Ashard-[0-9]+-of-[0-9]+\z")]
    private static partial Regex ShardFolderPattern();
}
