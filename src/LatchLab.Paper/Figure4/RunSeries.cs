using LatchLab.Figures;
using LatchLab.Paper.Comparison;
using LatchLab.Statistics;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// Creates the points of algorithm runs in figures: an estimate with its interval at a length. If there are no runs at
/// a length, the value is NaN and no point is drawn.
/// </summary>
internal static class RunSeries
{
    /// <summary>Creates a curve over the lengths of the runs of an algorithm.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="name">The name in the legend.</param>
    /// <param name="estimate">Returns the estimate at the length of an index.</param>
    /// <param name="mark">The marker.</param>
    /// <param name="colour">Index into the palette.</param>
    public static Series CreateCurve(
        AlgorithmRuns runs, string name, Func<int, Estimate> estimate, Marker mark, int colour)
        => new(name, SeriesKind.Curve,
            [.. runs.Lengths.Select((length, i) => CreatePoint(length, estimate(i)))], colour, mark);

    private static DataPoint CreatePoint(int length, Estimate estimate)
        => new(length, estimate.Value, estimate.Lower, estimate.Upper) { IsCensored = estimate.IsCensored };
}
