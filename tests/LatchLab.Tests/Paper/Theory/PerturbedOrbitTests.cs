using LatchLab.Dynamics;
using LatchLab.Numerics;
using LatchLab.Paper.Figure3;
using LatchLab.Paper.Theory;
using Xunit;

namespace LatchLab.Tests.Paper.Theory;

/// <summary>Perturbations by chosen noise, the balls they produce, and the random systems used for the tests.</summary>
public sealed class PerturbedOrbitTests
{
    private static readonly AutonomousNetwork Network = AsymmetricNetwork.Create();

    private static UniformStream Draws
        => new TrialRandom(Seed: 1, RandomWord: 0, Trial: 0).CreateUniformStream(Purpose.Perturbation);

    public static TheoryData<int> Kinds => [.. PerturbedOrbit.Directions.Select(kind => (int)kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Noise_of_every_kind_has_the_requested_length(int kind)
    {
        double[] sizes = [0.1, 0.2, 0.3, 0.4, 0.5];
        PerturbedOrbit orbit =
            PerturbedOrbit.Simulate(Network.Dynamics, AsymmetricNetwork.StateInsideReducedSet, sizes,
                (PerturbationDirection)kind, Draws);
        Assert.All(sizes.Zip(orbit.Perturbations), entry
            => Assert.Equal(entry.First, PerturbedOrbit.Norm(entry.Second), 1e-15));
        // both orbits start at the same point, so the first distance is the first noise
        Assert.Equal(sizes[0], orbit.Distances[1], 1e-15);
    }

    [Fact]
    public void The_direction_that_a_matrix_stretches_most_is_stretched_by_its_norm()
    {
        double[] matrix = [1.0, 2.0, -0.5, 0.3, -1.2, 0.7, 0.0, 0.4, 1.1];
        double[] direction = DominantSingularVector.Compute(matrix, 3);
        Assert.Equal(1.0, PerturbedOrbit.Norm(direction), 1e-15);

        // The singular values are 2.4 and less than 1.5: after forty steps less than (1.5/2.4)^80 < 10⁻¹⁶ of another
        // direction remains.
        Assert.Equal(
            SquareMatrix.SpectralNorm(matrix, 3), PerturbedOrbit.Norm(SquareMatrix.Multiply(matrix, direction)), 1e-12);
    }

    [Fact]
    public void A_ball_starts_round_and_follows_the_derivative_while_it_is_small()
    {
        const double radius = 1e-7;
        var ball = BallOfUncertainty.Propagate(Network.Dynamics, AsymmetricNetwork.StateOutsideReducedSet, radius,
            noise: 0.0, steps: 3);
        Assert.All(ball.Outlines[0], point => Assert.Equal(
            radius, PerturbedOrbit.Norm(PerturbedOrbit.Subtract(point, AsymmetricNetwork.StateOutsideReducedSet)),
            1e-15));

        // 64 directions miss the longest axis by at most π/64: by (π/64)²/2 < 0.13 % of its length.
        IReadOnlyList<double> exact =
            DrivenOrbit.Simulate(Network.Dynamics, AsymmetricNetwork.StateOutsideReducedSet, steps: 3).LogGradientNorms;
        for (int t = 0; t <= 3; t++)
            Assert.InRange(ball.Radii[t] / radius / Math.Exp(exact[t]), 0.9987, 1.00001);
    }

    [Fact]
    public void The_initial_conditions_of_figure_3_lie_where_it_states()
    {
        ReducedSetMembership Of(double[] start)
            => ReducedSetMembership.Evaluate(Network.Dynamics, Network.InvariantSets, start);
        ReducedSetMembership inside = Of(AsymmetricNetwork.StateInsideReducedSet),
            outside = Of(AsymmetricNetwork.StateOutsideReducedSet);
        Assert.True(inside.IsMember);
        Assert.False(outside.IsMember);
        Assert.Same(Network.InvariantSets.Attractors[0], inside.Ball!.Orbit);
        Assert.Same(Network.InvariantSets.Attractors[0], outside.Ball!.Orbit);
    }

    [Fact]
    public void Noise_above_the_bound_of_theorem_3_can_leave_its_ball()
    {
        // The neuron with w = 2 at its fixed point: the largest b is 0.299090 with d = 0.590780. Under constant inward
        // noise it leaves the ball of radius d when the noise exceeds d − 2(tanh ā − tanh(ā − d)) = 0.40: the condition
        // of the theorem is sufficient but not necessary.
        AutonomousNetwork neuron = AutonomousNetwork.Analyze([2.0], 0.0);
        double[] start = neuron.InvariantSets.Attractors.Single(attractor => attractor.Points[0][0] > 0.0).Points[0];
        double Reached(double noise) => Enumerable.Range(0, 4).Max(trial => PerturbedOrbit.Simulate(
            neuron.Dynamics, start, [.. Enumerable.Repeat(noise, 200)], PerturbationDirection.Constant,
            new TrialRandom(Seed: 1, RandomWord: 0, trial).CreateUniformStream(Purpose.Perturbation)).Distances.Max());
        Assert.True(Reached(0.299) < 0.590780);
        Assert.True(Reached(0.45) > 0.590780);
    }

    [Fact]
    public void A_random_system_does_not_depend_on_the_number_of_systems()
    {
        IReadOnlyList<AutonomousNetwork> few = AutonomousNetwork.GenerateRandom(seed: 5, count: 3), more =
            AutonomousNetwork.GenerateRandom(seed: 5, count: 4);
        Assert.All(few.Zip(more), pair => Assert.Equal(pair.First.Network.Parameters, pair.Second.Network.Parameters));
        Assert.All(more, system => Assert.True(system.InvariantSets.Attractors.Count >= 2));
    }
}
