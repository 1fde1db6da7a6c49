using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Catalogue.Figure4;

/// <summary>
/// The points of races in figures: a value with its interval at a length, from runs of that length. Where there are no
/// runs the value is NaN, and no point is drawn.
/// </summary>
internal static class RacePoints
{
    private static Bootstrap Unknown { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>A curve over the lengths of a race.</summary>
    /// <param name="race">The race.</param>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="point">The point at the length of that index.</param>
    /// <param name="mark">Its mark.</param>
    /// <param name="colour">Index into the palette.</param>
    public static Series Curve(Race race, string name, Func<int, DataPoint> point, Mark mark, int colour)
        => new(name, SeriesKind.Curve, [.. Enumerable.Range(0, race.Lengths.Count).Select(point)], colour, mark);

    /// <summary>The share of the runs that learned.</summary>
    public static DataPoint Learned(Race race, int length, IEnumerable<Outcome> runs)
    {
        Proportion learned = Race.Learned(runs);
        return new(race.Lengths[length], learned.Frequency, learned.Lower, learned.Upper);
    }

    /// <summary>A median of presentations, censored at the budget.</summary>
    public static DataPoint Presentations(Race race, int length, Bootstrap median)
    {
        bool isCensored = double.IsPositiveInfinity(median.Estimate);
        return new(
            race.Lengths[length],
            isCensored ? race.Budget : median.Estimate,
            Math.Min(race.Budget, median.Lower),
            median.Upper)
        {
            Censored = isCensored,
        };
    }

    /// <summary>The mean classification error of runs.</summary>
    public static Bootstrap MeanError(IReadOnlyCollection<Outcome> runs, ulong seed)
        => runs.Count == 0 ? Unknown : Bootstrap.OfMean(runs.Select(Race.Error), seed);

    /// <summary>The median of a time of runs, which may be +∞.</summary>
    public static Bootstrap MedianTime(IReadOnlyCollection<Outcome> runs, Func<Outcome, double> time, ulong seed)
        => runs.Count == 0 ? Unknown : Bootstrap.OfMedian(runs.Select(time), seed);
}
