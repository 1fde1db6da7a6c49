using LatchLab.Dynamics;
using LatchLab.Models;
using LatchLab.Numerics;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Systems near a bifurcation, where orbits take thousands of steps to reach an attractor.</summary>
public sealed class SlowDynamicsTests
{
    private static readonly Lazy<(DynamicalSystem System, InvariantSets Sets)> PeriodTwo = new(() => Load(
        "slow-period-2-orbits"));

    private static readonly Lazy<(DynamicalSystem System, InvariantSets Sets)> TwoLatches = new(() => Load(
        "slow-two-latches"));

    /// <summary>Reads a network with known answers.</summary>
    internal static DynamicalSystem Read(string name)
        => DynamicalSystem.Create(NetworkFile.Read(Path.Combine(
            Repository.Root, "tests", "LatchLab.Tests", "Dynamics", "Data", $"{name}.json")));

    // The spectral radius is that of an independent computation with numpy, given to five decimals.
    [Fact]
    public void Six_slow_orbits_of_period_two_are_found()
    {
        InvariantSets sets = PeriodTwo.Value.Sets;
        Assert.Equal([2, 2, 2, 2, 2, 2], sets.Attractors.Select(orbit => orbit.Period));
        Assert.All(sets.Attractors, orbit => Assert.Equal(0.98715, orbit.SpectralRadius, 5.1e-6));
        Assert.Empty(sets.Unsettled.States);
        Assert.Empty(sets.Unsettled.Motions);
    }

    // M_1 = x_1 − x_3, M_2 = x_3 − x_2, M_3 = x_2 − x_1 of the outputs x: a cyclic exchange P of the units gives
    // M·P = P⁻¹·M, so M² commutes with P and with −1. These six maps carry the basins of the six attractors into each
    // other, to the last bit. So the six images of a start belong to different ones.
    [Fact]
    public void Every_start_is_decided_and_each_basin_is_a_sixth_by_symmetry()
    {
        (DynamicalSystem system, InvariantSets sets) = PeriodTwo.Value;
        const int points = 40;
        List<double[]> starts = [];
        foreach (double[] a in FixedPoints.SampleUniform(SmallNetworks.Cube(3, 2.0), points, seed: 5))
        {
            foreach (double sign in (double[])[1.0, -1.0])
            {
                for (int shift = 0; shift < 3; shift++)
                    starts.Add([.. Enumerable.Range(0, 3).Select(i => sign * a[(i + shift) % 3])]);
            }
        }

        Basins basins = Basins.Compute(
            system, sets.Balls, InitialConditions.FromPoints(starts), maxSteps: 100_000);
        int[] counts = [.. sets.Attractors.Select(
            attractor => Enumerable.Range(0, basins.Count).Count(start => basins.Attractor(start) == attractor))];
        Assert.Equal(Enumerable.Repeat(points, 6), counts);
    }

    // a′ = w·tanh a in each unit, w = 1.0001. Between the attractors at ±0.0173 the origin repels by 1e-4 a step, so a
    // start at distance d needs 1e4·ln(0.0173/d) steps to leave it: 20,000 at the nodes next to the axes, 0.0025.
    [Fact]
    public void The_basins_of_two_slow_latches_are_the_quadrants()
    {
        (DynamicalSystem system, InvariantSets sets) = TwoLatches.Value;
        Assert.Equal(4, sets.Attractors.Count);
        Assert.Empty(sets.Unsettled.States);
        double[] axis = [.. Enumerable.Range(0, 20).Select(i => ((2 * i) - 19) * 0.0025)];
        InitialConditions starts = InitialConditions.Grid(axis, axis);
        Basins basins = Basins.Compute(system, sets.Balls, starts, maxSteps: 100_000);
        for (int start = 0; start < starts.Count; start++)
        {
            Assert.Equal(
                starts[start].ToArray().Select(Math.Sign), basins.Attractor(start)!.Points[0].Select(Math.Sign));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(1500)]
    [InlineData(5000)]
    public void A_start_is_undecided_exactly_until_its_orbit_enters_a_ball(int maxSteps)
    {
        (DynamicalSystem system, InvariantSets sets) = PeriodTwo.Value;
        InitialConditions starts = InitialConditions.SampleUniform(SmallNetworks.Cube(3, 2.0), 60, seed: 9);
        Basins basins = Basins.Compute(system, sets.Balls, starts, maxSteps);
        for (int start = 0; start < starts.Count; start++)
        {
            TrappingBall? reached = sets.FindDestination(starts[start], maxSteps, out int steps);
            Assert.Equal(reached?.Orbit, basins.Attractor(start));
            Assert.Equal(reached is null, basins.Label(start) == Basins.Undecided);
            Assert.Equal(reached is null, basins.UndecidedState(start) is not null);

            // Slow orbits are compared with the balls at every 64th period only.
            if (reached is not null)
                Assert.InRange(basins.EntryStep(start), steps, steps <= 1024 ? steps : steps + (64 * 2));
            else
                Assert.Equal(system.Image(starts[start], maxSteps), basins.UndecidedState(start));
        }
    }

    [Fact]
    public void Lane_types_change_no_slow_result()
    {
        (DynamicalSystem system, InvariantSets sets) = TwoLatches.Value;
        double[] axis = [-0.9, -0.01, 0.0, 1e-5, 0.02];
        InitialConditions starts = InitialConditions.Grid(axis, axis);
        Basins scalar = Basins.Compute(system, sets.Balls, starts, 60_000, LaneKind.Scalar);
        foreach (LaneKind lane in SlowTests.LaneKinds)
        {
            Basins other = Basins.Compute(system, sets.Balls, starts, 60_000, lane);
            for (int start = 0; start < starts.Count; start++)
            {
                Assert.Equal(scalar.Label(start), other.Label(start));
                Assert.Equal(scalar.EntryStep(start), other.EntryStep(start));
                Assert.Equal(scalar.LargestRadius(start), other.LargestRadius(start));
            }
        }
    }

    // The boundary of two basins is the axis a_1 = 0. Near it da/dt = εa − a³/3, so u = a/√(3ε) has 1/u² − 1 =
    // (1/u_0² − 1)·e^(−2εt). A start is undecided if after T steps it is not in the ball, that is u < 1 − r/√(3ε). The
    // equation neglects terms of the relative size of ε·T·ε and a².
    [Fact]
    public void A_slow_boundary_lies_in_the_middle_of_the_undecided_starts()
    {
        SlowTests.SkipUnlessRequested();
        const double excess = 1e-4;
        const int maxSteps = 50_000;
        (DynamicalSystem system, InvariantSets sets) = TwoLatches.Value;
        TrappingBall left = sets.Balls.Single(ball => ball.Center[0] < 0.0 && ball.Center[1] > 0.0);
        TrappingBall right = sets.Balls.Single(ball => ball.Center[0] > 0.0 && ball.Center[1] > 0.0);
        (double[] one, double[] other) = new BasinBoundary(system, sets, maxSteps).Bisect(left.Center, right.Center);
        double size = Math.Sqrt(3.0 * excess), u = 1.0 - (right.Radius / right.Factor[0] / size);
        double undecided = size * Math.Exp(-excess * maxSteps) / Math.Sqrt((1.0 / (u * u)) - 1.0);
        Assert.Equal(-undecided, one[0], 0.01 * undecided);
        Assert.Equal(undecided, other[0], 0.01 * undecided);
    }

    private static (DynamicalSystem System, InvariantSets Sets) Load(string name)
    {
        DynamicalSystem system = Read(name);
        return (system, InvariantSets.Find(system, options: new() { NewtonPeriod = 2 }));
    }
}
