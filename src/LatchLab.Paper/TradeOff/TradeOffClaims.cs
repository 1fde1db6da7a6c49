using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;

namespace LatchLab.Paper.TradeOff;

/// <summary>
/// Claim 5 as the main argument of the paper: a system that latches a bit is either not robust to noise, or its
/// gradients vanish. A random system is an exception if it provably survives noise as large as the paper's and keeps a
/// hundredth of the gradient of the latched bit over as many steps as the paper's experiments have. A unit that
/// decays slowly beside a latch keeps a gradient of the whole state, but it stores no bit: it forgets. Such a system is
/// therefore no counterexample to the claim as worded (Appendix D), and the gradient of its whole state has a row of
/// its own.
/// </summary>
internal static class TradeOffClaims
{
    /// <summary>Tests the claim on random systems and on a latch beside a unit that decays slowly.</summary>
    public static IEnumerable<Claim> EvaluateClaims(
        IReadOnlyList<TradeOffPoint> random, TradeOffPoint latchWithSlowUnit)
    {
        yield return EvaluateLatchedBit(random);
        yield return EvaluateTrend(random);
        yield return ClaimEvaluator.Conclude(
            TheoryClaims.TradeOffOfWholeState,
            IsRobust(latchWithSlowUnit) && KeepsWholeGradient(latchWithSlowUnit)
                ? Verdict.NotReproduced : Verdict.Undecided,
            $"Two uncoupled units with self-weights {NumberFormat.Short(TradeOffCurves.UncoupledWeights[0])} and " +
                $"{NumberFormat.Short(TradeOffCurves.UncoupledWeights[1])}: the bit of the first survives noise of " +
                $"{NumberFormat.Short(latchWithSlowUnit.CertifiedNoise)}, and " +
                $"{NumberFormat.Percent(latchWithSlowUnit.GradientAfter(TheoryClaims.Horizon))} of ∂a_t/∂a_0 are " +
                $"left after {TheoryClaims.Horizon} steps, all of it in the direction of the second. The second " +
                "stores no bit: it forgets every state, only slowly, and the rate can be made arbitrarily slow. The " +
                "system is no counterexample to the claim about the latched bit; the limit of the whole gradient is " +
                "0 here, too.");
        double latched = Elementary.Exp(latchWithSlowUnit.LatchedLogGradient);
        yield return ClaimEvaluator.Conclude(
            TheoryClaims.TradeOffInLatchedDirection,
            latched < TheoryClaims.KeptGradient ? Verdict.Reproduced : Verdict.NotReproduced,
            $"Of the gradient of the coordinate between the two states of the latch, {NumberFormat.Short(latched)} " +
                $"is left after {TheoryClaims.Horizon} steps: the system can be trained, but not to " +
                "store or to switch its bit.");
    }

    /// <summary>Whether a system provably survives the noise of a robust system.</summary>
    public static bool IsRobust(TradeOffPoint point) => point.CertifiedNoise >= TheoryClaims.RobustNoise;

    /// <summary>Whether a system keeps the gradient of its whole state.</summary>
    public static bool KeepsWholeGradient(TradeOffPoint point)
        => point.GradientAfter(TheoryClaims.Horizon) >= TheoryClaims.KeptGradient;

    /// <summary>Whether a system keeps the gradient of the coordinate that tells the states of the bit apart.</summary>
    public static bool KeepsLatchedGradient(TradeOffPoint point)
        => Elementary.Exp(point.LatchedLogGradient) >= TheoryClaims.KeptGradient;

    /// <summary>
    /// Counts the systems that keep more of the gradient than the single neuron that survives the same noise.
    /// </summary>
    public static int CountAboveNeuron(IReadOnlyList<TradeOffPoint> points)
        => points.Count(
            point => point.CertifiedNoise > 0.0
                && point.GradientFactorPerStep > TradeOffCurves.DerivativeAtCriticalInput(point.CertifiedNoise));

    private static Claim EvaluateLatchedBit(IReadOnlyList<TradeOffPoint> points)
        => ClaimEvaluator.Evaluate(
            TheoryClaims.TradeOffOfLatchedBit,
            [
                new("random systems", TheoryClaims.TradeOffOfLatchedBit.Rules[0],
                    [[.. points.Select(point => IsRobust(point) && KeepsLatchedGradient(point) ? 1.0 : 0.0)]]),
            ],
            details: $"{points.Count(IsRobust)} of them provably survive noise of " +
                $"{NumberFormat.Short(TheoryClaims.RobustNoise)} on every unit, {points.Count(KeepsLatchedGradient)} " +
                $"keep {NumberFormat.Percent(TheoryClaims.KeptGradient)} of the gradient of the latched bit over " +
                $"{TheoryClaims.Horizon} steps at rest, and {points.Count(KeepsWholeGradient)} that of the whole " +
                $"state; {points.Count(point => IsRobust(point) && KeepsWholeGradient(point))} do the first and the " +
                $"last. {CountAboveNeuron(points)} keep more of the gradient than the single neuron that survives " +
                "the same noise.");

    /// <summary>Systems that survive no noise, of which nothing is proved, are in the first group.</summary>
    private static Claim EvaluateTrend(IReadOnlyList<TradeOffPoint> points)
    {
        TradeOffPoint[] byNoise = [.. points.OrderBy(point => point.CertifiedNoise)];
        int groupSize = Math.Max(1, (byNoise.Length + TheoryClaims.NoiseGroups - 1) / TheoryClaims.NoiseGroups);
        double[][] groups =
        [
            .. byNoise.Chunk(groupSize).Select(
                group => group.Select(point => point.LogGradientAfter(TheoryClaims.Horizon)).ToArray()),
        ];
        return ClaimEvaluator.Evaluate(
            TheoryClaims.GradientFallsWithNoise,
            [new("random systems", TheoryClaims.GradientFallsWithNoise.Rules[0], groups)]);
    }
}
