namespace LatchLab.Experiments;

/// <summary>
/// What the trials of a run have learned so far, for somebody who watches. Ensembles tell of it now and then; no result
/// depends on it.
/// </summary>
/// <param name="budget">Presentations that all trials may take together.</param>
public sealed class LiveTrials(long budget)
{
    private readonly Lock gate = new();
    private readonly List<LaneTotals> totals = [];  // [ensemble]

    /// <summary>
    /// The mean share of the training sequences that are wrong, of all trials that have begun: those that run in their
    /// last pass (a search in that of its best point), those that have ended at their end. NaN before the first pass.
    /// </summary>
    public double MeanError => Sum() is { Begun: > 0 } sum ? sum.Errors / sum.Begun : double.NaN;

    /// <summary>Presentations that taught.</summary>
    public long Presentations => Sum().Presentations;

    /// <summary>
    /// The time left if no trial that still runs or waits learns before its budget is spent; null as long as there is
    /// nothing to judge from.
    /// </summary>
    public TimeSpan? MostTimeLeft
    {
        get
        {
            LaneTotals sum = Sum();
            double left = budget - sum.Presentations - sum.Spared, pace = sum.Presentations / sum.TrialSeconds;
            double seconds = left / (sum.Running * pace);
            return seconds >= 0.0 && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
        }
    }

    /// <summary>A place for what an ensemble tells.</summary>
    internal int Join()
    {
        lock (gate)
        {
            totals.Add(default);
            return totals.Count - 1;
        }
    }

    /// <summary>Replaces what an ensemble told before.</summary>
    internal void Tell(int place, in LaneTotals told)
    {
        lock (gate)
            totals[place] = told;
    }

    private LaneTotals Sum()
    {
        lock (gate)
            return totals.Aggregate(default(LaneTotals), (sum, next) => sum + next);
    }
}
