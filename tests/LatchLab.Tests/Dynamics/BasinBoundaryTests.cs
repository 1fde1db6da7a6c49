using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Points on the boundary between two basins, and the orbit on it that leads to the edge state.</summary>
public sealed class BasinBoundaryTests
{
    [Fact]
    public void Between_two_quadrants_the_boundary_is_an_axis()
        => Gen.Select(Gen.Double[0.1, 3.0], Gen.Double[0.1, 3.0], Gen.Double[0.1, 3.0], Gen.Double[0.1, 3.0])
            .Sample((right, left, up, down) =>
            {
                BasinBoundary boundary = Of(SmallNetworks.Uncoupled, out _, out _);
                (double[] one, double[] other) = boundary.Bisect([right, up], [-left, down]);

                // The two points lie on the sides of their starts and within 1e-16 of each other, hence of the axis.
                return one[0] > 0.0 && other[0] <= 0.0 && one[0] - other[0] <= 3.1e-16
                    && Math.Abs(one[1] - (up + ((down - up) * right / (right + left)))) < 1e-14;
            }, iter: 20);

    [Fact]
    public void Two_antagonists_are_separated_by_a_saddle_at_the_origin()
    {
        BasinBoundary boundary = Of(SmallNetworks.Antagonists, out _, out _);
        IReadOnlyList<double[]> orbit = boundary.Track([1.0, -0.5], [-1.0, 0.7], steps: 60);
        Assert.Equal(61, orbit.Count);
        Assert.All(orbit.Skip(1), state => Assert.InRange(Distance(state, [0.0, 0.0]), 0.0, 4e-7));
    }

    [Fact]
    public void The_boundary_orbit_leads_to_the_saddle_of_an_asymmetric_network()
    {
        BasinBoundary boundary = Of(
            SmallNetworks.Of(2, [1.8, 0.4, 0.6, 0.7]), out DynamicalSystem system, out InvariantSets sets,
            constantInput: 0.1);
        Assert.Equal(2, sets.Attractors.Count);
        PeriodicOrbit saddle = Assert.Single(sets.FixedPoints.Orbits, orbit => orbit.UnstableDirections == 1);
        IReadOnlyList<double[]> orbit = boundary.Track(
            sets.Attractors[0].Points[0], sets.Attractors[1].Points[0], steps: 80);

        // The points are within 1e-7 of the boundary (slightly more after a step), and the stable direction has
        // decayed.
        Assert.Equal(81, orbit.Count);
        Assert.InRange(Distance(orbit[^1], saddle.Points[0]), 0.0, 1e-6);

        // The points form an orbit, apart from the displacement by each bisection.
        for (int t = 1; t < orbit.Count; t++)
            Assert.InRange(Distance(system.Image(orbit[t - 1]), orbit[t]), 0.0, 4e-7);
    }

    /// <summary>
    /// On the boundary a_1 = 0 of two latches with w = 2 the gradient is 2^t exactly: M′ = diag(2, 2·sech² a_2) there.
    /// </summary>
    [Fact]
    public void Gradients_along_the_boundary_are_exact_far_beyond_the_time_at_which_an_orbit_leaves_it()
    {
        BasinBoundary boundary = Of(SmallNetworks.Uncoupled, out DynamicalSystem system, out _);
        IReadOnlyList<double[]> states = boundary.Track([0.9, 1.5], [-0.7, 1.2], steps: 150);
        Assert.Equal(151, states.Count);
        Assert.All(states, state => Assert.InRange(Math.Abs(state[0]), 0.0, 2.0 * BasinBoundary.TrackingDistance));

        // 2·sech² a_1 is 2·(1 − a_1²) at least, which is 4e-14 per step, and each step rounds a few times by 1.1e-16.
        IReadOnlyList<double> gradients = DrivenOrbit.AlongStates(system, states).LogGradientNorms;
        for (int t = 0; t < states.Count; t++)
            Assert.Equal(t * Math.Log(2.0), gradients[t], (t + 1) * 5e-14);

        // The same states as an orbit with inputs: an input is a difference of up to 1e-7, its rounding error of 1e-23
        // doubles at every step, and the orbit is in an attractor after some 76 steps.
        IEnumerable<double[]> inputs = states.Skip(1).Zip(
            states, (next, state) => next.Zip(system.Image(state), (a, image) => a - image).ToArray());
        DrivenOrbit simulated = DrivenOrbit.Simulate(system, states[0], inputs);
        Assert.True(Math.Abs(simulated.States[^1][0]) > 1.0);
    }

    [Fact]
    public void Starts_with_the_same_or_no_attractor_are_rejected()
    {
        BasinBoundary boundary = Of(SmallNetworks.Uncoupled, out _, out _);
        Assert.Contains("both starts", Refusal([1.0, 1.0], [2.0, 0.5]), StringComparison.Ordinal);
        Assert.Contains("reaches no attractor", Refusal([1.0, 0.0], [2.0, 0.5]), StringComparison.Ordinal);
        Assert.Contains("the system has 2", Refusal([1.0], [2.0, 0.5]), StringComparison.Ordinal);
        Assert.Throws<ValidationException>(() => boundary.Track([1.0, 1.0], [2.0, 0.5], 5));

        string Refusal(double[] one, double[] other)
            => Assert.Throws<ValidationException>(() => boundary.Bisect(one, other)).Message;
    }

    private static BasinBoundary Of(
        LatchLab.Networks.NetworkDefinition network,
        out DynamicalSystem system,
        out InvariantSets sets,
        double? constantInput = null)
    {
        system = DynamicalSystem.Create(network, constantInput is { } input ? [input] : null);
        sets = SmallNetworks.Sets(system);
        return new(system, sets);
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
