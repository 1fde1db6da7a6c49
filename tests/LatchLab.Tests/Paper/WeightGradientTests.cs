using LatchLab.Figures;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.WeightGradient;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Paper;

/// <summary>Claim 7: the quantities that are tested have the documented properties.</summary>
public sealed class WeightGradientTests
{
    private const ulong Seed = 3;

    [Theory]
    [InlineData(1.25)]
    [InlineData(2.0)]
    public void A_latched_unit_is_in_the_reduced_attracting_set_from_its_first_step_on(double weight)
    {
        double sigma = Math.Sqrt(1.0 - (1.0 / weight));
        foreach (double[] inputs in AllInputs(weight))
        {
            double x = 0.0;
            foreach (double input in inputs)
            {
                x = Math.Tanh((weight * x) + input);
                Assert.True(x > sigma);
            }
        }
    }

    [Fact]
    public void Two_latched_units_are_in_the_reduced_attracting_set_after_four_steps()
    {
        const double rowSum = SystemGradientTerms.TwoUnitSelfWeight + SystemGradientTerms.TwoUnitCrossWeight;
        double sigma = Math.Sqrt(1.0 - (1.0 / rowSum));
        foreach (double[] inputs in AllInputs(rowSum))
        {
            (double read, double driven) = (0.0, 0.0);
            foreach ((int i, double input) in inputs.Index())
            {
                double a = (SystemGradientTerms.TwoUnitSelfWeight * driven)
                    + (SystemGradientTerms.TwoUnitCrossWeight * read) + input;
                read = Math.Tanh(
                    (SystemGradientTerms.TwoUnitCrossWeight * driven) + (SystemGradientTerms.TwoUnitSelfWeight * read));
                driven = Math.Tanh(a);
                Assert.True(i < 3 || Math.Min(read, driven) > sigma);
            }
        }
    }

    [Fact]
    public void Latched_terms_decay_by_the_derivative_at_the_attractor_and_terms_between_two_basins_do_not_decay()
    {
        foreach (SystemGradientTerms system in SystemGradientTerms.CreateLatched(Seed))
        {
            // Noise of h*/2 moves the state, and with it ln w·f′, by less than a third of its value at the attractor.
            double expected = Math.Log(system.EquivalentNeuron.Derivative!.Value);
            Assert.All(system.LogNorms,
                norms => Assert.InRange(LeastSquares.ComputeSlope(norms) / expected, 0.67, 1.33));
            Assert.All(system.Horizons, horizon => Assert.InRange(horizon, 1, SystemGradientTerms.Steps / 2));
        }

        // Near 0 every term is x_1·w^(T − 2). The terms differ by the factors 1 − x², with x up to 2e-9·1.25^49 =
        // 1.2e-4.
        SystemGradientTerms between = SystemGradientTerms.CreateUnlatched(Seed)[^1];
        Assert.All(
            between.LogNorms,
            norms => Assert.All(norms.SkipLast(1), norm => Assert.Equal(norms[0], norm, 1e-6)));
    }

    [Fact]
    public void At_the_edge_the_terms_decay_as_a_power_of_time()
    {
        // x_t² ~ 3/(2t), so ‖term_τ‖ ~ τ^(−1/2)·(τ/T)^(3/2): halfway through the backward pass the terms have halved,
        // and the earlier half contains a quarter of the sum. With T = 50 the first steps have not reached that limit.
        SystemGradientTerms edge = SystemGradientTerms.CreateUnlatched(Seed)[1];
        Assert.All(edge.FirstHalfShares, share => Assert.InRange(share, 0.22, 0.35));
    }

    [Theory]
    [InlineData(0.4, 10)]
    [InlineData(1.0, 20)]
    [InlineData(1.25, 50)]
    [InlineData(2.3, 20)]
    public void The_gradient_at_the_output_of_A_equals_dual_numbers(double weight, int length)
    {
        double[] ours = [.. TwoSubsystems.ComputeGradientsAtA(weight, length, Seed)];
        for (int number = 0; number < ours.Length; number++)
        {
            Dual<Scalar> w = Dual<Scalar>.From(weight), v = Dual<Scalar>.From(2.0), x = Dual<Scalar>.From(0.0);
            foreach ((int t, double output) in TwoSubsystems.GenerateOutputsOfA(Seed, number, length).Index())
            {
                var ofA = new Dual<Scalar>(new Scalar(output), new Scalar(t == 0 ? 1.0 : 0.0));
                x = Dual<Scalar>.Tanh((w * x) + (v * ofA));
            }

            // Products of 2·T factors with up to three roundings each. Their 1 − x² magnify an error of 2 ulp in x by
            // 2x²/(1 − x²), at w = 2.3 up to 60: 20·60·4e-16.
            double expected = Math.Abs((x.Value.Value + 0.8) * x.Derivative.Value);
            Assert.Equal(1.0, ours[number] / expected, 1e-12);
        }
    }

    [Fact]
    public void The_gradient_at_the_output_of_A_is_largest_near_the_edge_and_falls_with_T_on_both_sides_of_it()
    {
        var subsystems = new TwoSubsystems(Seed);
        foreach (Series curve in subsystems.Curves)
        {
            Assert.InRange(curve.Points.MaxBy(point => point.Y).X, 0.9, 1.1);
            Assert.True(curve.Points[0].Y < 1e-3 * curve.Points.Max(point => point.Y));
            Assert.True(curve.Points[^1].Y < 1e-3 * curve.Points.Max(point => point.Y));
        }
    }

    [Fact]
    public void Both_claims_are_tested_in_all_their_parts_and_reproduced()
    {
        ExperimentResult found = new WeightGradientTerms().Analyze(new ReproductionSettings(), Seed, []);
        Assert.Equal(
            [("7-terms", Verdict.Reproduced, 6), ("7-subsystems", Verdict.Reproduced, 3)],
            found.Claims.Select(claim => (claim.Key, claim.Verdict, claim.Parts.Count)));
        Assert.All(found.Claims.SelectMany(claim => claim.Parts), part => Assert.InRange(part.Trials, 30, 100));
        Assert.All(Assert.Single(found.Figures).Data.Rows, row => Assert.Equal(5, row.Count));
    }

    private static IEnumerable<double[]> AllInputs(double weight)
        => Enumerable.Range(0, SystemGradientTerms.SequenceCount).Select(
            number => SystemGradientTerms.GenerateInputs(Seed, number, firstInput: 1.0,
                SystemGradientTerms.HalfCriticalInput(weight)));
}
