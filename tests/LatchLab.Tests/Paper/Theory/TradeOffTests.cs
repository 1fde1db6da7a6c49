using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Theory;
using LatchLab.Paper.TradeOff;
using Xunit;

namespace LatchLab.Tests.Paper.Theory;

/// <summary>
/// The trade-off between noise and gradient against the exact neuron, and the data to which its verdicts respond.
/// </summary>
public sealed class TradeOffTests
{
    private static readonly Lazy<TradeOffPoint> LatchWithSlowUnit =
        new(() => TradeOffPoint.Evaluate(TradeOffCurves.CreateLatchWithSlowUnit(), findErasingNoise: false));

    [Theory]
    [InlineData(1.25)]
    [InlineData(2.0)]
    public void The_certified_noise_is_nearly_the_critical_input_and_theorem_3_gives_less(double weight)
    {
        var point = TradeOffPoint.Evaluate(AutonomousNetwork.Analyze([weight], 0.0), findErasingNoise: false);
        SingleNeuron exact = SingleNeuron.Analyze(weight);
        Assert.InRange(point.CertifiedNoise / exact.CriticalInput!.Value, 0.999, 1.0);
        Assert.InRange(point.TheoremNoise, 0.3 * point.CertifiedNoise, point.CertifiedNoise);
        Assert.Equal(exact.Derivative!.Value, point.GradientFactorPerStep, 1e-12);
        Assert.Equal(Math.Pow(exact.Derivative.Value, 20.0), point.GradientAfter(20), 1e-12);
    }

    [Fact]
    public void The_derivative_of_the_neuron_that_survives_a_noise_inverts_its_critical_input()
    {
        SingleNeuron exact = SingleNeuron.Analyze(1.7);
        Assert.Equal(exact.Derivative!.Value, TradeOffCurves.DerivativeAtCriticalInput(exact.CriticalInput!.Value),
            1e-12);
    }

    [Fact]
    public void The_gradient_of_the_latched_bit_is_that_of_the_neuron_and_ignores_a_unit_beside_it()
    {
        // Both attractors of the neuron have the same derivative; over 100 steps a product of rounded factors has a
        // relative error below 1e-13, and the fixed points, accurate to some ulp, change the derivative as little.
        double expected = TheoryClaims.Horizon
            * Math.Log(SingleNeuron.Analyze(TradeOffCurves.UncoupledWeights[0]).Derivative!.Value);
        var latch = TradeOffPoint.Evaluate(
            AutonomousNetwork.Analyze([TradeOffCurves.UncoupledWeights[0]], 0.0), findErasingNoise: false);
        Assert.Equal(1.0, latch.LatchedLogGradient / expected, 1e-10);
        Assert.Equal(1.0, LatchWithSlowUnit.Value.LatchedLogGradient / expected, 1e-10);
    }

    [Fact]
    public void A_latch_beside_a_slow_unit_keeps_a_gradient_but_not_that_of_its_bit()
    {
        TradeOffPoint point = LatchWithSlowUnit.Value;
        Assert.True(TradeOffClaims.IsRobust(point));
        Assert.True(TradeOffClaims.KeepsWholeGradient(point));
        Assert.False(TradeOffClaims.KeepsLatchedGradient(point));
        Assert.Equal(
            [("5-trade-off-whole", Verdict.NotReproduced), ("5-trade-off-latched", Verdict.Reproduced)],
            TradeOffClaims.EvaluateClaims([], point).TakeLast(2).Select(claim => (claim.Key, claim.Verdict)));

        // Where the direction of the bit keeps its gradient, the claim falls; a fragile system is no counterexample.
        Assert.Equal(
            [Verdict.Undecided, Verdict.NotReproduced],
            TradeOffClaims.EvaluateClaims([], point with { CertifiedNoise = 0.1, LatchedLogGradient = -1.0 })
                .TakeLast(2).Select(claim => claim.Verdict));
    }

    [Fact]
    public void Many_systems_with_both_contradict_the_claim_and_the_trend_is_a_claim_of_its_own()
    {
        TradeOffPoint[] falling = [.. Enumerable.Range(1, 80).Select(i => Create(0.01 * i, 1.0 - (0.01 * i)))];
        TradeOffPoint[] level = [.. Enumerable.Range(1, 80).Select(i => Create(0.01 * i, 0.5))];
        Assert.Equal([Verdict.Reproduced, Verdict.Reproduced], Verdicts(falling));
        Assert.Equal([Verdict.Reproduced, Verdict.Undecided], Verdicts(level));
        Assert.Equal(
            [Verdict.Reproduced, Verdict.NotReproduced],
            Verdicts([.. falling.Zip(falling.Reverse(), (noisy, gradient) => gradient with
            {
                CertifiedNoise = noisy.CertifiedNoise,
                LatchedLogGradient = -1000.0,
            })]));
        Assert.Equal(Verdict.Reproduced, Verdicts([.. level, Create(0.5, 0.99)])[0]); // a rare exception
        Assert.Equal(Verdict.NotReproduced, Verdicts([.. level, .. Enumerable.Repeat(Create(0.5, 0.99), 40)])[0]);
        Assert.Equal( // sensitive to noise
            Verdict.Reproduced, Verdicts([.. level, .. Enumerable.Repeat(Create(0.1, 0.99), 40)])[0]);
        Assert.Equal([Verdict.NotTested, Verdict.NotTested], Verdicts(falling[..29]));

        static TradeOffPoint Create(double noise, double factor)
            => new(noise, double.NaN, 0.0, factor, TheoryClaims.Horizon * Math.Log(Math.Max(factor, 1e-3)));
        static Verdict[] Verdicts(IReadOnlyList<TradeOffPoint> points)
            => [.. TradeOffClaims.EvaluateClaims(points, LatchWithSlowUnit.Value).Take(2).Select(
                claim => claim.Verdict)];
    }
}
