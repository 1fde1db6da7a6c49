namespace LatchLab.Training;

/// <summary>
/// The training error and speed of a run, for display. Trial batches report periodically; no result depends on the
/// monitor.
/// </summary>
/// <param name="budget">Total budget of all trials, in presentations.</param>
public sealed class TrainingMonitor(long budget)
{
    private readonly Lock _syncRoot = new();
    private readonly List<ProgressTotals> _batchTotals = [];    // [trial batch]

    /// <summary>
    /// The mean share of incorrect training sequences over all started trials. A running trial counts with its last
    /// pass (a search with that of its best point), a completed trial with its final error. NaN before the first pass,
    /// and while the pass of the best point of a running search has ended early.
    /// </summary>
    public double MeanTrainingError
        => SumTotals() is { StartedTrials: > 0 } sum ? sum.ErrorSum / sum.StartedTrials : double.NaN;

    /// <summary>Training presentations so far.</summary>
    public long Presentations => SumTotals().Presentations;

    /// <summary>The running trials.</summary>
    public int RunningTrials => SumTotals().RunningTrials;

    /// <summary>The time that trials have run, summed over them.</summary>
    public TimeSpan TrialTime => TimeSpan.FromSeconds(SumTotals().TrialSeconds);

    /// <summary>
    /// An upper bound of the time left: the time if every running or pending trial exhausts its budget. Null until it
    /// can be estimated.
    /// </summary>
    public TimeSpan? MaxTimeLeft
    {
        get
        {
            ProgressTotals sum = SumTotals();
            double remaining = budget - sum.Presentations - sum.UnusedPresentations,
                presentationsPerTrialSecond = sum.Presentations / sum.TrialSeconds;
            double seconds = remaining / (sum.RunningTrials * presentationsPerTrialSecond);
            return seconds >= 0.0 && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
        }
    }

    /// <summary>Reserves the slot of a trial batch.</summary>
    internal int Register()
    {
        lock (_syncRoot)
        {
            _batchTotals.Add(default);
            return _batchTotals.Count - 1;
        }
    }

    /// <summary>Replaces the totals of a trial batch.</summary>
    internal void Report(int slot, in ProgressTotals totals)
    {
        lock (_syncRoot)
            _batchTotals[slot] = totals;
    }

    private ProgressTotals SumTotals()
    {
        lock (_syncRoot)
            return _batchTotals.Aggregate(default(ProgressTotals), (sum, next) => sum + next);
    }
}
