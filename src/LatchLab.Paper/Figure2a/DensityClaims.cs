using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;

namespace LatchLab.Paper.Figure2a;

/// <summary>
/// Claim 1: "convergence becomes very unlikely for large noise variance or small initial values of w". Each half is
/// tested separately, by a trend in the claimed direction and by the frequency of convergence in the fifth of the plane
/// at that end. The claim is not reproduced only if the runs contradict it: the trend has the opposite direction, or
/// convergence at that end is significantly more than half as frequent as at the opposite end. With too few runs it is
/// undecided.
/// </summary>
internal static class DensityClaims
{
    /// <summary>A frequency of convergence below this value counts as very unlikely.</summary>
    internal const double UnlikelyThreshold = 0.1;

    internal const double SignificanceLevel = 0.001;

    private const string Source = "Section III, Figure 2(a)";

    private static readonly (ClaimStatement Statement, Func<DensityGrid, ClaimTest> Evaluate)[] Halves =
    [
        (new(1, "Convergence becomes very unlikely for large noise.", Source), EvaluateLargeNoise),
        (new(1, "Convergence becomes very unlikely for small initial weights.", Source), EvaluateSmallWeight),
    ];

    /// <summary>
    /// Tests both halves under the chosen interpretation, and counts the verdicts under all interpretations.
    /// </summary>
    public static IReadOnlyList<Claim> EvaluateClaims(
        Interpretation interpretation, DensityGrid grid, IReadOnlyDictionary<Interpretation, DensityGrid> grids)
        => [.. Halves.Select(half => interpretation.Conclude(
            half.Statement, half.Evaluate(grid), grids.Values.Select(half.Evaluate)))];

    private static ClaimTest EvaluateLargeNoise(DensityGrid grid)
    {
        CochranArmitageTest trend = grid.TestTrendInNoise();
        Proportion claimedEnd = grid.EdgeFifth(alongWeight: false, atUpperEnd: true),
            oppositeEnd = grid.EdgeFifth(alongWeight: false, atUpperEnd: false);
        return new(DecideVerdict(trend.DecreasingPValue, claimedEnd, oppositeEnd),
            $"Frequency in the noisiest fifth of the plane {IntervalFormat.Format(claimedEnd)}, in the fifth with " +
            $"the least noise {IntervalFormat.Format(oppositeEnd)}, {FormatDifference(oppositeEnd, claimedEnd)}; " +
            $"trend along s within each w0: z = {NumberFormat.Short(trend.Z)}, one-sided " +
            $"{NumberFormat.PValue(trend.DecreasingPValue)}.");
    }

    private static ClaimTest EvaluateSmallWeight(DensityGrid grid)
    {
        CochranArmitageTest trend = grid.TestTrendInWeight();
        Proportion claimedEnd = grid.EdgeFifth(alongWeight: true, atUpperEnd: false),
            oppositeEnd = grid.EdgeFifth(alongWeight: true, atUpperEnd: true);
        return new(DecideVerdict(trend.IncreasingPValue, claimedEnd, oppositeEnd),
            $"Frequency in the fifth of the plane with the smallest w0 {IntervalFormat.Format(claimedEnd)}, with the " +
            $"largest {IntervalFormat.Format(oppositeEnd)}, {FormatDifference(oppositeEnd, claimedEnd)}; trend along " +
            $"w0 within each s: z = {NumberFormat.Short(trend.Z)}, one-sided " +
            $"{NumberFormat.PValue(trend.IncreasingPValue)}.");
    }

    private static Verdict DecideVerdict(double p, Proportion claimedEnd, Proportion oppositeEnd)
        => ClaimTest.Decide(
            p < SignificanceLevel && claimedEnd.Upper < UnlikelyThreshold,
            1.0 - p < SignificanceLevel || claimedEnd.Lower > 0.5 * oppositeEnd.Upper);

    /// <summary>Formats the difference of two independent proportions with its interval.</summary>
    internal static string FormatDifference(Proportion oppositeEnd, Proportion claimedEnd)
    {
        (double difference, double lower, double upper) = Proportion.ComputeDifference(oppositeEnd, claimedEnd);
        return $"difference {NumberFormat.Short(difference)} [{NumberFormat.Short(lower)}, " +
            $"{NumberFormat.Short(upper)}]";
    }
}
