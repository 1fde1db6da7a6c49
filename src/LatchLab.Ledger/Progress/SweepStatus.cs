using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Training;

namespace LatchLab.Ledger.Progress;

/// <summary>How far one ledger is.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Progress">What its progress file says; where there is none, what the ledger itself says.</param>
/// <param name="Now">The time, in universal time.</param>
public sealed record ShardStatus(string Folder, RunProgressFile Progress, DateTime Now)
{
    // A process that lives writes its file every twenty seconds at least.
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether it says that it runs, but has not said so for more than a minute: it was probably killed.
    /// </summary>
    public bool IsStale => Progress.State == RunState.Running && !(Now - Progress.Updated <= StaleAfter);

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => Progress.State == RunState.Running && !IsStale;

    /// <summary>Whether every trial is there.</summary>
    public bool IsFinished => Progress.CompletedTrials == Progress.PlannedTrials;

    /// <summary>The time until it is finished, if it goes on at its rate; null where it does not run.</summary>
    public TimeSpan? RemainingTime
        => IsRunning && Progress.TrialsPerSecond > 0.0
            ? TimeSpan.FromSeconds((Progress.PlannedTrials - Progress.CompletedTrials) / Progress.TrialsPerSecond)
            : null;
}

/// <summary>
/// How far a sweep is: its ledger, or those of its shards together. It is read from the small files that runs keep up
/// to date, so it disturbs nobody and can be asked from any machine that sees the folder.
/// </summary>
public sealed class SweepStatus
{
    private SweepStatus(ShardStatus? whole, IReadOnlyList<ShardStatus> shards)
    {
        (Whole, Shards) = (whole, shards);
        int count = shards.Count == 0 ? 0 : shards.Max(shard => shard.Progress.Shard.Count);
        HashSet<int> seen = [.. shards.Where(shard => shard.Progress.Shard.Count == count)
            .Select(shard => shard.Progress.Shard.Number)];
        MissingShards = [.. Enumerable.Range(1, count).Where(number => !seen.Contains(number))];
    }

    /// <summary>The ledger of the folder itself: a run without shards, or what shards were merged into.</summary>
    public ShardStatus? Whole { get; }

    /// <summary>The shards that have begun, in order.</summary>
    public IReadOnlyList<ShardStatus> Shards { get; }

    /// <summary>The numbers of the shards that have not.</summary>
    public IReadOnlyList<int> MissingShards { get; }

    /// <summary>What is summed up: the shards where there are any, and otherwise the ledger of the folder.</summary>
    public IReadOnlyList<ShardStatus> ActiveLedgers => Shards.Count > 0 ? Shards : [Whole!];

    /// <summary>What the sweep is called.</summary>
    public string Name => ActiveLedgers[0].Progress.Name;

    /// <summary>Trials that there are.</summary>
    public long CompletedTrials => ActiveLedgers.Sum(part => part.Progress.CompletedTrials);

    /// <summary>Trials of the whole sweep.</summary>
    public long PlannedTrials => ActiveLedgers.Max(part => part.Progress.TotalPlannedTrials);

    /// <summary>Trials that diverged.</summary>
    public long DivergedTrials => ActiveLedgers.Sum(part => part.Progress.DivergedTrials);

    /// <summary>Trials a second, of the shards that run.</summary>
    public double TrialsPerSecond
        => ActiveLedgers.Where(part => part.IsRunning).Sum(part => part.Progress.TrialsPerSecond);

    /// <summary>The time until the last of the shards that run is finished; null where none runs.</summary>
    public TimeSpan? RemainingTime => ActiveLedgers.Max(part => part.RemainingTime);

    /// <summary>In a word: finished, running, or stopped.</summary>
    public string State
        => ActiveLedgers.All(part => part.IsFinished) && MissingShards.Count == 0 ? "finished"
            : ActiveLedgers.Any(part => part.IsRunning) ? "running"
            : "stopped";

    /// <summary>Reads how far the sweep of a folder is.</summary>
    /// <param name="folder">The folder of a ledger, or of shards.</param>
    /// <param name="now">The time, in universal time.</param>
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

    /// <summary>Without a progress file the ledger is asked for its totals; of its process nothing is known.</summary>
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
            DivergedTrials = ledger.ReadTotals().Sum(totals => totals[StopReason.Diverged]),
            TrialsPerSecond = 0.0,
        };
    }
}
