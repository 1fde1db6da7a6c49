using LatchLab.Dynamics;
using LatchLab.Foundation;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>
/// A latch inside a system that does not latch as a whole (Appendix D), and the terms of ∂a_t/∂a_0 that the paper
/// omits.
/// </summary>
public sealed class ProjectionTests
{
    // ∂y_t/∂z_0 = c·(1 − x̄²)·Σ_{k<t} R^{t−1−k}λᵏe, e = (1, 0): its norm tends to c(1 − x̄²)·|Σ R^{−1−k}λᵏe| =
    // c(1 − x̄²)/|1 − λe^{−iθ}| = c(1 − x̄²)/√(1 − 2λ·cos θ + λ²), while ∂z_t/∂z_0 = λᵗ vanishes.
    [Fact]
    public void If_the_latch_drives_a_system_that_never_forgets_its_gradient_stays()
    {
        const double weight = 2.0, coupling = 0.5;
        SingleNeuron neuron = SingleNeuron.Analyze(weight);
        LatchingDecomposition projection = Follow(coupling, steps: 60);
        LatchingDecomposition.BlockNorms last = projection.Norms[^1];
        double derivative = neuron.Derivative!.Value;
        double limit = coupling * derivative / weight / Math.Sqrt(1.0 - (1.2 * derivative) + (derivative * derivative));
        Assert.Equal(61, projection.Norms.Count);
        Assert.InRange(last.LatchedFromLatched, 0.0, 1e-40);
        Assert.Equal(0.0, last.LatchedFromRest);
        Assert.Equal(limit, last.RestFromLatched, 1e-13);
        Assert.Equal(limit, last.Defect, 1e-13); // the paper states that this converges to 0
        Assert.Equal(Math.Sqrt(2.0), last.RestFromRest, 1e-13);
    }

    [Fact]
    public void If_the_latch_drives_nothing_the_statement_of_the_paper_holds()
    {
        LatchingDecomposition projection = Follow(coupling: 0.0, steps: 60);
        for (int t = 0; t <= 60; t++)
        {
            LatchingDecomposition.BlockNorms here = projection.Norms[t];
            Assert.Equal(0.0, here.RestFromLatched);
            Assert.Equal(here.LatchedFromLatched, here.Defect, 1e-15);
            Assert.Equal(Math.Sqrt(2.0), here.RestFromRest, 1e-13);
        }

        Assert.InRange(projection.Norms[^1].Defect, 0.0, 1e-40);
        Assert.Equal(Math.Sqrt(3.0), projection.Norms[0].Total, 1e-15);
    }

