using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Fixed points: their number, their positions and their stability (Definitions 1 and 2).</summary>
public sealed class FixedPointTests
{
    // ln(derivative) at the attractor of the neuron, computed from x̄ = tanh(w·x̄) in 30 digits.
    [Theory]
    [InlineData(1.25, -0.479417606)]
    [InlineData(2.0, -1.793528507)]
    public void A_latching_neuron_has_two_stable_points_and_one_unstable_between(double weight, double logSlope)
    {
        FixedPoints found = FindIn(SmallNetworks.Latch(weight));
        Assert.True(found.IsComplete);
        Assert.Equal(
            [Stability.Stable, Stability.Stable, Stability.Unstable], found.Orbits.Select(orbit => orbit.Stability));
        double a = weight * SingleNeuron.Analyze(weight).Attractor!.Value;
        Assert.Equal(-a, found.Orbits[0].Points[0][0], 4e-15);
        Assert.Equal(a, found.Orbits[1].Points[0][0], 4e-15);
        Assert.Equal(0.0, found.Orbits[2].Points[0][0]);
        Assert.Equal(weight, found.Orbits[2].SpectralRadius, 1e-15);
        Assert.Equal(logSlope, Math.Log(found.Orbits[0].SpectralRadius), 5.1e-10); // nine published decimals
        Assert.Equal("stable fixed point", found.Orbits[0].Describe());
        Assert.Equal("repelling fixed point", found.Orbits[2].Describe());
    }

    [Fact]
    public void Points_are_within_their_stated_error_of_the_known_ones()
        => Gen.Double[1.001, 8.0].Sample(weight =>
        {
            SingleNeuron neuron = SingleNeuron.Analyze(weight);
            PeriodicOrbit stable = FindIn(SmallNetworks.Latch(weight)).Orbits[1];

            // x̄ itself is known to 4e-16/(1 − derivative), as the tests of the neuron show.
            double known = weight * 4e-16 / (1.0 - neuron.Derivative!.Value);
            return Math.Abs(stable.Points[0][0] - (weight * neuron.Attractor!.Value)) <= stable.PositionError + known
                && Math.Abs(stable.SpectralRadius - neuron.Derivative!.Value) <= stable.EigenvalueError + known;
        }, iter: 100);

    [Fact]
    public void The_critical_input_is_where_two_of_three_points_vanish()
        => Gen.Select(Gen.Double[1.01, 6.0], Gen.Double[1e-6, 0.5]).Sample((weight, margin) =>
        {
            double critical = SingleNeuron.Analyze(weight).CriticalInput!.Value;
            return FindIn(SmallNetworks.Latch(weight), critical * (1.0 - margin)).Orbits.Count == 3
                && FindIn(SmallNetworks.Latch(weight), -critical * (1.0 + margin)).Orbits.Count == 1;
        }, iter: 50);

    [Fact]
    public void Two_uncoupled_neurons_have_nine()
    {
        FixedPoints found = FindIn(SmallNetworks.Uncoupled);
        Assert.Equal(9, found.Orbits.Count);
        Assert.Equal(4, found.Orbits.Count(orbit => orbit.Stability == Stability.Stable));
        Assert.Equal(4, found.Orbits.Count(orbit => orbit.UnstableDirections == 1));
        Assert.Equal(1, found.Orbits.Count(orbit => orbit.UnstableDirections == 2));
        Assert.All(found.Orbits, orbit => Assert.True(orbit.IsHyperbolic));
        Assert.Equal("saddle, fixed point", found.Orbits[4].Describe());
    }

    // Ground truth of mattgolub/fixed-point-finder for x′ = tanh(x·W), W = [[1, −1], [−1, 1]].
    [Fact]
    public void Two_antagonists_have_the_points_found_by_another_program()
    {
        DrivenSystem driven = DrivenSystem.Create(SmallNetworks.Antagonists);
        FixedPoints found = FindIn(SmallNetworks.Antagonists);
        Assert.Equal(3, found.Orbits.Count);
        foreach ((int i, double sign) in new[] { (0, -1.0), (1, 1.0) })
        {
            double[] outputs = driven.Outputs(found.Orbits[i].Points[0]);
            Assert.Equal(sign * 0.957504024, outputs[0], 5.1e-10);
            Assert.Equal(-sign * 0.957504024, outputs[1], 5.1e-10);
            Assert.Equal(0.166372, found.Orbits[i].Eigenvalues[0].Real, 5.1e-7);
            Assert.Equal(0.0, found.Orbits[i].Eigenvalues[1].Real, 1e-15);
        }

        Assert.Equal([0.0, 0.0], found.Orbits[2].Points[0]);
        Assert.Equal(2.0, found.Orbits[2].Eigenvalues[0].Real);
        Assert.Equal(0.0, found.Orbits[2].Eigenvalues[1].Real);
    }

    [Fact]
    public void At_a_weight_of_one_the_origin_is_marginal()
    {
        FixedPoints found = FindIn(SmallNetworks.Latch(1.0));
        PeriodicOrbit origin = Assert.Single(found.Orbits);
        Assert.Equal(0.0, origin.Points[0][0]);
        Assert.Equal(Stability.Marginal, origin.Stability);
        Assert.False(origin.IsHyperbolic);
        Assert.Equal("marginal fixed point", origin.Describe());
        // rounding prevents a decision in its neighbourhood, which stays in one piece instead of thousands
        Assert.False(found.IsComplete);
        Assert.InRange(found.Undecided.Count, 1, 10);
    }

