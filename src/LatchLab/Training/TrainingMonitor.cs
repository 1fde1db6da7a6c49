namespace LatchLab.Training;

/// <summary>
/// What the trials of a run have learned so far, for somebody who watches. Ensembles tell of it now and then; no result
/// depends on it.
/// </summary>
/// <param name="budget">Presentations that all trials may take together.</param>
public sealed class TrainingMonitor(long budget)
{
    private readonly Lock _syncRoot = new();
    private readonly List<ProgressTotals> _batchTotals = [];  // [ensemble]

    /// <summary>
    /// The mean share of the training sequences that are wrong, of all trials that have begun: those that run in their
    /// last pass (a search in that of its best point), those that have ended at their end. NaN before the first pass.
    /// </summary>
    public double MeanTrainingError
        => SumTotals() is { StartedTrials: > 0 } sum ? sum.ErrorSum / sum.StartedTrials : double.NaN;

    /// <summary>Presentations that taught.</summary>
    public long Presentations => SumTotals().Presentations;

    /// <summary>
    /// The time left if no trial that still runs or waits learns before its budget is spent; null as long as there is
    /// nothing to judge from.
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

    /// <summary>A place for what an ensemble tells.</summary>
    internal int Register()
    {
        lock (_syncRoot)
        {
            _batchTotals.Add(default);
            return _batchTotals.Count - 1;
        }
    }

    /// <summary>Replaces what an ensemble told before.</summary>
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
