using System.Diagnostics;

namespace LatchLab.Training;

/// <summary>Accumulates the progress of the lanes of a trial batch and reports it at most 20 times a second.</summary>
/// <param name="monitor">Receives the reports; null for none.</param>
/// <param name="laneCount">Number of lanes.</param>
internal sealed class ProgressAccumulator(TrainingMonitor? monitor, int laneCount)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(50);

    private readonly double?[] _laneErrors = new double?[laneCount];   // null before the first pass, NaN if unknown
    private readonly int _slot = monitor?.Register() ?? 0;
    private ProgressTotals _completedTotals;
    private long _presentations;
    private double _trialSeconds;
    private long _lastReport = Stopwatch.GetTimestamp();

    /// <summary>Adds a training pass.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="presentationCount">Presentations of the pass.</param>
    /// <param name="error">Share of incorrect sequences, NaN if unknown; null to keep the previous value.</param>
    public void AddEpoch(int lane, int presentationCount, double? error)
    {
        _presentations += presentationCount;
        _laneErrors[lane] = error ?? _laneErrors[lane] ?? double.NaN;
    }

    public void EndTrial(int lane, int budget, in Outcome outcome)
    {
        double error = double.IsNaN(outcome.TrainingError) ? _laneErrors[lane] ?? double.NaN : outcome.TrainingError;
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
        _laneErrors[lane] = null;
    }

    /// <summary>Reports the totals if a report is due; called after every pass.</summary>
    /// <param name="isLast">Whether this is the last pass, which is always reported.</param>
    public void Report(bool isLast)
    {
        if (monitor is null || (!isLast && Stopwatch.GetElapsedTime(_lastReport) < ReportInterval))
            return;
        ProgressTotals totals = _completedTotals;
        foreach (double error in _laneErrors.OfType<double>())
        {
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

/// <summary>Sums over the trials that have run in the lanes of a trial batch.</summary>
/// <param name="ErrorSum">Sum of the shares of incorrect training sequences; NaN if one is unknown.</param>
/// <param name="StartedTrials">Trials in that sum.</param>
/// <param name="RunningTrials">Trials of that sum that still run.</param>
/// <param name="Presentations">Training presentations.</param>
/// <param name="UnusedPresentations">Presentations left in the budgets of completed trials.</param>
/// <param name="TrialSeconds">Time integral of the number of running trials, in seconds.</param>
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
