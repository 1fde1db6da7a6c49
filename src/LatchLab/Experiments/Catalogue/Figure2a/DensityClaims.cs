using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Catalogue.Figure2a;

/// <summary>
/// Claim 1: "convergence becomes very unlikely for large noise variance or small initial values of w". Each half is
/// judged by itself: by a trend in the claimed direction, and by how frequent convergence still is in the fifth of the
/// plane at that end. It is not reproduced only where the runs contradict it: a trend the other way, or convergence
/// surely more than half as frequent at that end as at the other. Too few runs leave it undecided.
/// </summary>
internal static class DensityClaims
{
    /// <summary>What we call very unlikely.</summary>
    internal const double VeryUnlikely = 0.1;

    internal const double Significance = 0.001;

    /// <summary>Judges both halves under the chosen reading, and counts the verdicts under all readings.</summary>
    public static IReadOnlyList<Claim> Judge(
        Reading chosen, DensityGrid grid, IReadOnlyDictionary<Reading, DensityGrid> readings)
        =>
        [
            Make("Convergence becomes very unlikely for large noise.", chosen, grid, readings, LargeNoise),
            Make("Convergence becomes very unlikely for small initial weights.", chosen, grid, readings, SmallWeight),
        ];

    private static (Verdict Verdict, string Evidence) LargeNoise(DensityGrid grid)
    {
        TrendTest trend = grid.TrendInNoise();
        Proportion bad = grid.End(ofWeight: false, highest: true), good = grid.End(ofWeight: false, highest: false);
        return (Decide(trend.FallingP, bad, good),
            $"Frequency in the noisiest fifth of the plane {Words.Interval(bad)}, " +
            $"in the calmest {Words.Interval(good)}, {Difference(good, bad)}; " +
            $"trend along s within each w0: z = {Words.Short(trend.Z)}, one-sided {Words.P(trend.FallingP)}.");
    }

    private static (Verdict Verdict, string Evidence) SmallWeight(DensityGrid grid)
    {
        TrendTest trend = grid.TrendInWeight();
        Proportion bad = grid.End(ofWeight: true, highest: false), good = grid.End(ofWeight: true, highest: true);
        return (Decide(trend.GrowingP, bad, good),
            $"Frequency in the fifth of the plane with the smallest w0 {Words.Interval(bad)}, " +
            $"with the largest {Words.Interval(good)}, {Difference(good, bad)}; " +
            $"trend along w0 within each s: z = {Words.Short(trend.Z)}, one-sided {Words.P(trend.GrowingP)}.");
    }

    private static Verdict Decide(double p, Proportion bad, Proportion good)
        => p < Significance && bad.Upper < VeryUnlikely ? Verdict.Reproduced
            : 1.0 - p < Significance || bad.Lower > 0.5 * good.Upper ? Verdict.NotReproduced
            : Verdict.Undecided;

    private static string Difference(Proportion good, Proportion bad)
    {
        (double difference, double lower, double upper) = Proportion.Difference(good, bad);
        return $"difference {Words.Short(difference)} [{Words.Short(lower)}, {Words.Short(upper)}]";
    }

    private static Claim Make(
        string statement,
        Reading chosen,
        DensityGrid grid,
        IReadOnlyDictionary<Reading, DensityGrid> readings,
        Func<DensityGrid, (Verdict Verdict, string Evidence)> judge)
    {
        (Verdict verdict, string evidence) = judge(grid);
        string others = Verdicts.Count(readings.Values.Select(other => judge(other).Verdict));
        return new(
            1,
            statement,
            "Section III, Figure 2(a)",
            chosen.ToString(),
            verdict,
            $"{evidence} Over all readings: {others}.");
    }
}