    // A chaotic remainder increases the effect: it amplifies the small influence of the latch without bound.
    [Fact]
    public void A_chaotic_remainder_amplifies_the_influence_of_the_latch()
    {
        DynamicalSystem system = ChaosAndLatch(drive: 0.5);
        double[] start = [.. InitialConditions.SampleUniform(SmallNetworks.Cube(21, 1.0), 1, seed: 9)[0]];
        double[][] states = [.. DrivenOrbit.Simulate(system, system.Image(start, 200), 150).States];
        var projection = LatchingDecomposition.ByUnits(system, [7], states);
        Assert.InRange(projection.Norms[^1].LatchedFromLatched, 0.0, 1e-100);
        Assert.InRange(projection.Norms[^1].RestFromLatched, 1e3, double.MaxValue);
        Assert.True(projection.Norms[^1].RestFromLatched > projection.Norms[50].RestFromLatched);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    public void A_latching_unit_is_found_in_a_chaotic_network(double drive)
    {
        InitialConditions starts = InitialConditions.SampleUniform(SmallNetworks.Cube(21, 2.0), 12, seed: 4);
        Assert.Equal([7], LatchingDecomposition.FindLatchingUnits(ChaosAndLatch(drive), starts));
    }

    [Fact]
    public void Units_that_forget_their_start_or_their_sign_do_not_latch()
    {
        InitialConditions starts = InitialConditions.SampleUniform(SmallNetworks.Cube(3, 2.0), 12, seed: 4);

        // One unit latches, one changes its sign at every step, one converges to 0.
        var system = DynamicalSystem.Create(SmallNetworks.Of(3, [2.0, 0.0, 0.0, 0.0, -2.0, 0.0, 0.0, 0.0, 0.5]));
        Assert.Equal([0],
            LatchingDecomposition.FindLatchingUnits(system, starts, transientSteps: 200, observedSteps: 20));

        // With an input above h* only one state remains, so nothing latches.
        var driven = DynamicalSystem.Create(SmallNetworks.Of(3, [2.0, 0.0, 0.0, 0.5, 0.5, 0.0, 0.0, 0.5, 0.5]), [0.6]);
        Assert.Empty(LatchingDecomposition.FindLatchingUnits(driven, starts, transientSteps: 200, observedSteps: 20));
    }

    [Fact]
    public void Any_orthonormal_directions_are_accepted()
    {
        // The sum and the difference of two antagonists: the difference latches, and the sum is forgotten immediately.
        var system = DynamicalSystem.Create(SmallNetworks.Antagonists);
        double half = Math.Sqrt(0.5);
        double[][] states = [.. DrivenOrbit.Simulate(system, SmallNetworks.Sets(system).Balls[0].Center, 10).States];
        var projection = LatchingDecomposition.ByProjections(system, [[half, -half]], [[half, half]], states);
        double derivative = SingleNeuron.Analyze(2.0).Derivative!.Value;
        for (int t = 1; t <= 10; t++)
        {
            LatchingDecomposition.BlockNorms here = projection.Norms[t];
            Assert.Equal(1.0, here.LatchedFromLatched / Math.Pow(derivative, t), 1e-12);
            Assert.Equal(0.0, here.RestFromRest, 1e-15);
            double parts = Math.Sqrt(
                (here.LatchedFromLatched * here.LatchedFromLatched) + (here.LatchedFromRest * here.LatchedFromRest)
                + (here.RestFromLatched * here.RestFromLatched) + (here.RestFromRest * here.RestFromRest));
            Assert.Equal(here.Total, parts, 1e-15);
        }
    }

    [Fact]
    public void Directions_that_do_not_split_the_state_are_rejected()
    {
        var system = DynamicalSystem.Create(SmallNetworks.Uncoupled);
        double[][] states = [[1.0, 1.0]];
        foreach (int[] units in (int[][])[[], [0, 1], [0, 0], [2], [-1]])
            Assert.Throws<ValidationException>(() => LatchingDecomposition.ByUnits(system, units, states));
        Assert.Throws<ValidationException>(
            () => LatchingDecomposition.ByProjections(system, [[1.0, 0.0]], [[1.0, 0.0]], states));
        Assert.Throws<ValidationException>(() => LatchingDecomposition.ByProjections(system, [[1.0, 0.0]], [], states));
        Assert.Throws<ValidationException>(
            () => LatchingDecomposition.ByProjections(system, [[2.0, 0.0]], [[0.0, 1.0]], states));
        Assert.Throws<ValidationException>(
            () => LatchingDecomposition.ByProjections(system, [[1.0, 0.0, 0.0]], [[1.0]], states));
        Assert.Throws<ValidationException>(
            () => LatchingDecomposition.ByProjections(system, [[double.NaN, 0.0]], [[0.0, 1.0]], states));
    }

    private static LatchingDecomposition Follow(double coupling, int steps)
    {
        var system = DynamicalSystem.Create(new LatchAndRotation(2.0, coupling));
        double a = 2.0 * SingleNeuron.Analyze(2.0).Attractor!.Value;
        return LatchingDecomposition.ByUnits(system, [0],
            [.. DrivenOrbit.Simulate(system, [a, 1.0, 0.0], steps).States]);
    }

    /// <summary>
    /// Twenty units with Gaussian weights of gain 2, and unit 7, which receives input only from itself.
    /// </summary>
    private static DynamicalSystem ChaosAndLatch(double drive)
    {
        double[] gaussian = GaussianMatrices.Weights(20, 2.0, seed: 38), weights = new double[21 * 21];
        for (int i = 0; i < 20; i++)
        {
            for (int j = 0; j < 20; j++)
                weights[((i < 7 ? i : i + 1) * 21) + (j < 7 ? j : j + 1)] = gaussian[(i * 20) + j];
            weights[((i < 7 ? i : i + 1) * 21) + 7] = i == 0 ? drive : 0.0;
        }

        weights[(7 * 21) + 7] = 2.0;
        return DynamicalSystem.Create(SmallNetworks.Of(21, weights));
    }
}
