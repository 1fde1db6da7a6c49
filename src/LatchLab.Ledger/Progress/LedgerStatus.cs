using LatchLab.Experiments;

namespace LatchLab.Ledger;

/// <summary>How far one ledger is.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Progress">What its progress file says; where there is none, what the ledger itself says.</param>
/// <param name="Now">The time, in universal time.</param>
public sealed record PartStatus(string Folder, LedgerProgress Progress, DateTime Now)
{
    // A process that lives writes its file every twenty seconds at least.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether it says that it runs, but has not said so for more than a minute: it was probably killed.
    /// </summary>
    public bool IsStale => Progress.State == LedgerState.Running && !(Now - Progress.Updated <= Patience);

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => Progress.State == LedgerState.Running && !IsStale;

    /// <summary>Whether every trial is there.</summary>
    public bool IsFinished => Progress.Done == Progress.Planned;

    /// <summary>The time until it is finished, if it goes on at its rate; null where it does not run.</summary>
    public TimeSpan? TimeLeft
        => IsRunning && Progress.Rate > 0.0
            ? TimeSpan.FromSeconds((Progress.Planned - Progress.Done) / Progress.Rate)
            : null;
}

/// <summary>
/// How far a sweep is: its ledger, or those of its shards together. It is read from the small files that runs keep up
/// to date, so it disturbs nobody and can be asked from any machine that sees the folder.
/// </summary>
public sealed class LedgerStatus
{
    private LedgerStatus(PartStatus? whole, IReadOnlyList<PartStatus> shards)
    {
        (Whole, Shards) = (whole, shards);
        int count = shards.Count == 0 ? 0 : shards.Max(shard => shard.Progress.Shard.Count);
        HashSet<int> seen = [.. shards.Where(shard => shard.Progress.Shard.Count == count)
            .Select(shard => shard.Progress.Shard.Number)];
        Missing = [.. Enumerable.Range(1, count).Where(number => !seen.Contains(number))];
    }

    /// <summary>The ledger of the folder itself: a run without shards, or what shards were merged into.</summary>
    public PartStatus? Whole { get; }

    /// <summary>The shards that have begun, in order.</summary>
    public IReadOnlyList<PartStatus> Shards { get; }

    /// <summary>The numbers of the shards that have not.</summary>
    public IReadOnlyList<int> Missing { get; }

    /// <summary>What is summed up: the shards where there are any, and otherwise the ledger of the folder.</summary>
    public IReadOnlyList<PartStatus> Parts => Shards.Count > 0 ? Shards : [Whole!];

    /// <summary>What the sweep is called.</summary>
    public string Name => Parts[0].Progress.Name;

    /// <summary>Trials that there are.</summary>
    public long Done => Parts.Sum(part => part.Progress.Done);

    /// <summary>Trials of the whole sweep.</summary>
    public long Planned => Parts.Max(part => part.Progress.PlannedInAll);

    /// <summary>Trials that diverged.</summary>
    public long Failures => Parts.Sum(part => part.Progress.Failures);

    /// <summary>Trials a second, of the shards that run.</summary>
    public double Rate => Parts.Where(part => part.IsRunning).Sum(part => part.Progress.Rate);

    /// <summary>The time until the last of the shards that run is finished; null where none runs.</summary>
    public TimeSpan? TimeLeft => Parts.Max(part => part.TimeLeft);

    /// <summary>In a word: finished, running, or stopped.</summary>
    public string State
        => Parts.All(part => part.IsFinished) && Missing.Count == 0 ? "finished"
            : Parts.Any(part => part.IsRunning) ? "running"
            : "stopped";

    /// <summary>Reads how far the sweep of a folder is.</summary>
    /// <param name="folder">The folder of a ledger, or of shards.</param>
    /// <param name="now">The time, in universal time.</param>
    /// <exception cref="InputException">There is no ledger.</exception>
    public static LedgerStatus Of(string folder, DateTime now)
    {
        PartStatus? whole = Read(folder, now);
        PartStatus[] shards =
            [.. LedgerFolder.Shards(folder).Select(shard => Read(shard, now)).OfType<PartStatus>()];
        return whole is null && shards.Length == 0
            ? throw new InputException(folder, "", "holds no ledger and no shards of one")
            : new(whole, shards);
    }

    private static PartStatus? Read(string folder, DateTime now)
    {
        if (LedgerProgress.TryRead(folder) is { } progress)
            return new(folder, progress, now);
        return LedgerFolder.HasLedger(folder) ? new(folder, Count(folder), now) : null;
    }

    /// <summary>Without a progress file the ledger is asked for its totals; of its process nothing is known.</summary>
    private static LedgerProgress Count(string folder)
    {
        using LedgerReader ledger = LedgerReader.Open(folder);
        LedgerIdentity identity = ledger.Identity;
        long done = ledger.Count;
        return new()
        {
            Name = identity.Name,
            State = done == identity.Planned ? LedgerState.Finished : LedgerState.Interrupted,
            Message = $"there is no {LedgerFolder.ProgressName}; counted in the ledger",
            Shard = identity.Shard,
            Done = done,
            Planned = identity.Planned,
            PlannedInAll = Shard.Whole.TrialsOf(identity.Cells),
            Failures = ledger.Totals().Sum(totals => totals[Ending.Diverged]),
            Rate = 0.0,
        };
    }
}
