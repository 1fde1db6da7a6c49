using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>
/// The limits of orbits: fixed points, periodic orbits, no limit, and slow passages (Definitions 1 and 2).
/// </summary>
public sealed class InvariantSetTests
{
    // x = tanh(2x) with alternating sign: x̄ and the square of its derivative, computed in 30 digits.
    [Fact]
    public void A_weight_of_minus_two_gives_an_orbit_of_period_two()
    {
        var system = DynamicalSystem.Create(SmallNetworks.Latch(-2.0));
        InvariantSets sets = SmallNetworks.Sets(system);
        PeriodicOrbit orbit = Assert.Single(sets.Attractors);
        Assert.Equal((2, 2), (orbit.Period, sets.Balls.Count));
        Assert.Equal(
            [-1.915008, 1.915008], orbit.Points.Select(point => point[0]).Order(), (a, b) => Near(a, b, 5.1e-7));
        Assert.All(orbit.Points, point => Assert.Equal(0.957504024, Math.Abs(Math.Tanh(point[0])), 5.1e-10));
        Assert.Equal(0.027679672, orbit.SpectralRadius, 5.1e-10);
        Assert.Equal(Stability.Unstable, Assert.Single(sets.FixedPoints.Orbits).Stability);
        Assert.Equal("stable orbit of period 2", orbit.Describe());
        Assert.Empty(sets.Unsettled.States);
        Assert.Equal(0, sets.DivergentCount);
    }

    // (M²)′ = 4 + 2r − r² for the logistic map with a stable orbit of period two.
    [Fact]
    public void The_logistic_map_has_period_doubling()
    {
        PeriodicOrbit two = Assert.Single(Logistic(3.2).Attractors);
        Assert.Equal(2, two.Period);
        Assert.Equal(4.0 + 6.4 - (3.2 * 3.2), two.Eigenvalues[0].Real, 1e-13);
        Assert.Equal(-0.9162907319, 0.5 * Math.Log(two.SpectralRadius), 5.1e-11);
        Assert.Equal(4, Assert.Single(Logistic(3.5).Attractors).Period);
        Assert.Equal(8, Assert.Single(Logistic(3.55).Attractors).Period);
    }

    [Fact]
    public void A_chaotic_orbit_has_no_attractor()
    {
        InvariantSets sets = Logistic(4.0);
        Assert.Empty(sets.Attractors);
        Assert.Equal(sets.OrbitCount, sets.Unsettled.States.Count + sets.DivergentCount);
        Assert.InRange(sets.Unsettled.States.Count, 1, sets.OrbitCount);
    }

    // A ring of three units rotates its three bits: two patterns are fixed, and the six others form two orbits of
    // period three.
    [Fact]
    public void A_ring_of_three_neurons_stores_eight_states()
    {
        InvariantSets sets = SmallNetworks.Sets(DynamicalSystem.Create(SmallNetworks.Ring));
        Assert.Equal([1, 1, 3, 3], sets.Attractors.Select(orbit => orbit.Period));
        Assert.Equal(8, sets.Balls.Count);
        Assert.Equal(
            8, sets.Balls.Select(ball => string.Join(',', ball.Center.Select(Math.Sign))).Distinct().Count());
        double derivative = SingleNeuron.Analyze(2.0).Derivative!.Value;
        Assert.All(sets.Attractors, orbit => Assert.Equal(
            orbit.Period == 1 ? derivative : derivative * derivative * derivative, orbit.SpectralRadius, 1e-12));
    }

    [Fact]
    public void The_cubic_map_has_two_attractors_and_diverges_beyond_the_root_of_five()
    {
        InvariantSets sets = InvariantSets.Find(DynamicalSystem.Create(new CubicMap(1.5, 0.5)),
            SmallNetworks.Cube(1, 3.0));
        Assert.Equal([-1.0, 1.0], sets.Attractors.Select(orbit => orbit.Points[0][0]), (a, b) => Near(a, b, 1e-15));
        Assert.All(sets.Attractors, orbit => Assert.Equal(0.0, orbit.SpectralRadius, 1e-15));
        Assert.Equal(0.0, sets.FixedPoints.Orbits[2].Points[0][0]);
        Assert.InRange(sets.DivergentCount, 1, sets.OrbitCount / 2); // a quarter of the box, and 64 starts
    }

    [Fact]
    public void Newtons_method_finds_its_three_roots()
    {
        InvariantSets sets = InvariantSets.Find(
            DynamicalSystem.Create(default(NewtonCubeRoots)), SmallNetworks.Cube(2, 1.0), new() { NewtonStarts = 60 });
        Assert.Equal(3, sets.Attractors.Count);
        Assert.All(sets.Attractors, orbit
            => Assert.Equal(1.0, Math.Sqrt(orbit.Points[0].Sum(value => value * value)), 1e-14));
        Assert.All(sets.Attractors, orbit => Assert.InRange(orbit.SpectralRadius, 0.0, 1e-12));
    }

