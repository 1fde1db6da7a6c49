using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Paper.Theory;
using LatchLab.Paper.TradeOff;
using Xunit;

namespace LatchLab.Tests.Paper.Theory;

/// <summary>
/// The trade-off between noise and gradient against the exact neuron, and the data to which its verdicts respond.
/// </summary>
public sealed class TradeOffTests
{
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
    public void A_latch_beside_a_slow_unit_is_robust_and_preserves_a_gradient()
        => Assert.True(TradeOffClaims.IsRobustAndRetainsGradient(
            TradeOffPoint.Evaluate(TradeOffCurves.CreateLatchWithSlowUnit(), findErasingNoise: false)));

    [Fact]
    public void One_system_with_both_contradicts_the_claim_and_without_a_trend_it_is_undecided()
    {
        var falling = Enumerable.Range(1, 40)
            .Select(i => new TradeOffPoint(0.05 * i, double.NaN, 0.0, 1.0 - (0.02 * i))).ToList();
        var level = Enumerable.Range(1, 40)
            .Select(i => new TradeOffPoint(0.05 * i, double.NaN, 0.0, 0.5)).ToList();
        TradeOffPoint both = new(0.5, double.NaN, 0.0, 0.99);
        Verdict Of(IReadOnlyList<TradeOffPoint> points) => TradeOffClaims.EvaluateClaims(points, both).First().Verdict;
        Assert.Equal(Verdict.Reproduced, Of(falling));
        Assert.Equal(Verdict.Undecided, Of(level));
        Assert.Equal(Verdict.NotReproduced, Of([.. falling, both]));
        Assert.Equal(Verdict.Undecided, Of([.. falling.Take(3)]));
    }
}
