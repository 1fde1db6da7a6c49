using System.Diagnostics;
using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Training;

namespace LatchLab.Ledger.Progress;

/// <summary>The status of one ledger.</summary>
/// <param name="Folder">The folder of the ledger.</param>
/// <param name="Progress">The content of the progress file, or values from the ledger if there is none.</param>
/// <param name="Now">The current time, in UTC.</param>
public sealed record ShardStatus(string Folder, RunProgressFile Progress, DateTime Now)
{
    // A live process writes its file at least every twenty seconds.
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether the progress file reports a running process but is older than a minute, or this machine no longer has
    /// the process: it was probably killed.
    /// </summary>
    public bool IsStale
        => Progress.State == RunState.Running && (!(Now - Progress.Updated <= StaleAfter) || HasLostProcess);

    // Found once: every shard of a status asks several times.
    private bool HasLostProcess { get; }
        = Progress.State == RunState.Running && Progress.Host == Environment.MachineName
            && Progress.Process is { } id && !Array.Exists(Process.GetProcesses(), process => process.Id == id);

    /// <summary>Whether the process is running.</summary>
    public bool IsRunning => Progress.State == RunState.Running && !IsStale;

    /// <summary>Whether every planned trial is complete.</summary>
    public bool IsFinished => Progress.CompletedTrials == Progress.PlannedTrials;

    /// <summary>The time left, as the process estimates it; null if it is not running.</summary>
    public TimeRange? TimeLeft => IsRunning ? Progress.TimeLeft : null;
}

/// <summary>
/// The status of a sweep: of its ledger, or of all its shards together. It is read from the progress files of the runs,
/// so it does not interfere with them and works on any machine with access to the folder.
/// </summary>
public sealed class SweepStatus
{
    private SweepStatus(ShardStatus? whole, IReadOnlyList<ShardStatus> shards)
    {
        (Whole, Shards) = (whole, shards);
        int count = shards.Count == 0 ? 0 : shards.Max(shard => shard.Progress.Shard.Count);
        HashSet<int> seen = [.. shards.Where(shard => shard.Progress.Shard.Count == count)
            .Select(shard => shard.Progress.Shard.Number)];
        MissingShards = whole is { IsFinished: true } ? []
            : [.. Enumerable.Range(1, count).Where(number => !seen.Contains(number))];
    }

    /// <summary>The ledger of the folder itself: of a run without shards, or of merged shards.</summary>
    public ShardStatus? Whole { get; }

    /// <summary>The shards that have started, in order.</summary>
    public IReadOnlyList<ShardStatus> Shards { get; }

    /// <summary>The numbers of the shards that have not started.</summary>
    public IReadOnlyList<int> MissingShards { get; }

    /// <summary>The ledgers of the totals: the shards if there are any; otherwise the ledger of the folder.</summary>
    public IReadOnlyList<ShardStatus> ActiveLedgers => Shards.Count > 0 ? Shards : [Whole!];

    /// <summary>A complete ledger of the folder has the trials of all shards, whichever have run.</summary>
    private IReadOnlyList<ShardStatus> CountedLedgers => Whole is { IsFinished: true } ? [Whole] : ActiveLedgers;

    /// <summary>The name of the sweep.</summary>
    public string Name => ActiveLedgers[0].Progress.Name;

    /// <summary>The number of completed trials.</summary>
    public long CompletedTrials => CountedLedgers.Sum(part => part.Progress.CompletedTrials);

    /// <summary>The number of planned trials of the whole sweep.</summary>
    public long PlannedTrials => ActiveLedgers.Max(part => part.Progress.TotalPlannedTrials);

    /// <summary>The number of trials that diverged.</summary>
    public long DivergedTrials => CountedLedgers.Sum(part => part.Progress.DivergedTrials);

    /// <summary>The trials per second of all running shards.</summary>
    public double TrialsPerSecond
        => ActiveLedgers.Where(part => part.IsRunning).Sum(part => part.Progress.TrialsPerSecond);

    /// <summary>The estimated time until the last running shard is finished; null if none is running.</summary>
    public TimeRange? TimeLeft
        => ActiveLedgers.Max(part => part.TimeLeft?.Least) is { } least
            && ActiveLedgers.Max(part => part.TimeLeft?.Most) is { } most ? new(least, most) : null;

    /// <summary>The state in one word: finished, running or stopped.</summary>
    public string State
        => CountedLedgers.All(part => part.IsFinished) && MissingShards.Count == 0 ? "finished"
            : ActiveLedgers.Any(part => part.IsRunning) ? "running"
            : "stopped";

    /// <summary>Reads the status of the sweep of a folder.</summary>
    /// <exception cref="ValidationException">There is no ledger.</exception>
    public static SweepStatus Load(string folder, DateTime now)
    {
        ShardStatus? whole = TryReadShard(folder, now);
        ShardStatus[] shards =
            [.. LedgerFolder.FindShards(folder).Select(shard => TryReadShard(shard, now)).OfType<ShardStatus>()];
        return whole is null && shards.Length == 0
            ? throw new ValidationException(folder, "", "holds no ledger and no shards of one")
            : new(whole, shards);
    }

    private static ShardStatus? TryReadShard(string folder, DateTime now)
    {
        if (RunProgressFile.TryRead(folder) is { } progress)
            return new(folder, progress, now);
        return LedgerFolder.HasLedger(folder) ? new(folder, ReadFromLedger(folder), now) : null;
    }

    /// <summary>Without a progress file, the totals are read from the ledger; the process is unknown.</summary>
    private static RunProgressFile ReadFromLedger(string folder)
    {
        using LedgerReader ledger = LedgerReader.Open(folder);
        LedgerIdentity identity = ledger.Identity;
        long completed = ledger.TrialCount;
        return new()
        {
            Name = identity.Name,
            State = completed == identity.PlannedTrials ? RunState.Finished : RunState.Interrupted,
            Message = $"there is no {LedgerFolder.ProgressFileName}; counted in the ledger",
            Shard = identity.Shard,
            CompletedTrials = completed,
            PlannedTrials = identity.PlannedTrials,
            TotalPlannedTrials = Shard.Whole.CountTrials(identity.Configurations),
            DivergedTrials = ledger.DivergedTrialCount,
            TrialsPerSecond = 0.0,
        };
    }
}