    [Theory]
    [InlineData(1.0001, 1)]
    [InlineData(0.9999, 2)]
    public void A_slow_passage_is_not_an_attractor(double share, int attractors)
    {
        double constantInput = -share * SingleNeuron.Analyze(1.25).CriticalInput!.Value;
        var system = DynamicalSystem.Create(SmallNetworks.Latch(1.25), [constantInput]);
        InvariantSets sets = SmallNetworks.Sets(system);
        Assert.Equal(attractors, sets.Attractors.Count);
        Assert.Empty(sets.Unsettled.States);

        // From +x̄ the orbit passes the position where the two points were: π/√(excess·c) = 1700 steps, with c = ½·|M″|
        // = √(1 − 1/w) there. It hardly moves there, so the search must wait for it.
        double start = 1.25 * SingleNeuron.Analyze(1.25).Attractor!.Value;
        TrappingBall? reached = sets.FindDestination([start], maxSteps: 10_000, out int steps);
        Assert.Equal(attractors == 2, reached!.Center[0] > 0.0);
        if (attractors == 1)
            Assert.InRange(steps, 1000, 3000);
    }

    [Fact]
    public void Marginal_points_are_not_attractors()
    {
        AttractorSearchOptions options = new() { MaxSteps = 512 };
        Assert.Empty(InvariantSets.Find(DynamicalSystem.Create(SmallNetworks.Latch(1.0)), options: options).Attractors);
        InvariantSets cubic = InvariantSets.Find(
            DynamicalSystem.Create(new CubicMap(2.0, 1.0)), SmallNetworks.Cube(1, 1.0), options);
        Assert.Empty(cubic.Attractors);
        Assert.Equal(cubic.OrbitCount, cubic.Unsettled.States.Count);
    }

    [Fact]
    public void Every_start_has_one_outcome()
        => Gen.Select(Gen.Int[1, 4], Gen.Double[0.5, 3.0], Gen.Int).Sample((n, size, seed) =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Random(n, size, seed));
            InvariantSets sets = InvariantSets.Find(
                system, options: new() { NewtonStarts = 20, Orbits = 10, MaxSteps = 512 });
            return sets.OrbitCount == 10 && sets.DivergentCount == 0
                && sets.Unsettled.States.Count <= 10
                && sets.Balls.Count == sets.Attractors.Sum(attractor => attractor.Period)
                && sets.Attractors.All(attractor => attractor.Period > 1 || sets.FixedPoints.Orbits.Contains(attractor))

                // Closer to 1, the ball may be smaller than the error of its center.
                && sets.FixedPoints.Orbits.All(point => point.Stability != Stability.Stable
                    || point.SpectralRadius > 1.0 - 1e-5 || sets.Attractors.Contains(point));
        }, iter: 100);

    [Fact]
    public void An_unbounded_system_needs_a_box()
    {
        ValidationException refusal = Assert.Throws<ValidationException>(
            () => InvariantSets.Find(DynamicalSystem.Create(new LinearMap(2, [0.5, 0.0, 0.0, 0.5]))));
        Assert.Contains("give a box", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_non_finite_network_or_input_is_rejected()
    {
        Assert.Throws<ValidationException>(() => DynamicalSystem.Create(SmallNetworks.Latch(double.NaN)));
        Assert.Throws<ValidationException>(
            () => DynamicalSystem.Create(SmallNetworks.Latch(2.0), [double.PositiveInfinity]));
        Assert.Throws<ValidationException>(() => DynamicalSystem.Create(SmallNetworks.Latch(2.0), [0.0, 0.0]));
        Assert.Throws<ValidationException>(() => DynamicalSystem.Create(SmallNetworks.Latch(2.0)).Image([1.0, 2.0]));
        Assert.Throws<ValidationException>(() => DrivenSystem.Create(SmallNetworks.Latch(2.0)).Image([1.0]));
        Assert.Throws<ValidationException>(() => DrivenSystem.Create(SmallNetworks.Uncoupled).Outputs([1.0]));
    }

    private static InvariantSets Logistic(double r)
        => InvariantSets.Find(
            DynamicalSystem.Create(new LogisticMap(r)), [new Interval(0.0, 1.0)],
            new() { MaxSteps = 4096, Orbits = 20 });

    private static bool Near(double a, double b, double tolerance) => Math.Abs(a - b) <= tolerance;
}