    [Fact]
    public void A_derivative_of_minus_one_is_marginal()
    {
        FixedPoints found = FixedPoints.Find(DynamicalSystem.Create(new CubicMap(2.0, 1.0)),
            SmallNetworks.Cube(1, 1.3));
        Assert.Equal(3, found.Orbits.Count);
        Assert.Equal(2, found.Orbits.Count(orbit => orbit.Stability == Stability.Marginal && !orbit.IsHyperbolic));
        Assert.Equal(2.0, found.Orbits.Single(orbit => orbit.Stability == Stability.Unstable).SpectralRadius, 1e-15);

        // Two steps take the error e to e − 16e³: after 2k of them it is (32k)^(−1/2), 2.5e-4 after a million.
        double x = 1.1;
        for (int t = 0; t < 1_000_000; t++)
            x = (2.0 * x) - (x * x * x);
        Assert.Equal(2.5e-4, Math.Abs(x - 1.0), 1e-6);
    }

    [Theory]
    [InlineData(1.0, 0.0, Stability.Marginal)]
    [InlineData(1.0 - 1e-6, 0.0, Stability.Stable)]
    [InlineData(-1.0 + 1e-6, 0.0, Stability.Stable)]
    [InlineData(1.0 + 1e-6, 0.0, Stability.Unstable)]
    [InlineData(1.0, 1.0, Stability.Marginal)]
    [InlineData(0.5, 1.0, Stability.Stable)]
    [InlineData(1.0 - 1e-6, 1.0, Stability.Stable)]
    [InlineData(1.0 - 1e-10, 1.0, Stability.Marginal)]
    public void A_point_is_marginal_where_its_error_does_not_decide(double value, double above, Stability expected)
    {
        // The matrix is defective if the entry above the diagonal is not 0: its eigenvalues are accurate to the square
        // root of a rounding error, about 1e-7.
        var orbit = new PeriodicOrbit(
            DynamicalSystem.Create(new LinearMap(2, [value, above, 0.0, value])), [0.0, 0.0], period: 1);
        Assert.Equal(expected, orbit.Stability);
        Assert.Equal(Math.Abs(value), orbit.SpectralRadius, 1e-15);
    }

    [Fact]
    public void If_Newtons_method_does_not_converge_a_residual_is_reported_instead_of_a_point()
    {
        FixedPoints none = FixedPoints.Find(
            DynamicalSystem.Create(new Translation([3.0, 4.0])), SmallNetworks.Cube(2, 10.0), starts: 20);
        Assert.Empty(none.Orbits);
        Assert.Equal((21, 21), (none.NewtonStarts, none.NotConverged));
        Assert.Equal(5.0, none.SmallestResidual, 1e-14);
    }

    [Fact]
    public void A_start_at_a_pole_does_not_hide_points_or_residuals()
    {
        // The center of the box is 0, where Newton's map divides by zero.
        FixedPoints found = FixedPoints.Find(
            DynamicalSystem.Create(default(NewtonCubeRoots)), SmallNetworks.Cube(2, 1.0), starts: 60);
        Assert.Equal(3, found.Orbits.Count(orbit => orbit.Stability == Stability.Stable));
        Assert.InRange(found.NotConverged, 1, 61);
        Assert.False(found.SmallestResidual < 1e-12);
    }

    [Fact]
    public void A_marginal_point_does_not_hide_others()
    {
        // w = 1 beside w = 2: (M′ − 1) is singular at (0, 0), whose error is infinite, and nearly singular at (0,
        // ±1.915), to which Newton's method converges slowly: to 1e-5, where the residual a³/3 is lost in rounding.
        PeriodicOrbit[] found = [.. FindIn(SmallNetworks.Of(2, [1.0, 0.0, 0.0, 2.0])).Orbits];
        PeriodicOrbit origin = Assert.Single(found, orbit => orbit.Points[0][1] == 0.0);
        Assert.Equal((double.PositiveInfinity, Stability.Unstable), (origin.PositionError, origin.Stability));
        Assert.Equal(3, found.Length);
        Assert.All(found.Except([origin]), orbit => Assert.Equal(Stability.Marginal, orbit.Stability));
        Assert.All(found, orbit => Assert.Equal(0.0, orbit.Points[0][0], 1e-4));
    }

    [Fact]
    public void Every_listed_point_is_a_fixed_point()
        => Gen.Select(Gen.Int[2, 4], Gen.Double[0.5, 3.0], Gen.Int).Sample((n, size, seed) =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Random(n, size, seed));
            FixedPoints found = FixedPoints.Find(system, system.Range(), starts: 30);

            // Rounding leaves one ulp for each of n products of numbers up to 3n.
            return found.Orbits.Count >= 1
                && found.Orbits.All(orbit => orbit.Residual <= 40 * n * n * 2.3e-16
                    && orbit.Points[0].Zip(system.Image(orbit.Points[0]), (a, b) => Math.Abs(a - b)).Max() < 1e-13);
        }, iter: 100);

    [Theory]
    [InlineData(1, 0.0, 1.0)]
    [InlineData(2, 1.0, 0.0)]
    [InlineData(2, double.NaN, 1.0)]
    [InlineData(2, 0.0, double.PositiveInfinity)]
    public void An_invalid_box_is_rejected(int sides, double lower, double upper)
    {
        var system = DynamicalSystem.Create(SmallNetworks.Uncoupled);
        ValidationException refusal = Assert.Throws<ValidationException>(
            () =>
                FixedPoints.Find(system, [.. Enumerable.Repeat(new LatchLab.Numerics.Interval(lower, upper), sides)]));
        Assert.Contains("2 variables", refusal.Message, StringComparison.Ordinal);
    }

    private static FixedPoints FindIn(LatchLab.Networks.NetworkDefinition network, double? constantInput = null)
    {
        var system = DynamicalSystem.Create(network, constantInput is { } input ? [input] : null);
        return FixedPoints.Find(system, system.Range(), starts: 100);
    }
}
