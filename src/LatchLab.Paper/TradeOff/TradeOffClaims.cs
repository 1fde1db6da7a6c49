using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;

namespace LatchLab.Paper.TradeOff;

/// <summary>
/// Claim 5, interpreted as the main argument of the paper: either a system is not robust to noise, or its gradients
/// vanish. One system contradicts the claim if it provably survives noise as large as the paper's and keeps more than a
/// hundredth of ∂a_T/∂a_0 over as many steps as the paper's experiments have. The claim is reproduced if there is no
/// such system and the gradient significantly decreases as the noise survived increases.
/// </summary>
internal static class TradeOffClaims
{
    /// <summary>
    /// The noise that a robust system survives: the paper adds U[−0.2, 0.2] to its inputs (Section V-E).
    /// </summary>
    public const double RobustNoise = 0.2;

    /// <summary>The number of steps T: the longest of Figure 2(b).</summary>
    public const int Horizon = 100;

    // The meaning of each is in the report: see the settings of NoiseGradientTradeOff.
    public const double RetainedGradient = 0.01;
    public const double SignificanceLevel = 1e-3;
    public const int NoiseGroups = 4;

    private const int MinimumSystems = 8;

    private static readonly ClaimStatement Statement = new(
        5, "A system that latches a bit is either sensitive to noise, or its gradients vanish.",
        "Abstract; Section IV-A");

    /// <summary>Tests the claim on random systems and on the constructed counterexample.</summary>
    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<TradeOffPoint> random, TradeOffPoint counterexample)
    {
        yield return EvaluateRandomSystems(random);
        yield return EvaluateCounterexample(counterexample);
    }

    public static bool IsRobustAndRetainsGradient(TradeOffPoint point)
        => point.CertifiedNoise >= RobustNoise && point.GradientAfter(Horizon) >= RetainedGradient;

    /// <summary>
    /// Counts the systems that keep more of the gradient than the single neuron that survives the same noise.
    /// </summary>
    public static int CountAboveNeuron(IReadOnlyList<TradeOffPoint> points)
        => points.Count(
            point => point.CertifiedNoise > 0.0
                && point.GradientFactorPerStep > TradeOffCurves.DerivativeAtCriticalInput(point.CertifiedNoise));

    private static Claim EvaluateRandomSystems(IReadOnlyList<TradeOffPoint> points)
    {
        const string interpretation = "trade-off, random systems";
        if (points.Count < MinimumSystems)
            return Statement.Conclude(interpretation, Verdict.Undecided, $"Only {points.Count} systems are available.");
        TradeOffPoint[] byNoise = [.. points.OrderBy(point => point.CertifiedNoise)];
        double[][] groups =
        [
            .. byNoise.Chunk((byNoise.Length + NoiseGroups - 1) / NoiseGroups)
                .Select(group => group.Select(point => point.LogGradientAfter(Horizon)).ToArray()),
        ];
        JonckheereTerpstraTest trend = JonckheereTerpstraTest.Compute([groups]);
        int both = points.Count(IsRobustAndRetainsGradient),
            robust = points.Count(point => point.CertifiedNoise >= RobustNoise);
        int retainingGradient = points.Count(point => point.GradientAfter(Horizon) >= RetainedGradient);
        return Statement.Conclude(
            interpretation,
            ClaimTest.Decide(both == 0 && trend.DecreasingPValue < SignificanceLevel, both > 0),
            $"Of {points.Count} random systems {robust} provably survive noise of {NumberFormat.Short(RobustNoise)} " +
                $"on every unit, {retainingGradient} keep {NumberFormat.Percent(RetainedGradient)} of ∂a_t/∂a_0 over " +
                $"{Horizon} steps at rest, and {both} do both. Between {NoiseGroups} groups by the noise survived, " +
                $"the gradient falls with z = {NumberFormat.Short(trend.Z)}, one-sided " +
                $"{NumberFormat.PValue(trend.DecreasingPValue)}. {CountAboveNeuron(points)} keep more of the " +
                "gradient than the single neuron that survives the same noise.");
    }

    private static Claim EvaluateCounterexample(TradeOffPoint point)
    {
        double latchDerivative = SingleNeuron.Analyze(TradeOffCurves.UncoupledWeights[0]).Derivative!.Value;
        return Statement.Conclude(
            "trade-off, the whole of ∂a_t/∂a_0, a latch beside a unit that decays slowly",
            IsRobustAndRetainsGradient(point) ? Verdict.NotReproduced : Verdict.Reproduced,
            $"Two uncoupled units with self-weights {NumberFormat.Short(TradeOffCurves.UncoupledWeights[0])} and " +
                $"{NumberFormat.Short(TradeOffCurves.UncoupledWeights[1])}: the bit survives noise of " +
                $"{NumberFormat.Short(point.CertifiedNoise)}, and " +
                $"{NumberFormat.Percent(point.GradientAfter(Horizon))} of ∂a_t/∂a_0 remain after {Horizon} steps. " +
                "The gradient converges to 0 exponentially, but the rate can be made arbitrarily slow. The remaining " +
                "gradient is in the direction of the unit that stores no bit; in the direction of the latch, " +
                $"{NumberFormat.Short(Elementary.Exp(Horizon * Elementary.Log(latchDerivative)))} remains (Appendix " +
                "D).");
    }
}
