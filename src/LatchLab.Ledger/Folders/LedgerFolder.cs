using System.Text.RegularExpressions;

namespace LatchLab.Ledger;

/// <summary>
/// The folder of a ledger: <c>ledger.sqlite</c>, <c>sweep.toml</c> (the text of the sweep), <c>progress.json</c> and
/// <c>writer.lock</c>. A shard has such a folder in the folder of the whole, <c>shard-I-of-N</c>.
/// </summary>
public static partial class LedgerFolder
{
    /// <summary>The name of the SQLite file.</summary>
    public const string LedgerName = "ledger.sqlite";

    /// <summary>The name of the sweep's text.</summary>
    public const string SweepName = "sweep.toml";

    /// <summary>The name of the file that tells how far a run is.</summary>
    public const string ProgressName = "progress.json";

    /// <summary>The name of the file that whoever writes holds locked.</summary>
    public const string LockName = "writer.lock";

    /// <summary>The name of the folder of job scripts.</summary>
    public const string JobsName = "slurm";

    /// <summary>The name of the folder of the report.</summary>
    public const string ReportName = "report";

    /// <summary>Where the ledger of a shard lies.</summary>
    /// <param name="folder">The folder of the whole.</param>
    /// <param name="shard">The shard.</param>
    public static string Of(string folder, Shard shard)
        => shard.IsWhole ? folder : Path.Combine(folder, shard.FolderName);

    /// <summary>Whether there is a ledger in a folder itself, and not only the beginning of one.</summary>
    public static bool HasLedger(string folder) => HasFile(folder) && !ReadableFile.IsEmpty(folder);

    /// <summary>The folders of the shards that have begun, in order.</summary>
    public static IReadOnlyList<string> Shards(string folder)
        => !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateDirectories(folder)
                .Where(shard => ShardName().IsMatch(Path.GetFileName(shard)) && HasBegun(shard))
                .Order(StringComparer.Ordinal)];

    /// <summary>Makes a folder for a ledger, or finds out that it may hold one.</summary>
    /// <exception cref="InputException">
    /// It holds something that is not ours, is a file, or cannot be made; nothing has been changed.
    /// </exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static void Claim(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
            throw new InputException("", "", "an empty text is no folder; name a folder for the ledger");
        if (File.Exists(folder))
            throw new InputException(folder, "", "is a file; name a folder");
        try
        {
            Directory.CreateDirectory(folder);
            if (HasFile(folder) || Shards(folder).Count > 0)
                return;
            if (Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(IsForeign) is { } foreign)
            {
                throw new InputException(
                    folder,
                    "",
                    $"is not empty and holds no ledger of ours, but '{Path.GetFileName(foreign)}'; name a new or an " +
                        "empty folder");
            }
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException(folder, "", "cannot be written, since we have no permission; name another folder");
        }
        catch (PathTooLongException)
        {
            throw new InputException(folder, "", "has a name that is too long; name another folder");
        }
    }

    /// <summary>Whether there is a ledger in a folder, finished or not.</summary>
    internal static bool HasFile(string folder) => File.Exists(Path.Combine(folder, LedgerName));

    private static bool HasBegun(string folder)
        => HasFile(folder) || File.Exists(Path.Combine(folder, ProgressName));

    // A run that was killed as it began may have left its lock, and files that were to be moved into their places. Job
    // scripts come before the shards, which begin in any order.
    private static bool IsForeign(string entry)
        => Path.GetFileName(entry) is not (LockName or ProgressName or SweepName or JobsName or ReportName)
            && !ShardName().IsMatch(Path.GetFileName(entry))
            && !Path.GetFileName(entry).StartsWith($".{ProgressName}.", StringComparison.Ordinal)
            && !Path.GetFileName(entry).StartsWith($".{SweepName}.", StringComparison.Ordinal);

    [GeneratedRegex(@"\Ashard-[0-9]+-of-[0-9]+\z")]
    private static partial Regex ShardName();
}
