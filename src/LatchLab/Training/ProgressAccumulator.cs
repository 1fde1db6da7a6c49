using System.Diagnostics;

namespace LatchLab.Training;

/// <summary>Watches the lanes of an ensemble, and tells of them at most twenty times a second.</summary>
/// <param name="monitor">Whom it tells; null for nobody.</param>
/// <param name="laneCount">Number of lanes.</param>
internal sealed class ProgressAccumulator(TrainingMonitor? monitor, int laneCount)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(50);

    private readonly double[] _laneErrors = [.. Enumerable.Repeat(double.NaN, laneCount)];
    private readonly int _slot = monitor?.Register() ?? 0;
    private ProgressTotals _completedTotals;
    private long _presentations;
    private double _trialSeconds;
    private long _lastReport = Stopwatch.GetTimestamp();

    /// <summary>Counts a pass that taught.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="presentationCount">Its presentations.</param>
    /// <param name="error">The share that was wrong; null where the pass says nothing new.</param>
    public void AddEpoch(int lane, int presentationCount, double? error)
    {
        _presentations += presentationCount;
        _laneErrors[lane] = error ?? _laneErrors[lane];
    }

    /// <summary>The lane's trial has ended.</summary>
    public void EndTrial(int lane, int budget, in Outcome outcome)
    {
        double error = double.IsNaN(outcome.TrainingError) ? _laneErrors[lane] : outcome.TrainingError;
        if (!double.IsNaN(error))
            _completedTotals = _completedTotals with
            {
                ErrorSum = _completedTotals.ErrorSum + error,
                StartedTrials = _completedTotals.StartedTrials + 1
            };
        _completedTotals = _completedTotals with
        {
            UnusedPresentations = _completedTotals.UnusedPresentations + budget - outcome.Presentations
        };
        _laneErrors[lane] = double.NaN;
    }

    /// <summary>To be called after every pass.</summary>
    /// <param name="isLast">Whether there will be none any more.</param>
    public void Report(bool isLast)
    {
        if (monitor is null || (!isLast && Stopwatch.GetElapsedTime(_lastReport) < ReportInterval))
            return;
        ProgressTotals totals = _completedTotals;
        foreach (double error in _laneErrors)
        {
            if (!double.IsNaN(error))
                totals = totals with
                {
                    ErrorSum = totals.ErrorSum + error,
                    StartedTrials = totals.StartedTrials + 1,
                    RunningTrials = totals.RunningTrials + 1
                };
        }

        _trialSeconds += totals.RunningTrials * Stopwatch.GetElapsedTime(_lastReport).TotalSeconds;
        _lastReport = Stopwatch.GetTimestamp();
        monitor.Report(_slot, totals with { Presentations = _presentations, TrialSeconds = _trialSeconds });
    }
}

/// <summary>Sums over the trials that have been in the lanes of an ensemble.</summary>
/// <param name="ErrorSum">Shares of the training sequences that are wrong.</param>
/// <param name="StartedTrials">Trials in that sum.</param>
/// <param name="RunningTrials">Those of them that have not ended.</param>
/// <param name="Presentations">Presentations that taught.</param>
/// <param name="UnusedPresentations">Presentations that trials which have ended had left.</param>
/// <param name="TrialSeconds">Running trials times seconds.</param>
internal readonly record struct ProgressTotals(
    double ErrorSum, int StartedTrials, int RunningTrials, long Presentations, long UnusedPresentations,
    double TrialSeconds)
{
    public static ProgressTotals operator +(in ProgressTotals a, in ProgressTotals b)
        => new(
            a.ErrorSum + b.ErrorSum,
            a.StartedTrials + b.StartedTrials,
            a.RunningTrials + b.RunningTrials,
            a.Presentations + b.Presentations,
            a.UnusedPresentations + b.UnusedPresentations,
            a.TrialSeconds + b.TrialSeconds);
}
