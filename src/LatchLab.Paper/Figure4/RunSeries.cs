using LatchLab.Figures;
using LatchLab.Paper.Comparison;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// Creates the points of algorithm runs in figures: a value with its interval at a length. If there are no runs at a
/// length, the value is NaN and no point is drawn.
/// </summary>
internal static class RunSeries
{
    private static BootstrapInterval NoData { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>Creates a curve over the lengths of the runs of an algorithm.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="point">Returns the point at the length of an index.</param>
    /// <param name="mark">The marker.</param>
    /// <param name="colour">Index into the palette.</param>
    public static Series CreateCurve(AlgorithmRuns runs, string name, Func<int, DataPoint> point, Marker mark,
        int colour)
        => new(name, SeriesKind.Curve, [.. Enumerable.Range(0, runs.Lengths.Count).Select(point)], colour, mark);

    /// <summary>The share of the runs that learned.</summary>
    public static DataPoint LearnedPoint(AlgorithmRuns runs, int length, IEnumerable<Outcome> outcomes)
    {
        Proportion learned = AlgorithmRuns.CountLearned(outcomes);
        return new(runs.Lengths[length], learned.Frequency, learned.Lower, learned.Upper);
    }

    /// <summary>A median of presentations, censored at the budget.</summary>
    public static DataPoint PresentationsPoint(AlgorithmRuns runs, int length, BootstrapInterval median)
    {
        bool isCensored = double.IsPositiveInfinity(median.Estimate);
        return new(
            runs.Lengths[length],
            isCensored ? runs.Budget : median.Estimate,
            Math.Min(runs.Budget, median.Lower),
            median.Upper)
        {
            IsCensored = isCensored,
        };
    }

    /// <summary>The mean classification error of runs.</summary>
    public static BootstrapInterval ComputeMeanError(IReadOnlyCollection<Outcome> outcomes, ulong seed)
        => outcomes.Count == 0 ? NoData
            : BootstrapInterval.EstimateMean(outcomes.Select(AlgorithmRuns.TestErrorOrChance), seed);

    /// <summary>The median of a time over the runs; the time may be +∞.</summary>
    public static BootstrapInterval ComputeMedian(IReadOnlyCollection<Outcome> outcomes, Func<Outcome, double> time,
        ulong seed)
        => outcomes.Count == 0 ? NoData : BootstrapInterval.EstimateMedian(outcomes.Select(time), seed);
}
