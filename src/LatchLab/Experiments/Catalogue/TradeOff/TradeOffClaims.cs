using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.TradeOff;

/// <summary>
/// Claim 5, read as the paper's whole argument: either a system is not robust to noise, or its gradients vanish. It is
/// contradicted by one system that provably survives noise as large as the paper's own and keeps more than a hundredth
/// of ∂a_T/∂a_0 over as many steps as its experiments have; it is reproduced where there is none such and the two
/// surely fall together.
/// </summary>
internal static class TradeOffClaims
{
    /// <summary>Noise that counts as noise: the paper adds U[−0.2, 0.2] to its inputs (Section V-E).</summary>
    public const double RealNoise = 0.2;

    /// <summary>A long time: the longest of Figure 2(b).</summary>
    public const int LongTime = 100;

    /// <summary>A gradient that is not gone, in parts of what it was.</summary>
    public const double StillThere = 0.01;

    /// <summary>The largest one-sided p-value at which the trend counts.</summary>
    public const double Significance = 1e-3;

    /// <summary>Groups of systems, by the noise that they survive, between which the trend is sought.</summary>
    public const int Groups = 4;

    private const int FewestSystems = 8;

    /// <summary>Judges it on random systems and on the one that is made to escape.</summary>
    public static IEnumerable<Claim> Judge(IReadOnlyList<TradeOffPoint> random, TradeOffPoint escaping)
    {
        yield return OfRandom(random);
        yield return OfEscaping(escaping);
    }

    /// <summary>Whether a system is robust and keeps its gradient.</summary>
    public static bool HasBoth(TradeOffPoint point)
        => point.Noise >= RealNoise && point.Left(LongTime) >= StillThere;

    /// <summary>Systems that keep more than the single neuron that survives as much noise.</summary>
    public static int BeyondNeuron(IReadOnlyList<TradeOffPoint> points)
        => points.Count(point => point.Noise > 0.0 && point.Rate > TradeOffCurves.SlopeSurviving(point.Noise));

    private static Claim OfRandom(IReadOnlyList<TradeOffPoint> points)
    {
        const string reading = "trade-off, random systems";
        if (points.Count < FewestSystems)
            return EitherOr(reading, Verdict.Undecided, $"Only {points.Count} systems to judge from.");
        TradeOffPoint[] byNoise = [.. points.OrderBy(point => point.Noise)];
        double[][] groups =
        [
            .. byNoise.Chunk((byNoise.Length + Groups - 1) / Groups)
                .Select(group => group.Select(point => point.LogLeft(LongTime)).ToArray()),
        ];
        RankTrend trend = RankTrend.Of([groups]);
        int both = points.Count(HasBoth), robust = points.Count(point => point.Noise >= RealNoise);
        int keeping = points.Count(point => point.Left(LongTime) >= StillThere);
        return EitherOr(
            reading,
            both > 0 ? Verdict.NotReproduced
                : trend.FallingP < Significance ? Verdict.Reproduced
                : Verdict.Undecided,
            $"Of {points.Count} random systems {robust} provably survive noise of {Words.Short(RealNoise)} on every " +
                $"unit, {keeping} keep {Words.Percent(StillThere)} of ∂a_t/∂a_0 over {LongTime} steps at rest, and " +
                $"{both} do both. Between {Groups} groups by the noise survived the gradient falls with z = " +
                $"{Words.Short(trend.Z)}, one-sided {Words.P(trend.FallingP)}. {BeyondNeuron(points)} keep " +
                "more than the single neuron that survives as much.");
    }

    private static Claim OfEscaping(TradeOffPoint point)
    {
        double latch = SingleNeuron.Of(TradeOffCurves.SideBySide[0]).Slope!.Value;
        return EitherOr(
            "trade-off, the whole of ∂a_t/∂a_0, a latch beside a unit that forgets slowly",
            HasBoth(point) ? Verdict.NotReproduced : Verdict.Reproduced,
            $"Two units without connection, self-weights {Words.Short(TradeOffCurves.SideBySide[0])} and " +
                $"{Words.Short(TradeOffCurves.SideBySide[1])}: the bit survives noise of {Words.Short(point.Noise)}, " +
                $"and {Words.Percent(point.Left(LongTime))} of ∂a_t/∂a_0 are left after {LongTime} steps. It does " +
                "converge to 0 exponentially, but as slowly as one likes. What is left is in the direction of the " +
                "unit that holds no bit; in that of the latch " +
                $"{Words.Short(Elementary.Exp(new Scalar(LongTime * Ln(latch))).Value)} is (Appendix D).");
    }

    private static Claim EitherOr(string reading, Verdict verdict, string evidence)
        => new(
            5,
            "A system that latches a bit is either sensitive to noise, or its gradients vanish.",
            "Abstract; Section IV-A",
            reading,
            verdict,
            evidence);

    private static double Ln(double number) => Elementary.Log(new Scalar(number)).Value;
}
