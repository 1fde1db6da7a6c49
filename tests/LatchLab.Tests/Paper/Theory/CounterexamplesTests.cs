using LatchLab.Dynamics;
using LatchLab.Numerics;
using LatchLab.Paper.Theory;
using LatchLab.Paper.VanishingGradient;
using Xunit;

namespace LatchLab.Tests.Paper.Theory;

/// <summary>
/// The counterexamples against their closed forms. Over T steps, a product of T rounded factors with errors of a few
/// ulp each has a relative error of some T·10⁻¹⁵: 10⁻¹² for T = 200.
/// </summary>
public sealed class CounterexamplesTests
{
    private const int Steps = 200;
    private const double Rounding = 1e-12;

    [Fact]
    public void At_the_edge_of_latching_the_product_of_factors_below_one_is_a_half_in_the_limit()
    {
        DrivenOrbit orbit = Counterexamples.CreateEdgeOfReducedSet(Steps).ComputeOrbit();
        for (int t = 0; t <= Steps; t++)
        {
            // Π_{k=2}^{t+1} (1 − 1/k²) telescopes.
            Assert.Equal((t + 2.0) / (2.0 * (t + 1.0)), Math.Exp(orbit.LogGradientNorms[t]), Rounding);
            if (t > 0)
                Assert.Equal(1.0 - (1.0 / ((t + 1.0) * (t + 1.0))), orbit.StepJacobianNorms[t], Rounding);
        }
    }

    [Fact]
    public void At_the_edge_of_latching_every_state_is_robustly_latched()
    {
        Counterexamples.DrivenTrajectory edge = Counterexamples.CreateEdgeOfReducedSet(Steps);
        Assert.Equal(Steps + 1, edge.CountLatchedStates(edge.ComputeOrbit().States));
    }

    [Fact]
    public void At_the_edge_of_latching_the_input_tends_to_the_critical_one()
    {
        // a_t − a_c decays as 1/t², and the input is stationary there: the inputs differ as the change of a_t, 1/t³.
        double critical = SingleNeuron.Analyze(Counterexamples.MarginalWeight).CriticalInput!.Value;
        double last = Counterexamples.CreateEdgeOfReducedSet(Steps).Inputs[^1][0];
        Assert.InRange(Math.Abs(last + critical), 0.0, 10.0 / (Steps * Steps));
    }

    [Fact]
    public void Switching_between_two_latched_states_lets_the_gradient_grow_without_bound()
    {
        Counterexamples.DrivenTrajectory switching = Counterexamples.CreateAlternating(Steps);
        DrivenOrbit orbit = switching.ComputeOrbit();
        double tanh = Math.Tanh(Counterexamples.LowActivation),
            factor = Counterexamples.CrossWeight * (1.0 - (tanh * tanh));
        Assert.True(factor > 1.0);
        for (int t = 0; t <= Steps; t += 2)
            Assert.Equal(t * Math.Log(factor), orbit.LogGradientNorms[t], Rounding * Math.Max(1, t));
        Assert.Equal(Steps + 1, switching.CountLatchedStates(orbit.States));
    }

    [Fact]
    public void During_switching_eigenvalues_are_inside_the_unit_circle_and_the_norm_is_not()
    {
        Counterexamples.DrivenTrajectory switching = Counterexamples.CreateAlternating(steps: 1);
        foreach (double[] state in switching.ComputeOrbit().States)
        {
            double[] derivative = switching.System.Dynamics.Jacobian(state);
            Assert.True(SquareMatrix.SpectralRadius(derivative, 2) < 0.2);
            Assert.True(SquareMatrix.SpectralNorm(derivative, 2) > 1.2);
            ReducedSetMembership membership =
                ReducedSetMembership.Evaluate(switching.System.Dynamics, switching.System.InvariantSets, state);
            Assert.True(membership is { IsMember: true, IsProved: true });
            double[] attractor = membership.Ball!.Center;
            Assert.True(attractor[0] > 0.0);
            Assert.Equal(attractor[0], attractor[1], Rounding);
        }
    }

    [Fact]
    public void Without_its_inputs_the_same_start_converges_and_its_gradient_vanishes()
    {
        Counterexamples.DrivenTrajectory switching = Counterexamples.CreateAlternating(Steps);
        IReadOnlyList<double> gradients =
            DrivenOrbit.Simulate(switching.System.Dynamics, switching.Start, Steps).LogGradientNorms;

        // At the attractor a step multiplies by 2·sech² ā = 0.166372 (tanh-fixed point x̄ = 0.957504024 of w = 2).
        Assert.Equal(Math.Log(0.166372), gradients[Steps] - gradients[Steps - 1], 1e-5);
    }

    [Fact]
    public void A_stable_orbit_of_period_two_may_lie_outside_the_reduced_attracting_set_of_M()
    {
        AutonomousNetwork system = Counterexamples.CreateAsymmetricPeriodTwo();
        PeriodicOrbit orbit = Assert.Single(system.InvariantSets.Attractors);
        Assert.Equal(2, orbit.Period);
        double[] derivatives = [.. orbit.Points.Select(point => Math.Abs(system.Dynamics.Jacobian(point)[0]))];
        Assert.True(derivatives.Max() > 1.0);
        Assert.True(orbit.SpectralRadius < 1.0);
        Assert.Equal(derivatives[0] * derivatives[1], orbit.SpectralRadius, Rounding);
    }

    [Theory]
    [InlineData(Counterexamples.NearSaddleActivation)]
    [InlineData(Counterexamples.SaturatedActivation)]
    public void On_the_boundary_a_step_multiplies_by_twice_the_derivative(double distance)
    {
        double tanh = Math.Tanh(distance);
        DrivenOrbit orbit = Counterexamples.CreateAlongBoundary(distance, steps: 50).ComputeOrbit();
        Assert.Equal(50 * Math.Log(2.0 * (1.0 - (tanh * tanh))), orbit.LogGradientNorms[50], 50 * Rounding);
        Assert.All(orbit.States, state => Assert.Equal(0.0, state[0] + state[1]));
    }

    [Fact]
    public void The_perturbed_orbit_stays_on_a_boundary_between_two_basins()
    {
        Counterexamples.DrivenTrajectory driven =
            Counterexamples.CreateAlongBoundary(Counterexamples.SaturatedActivation, steps: 1);
        double[] Beside(double side) => [driven.Start[0] + side, driven.Start[1] + side];
        InvariantSets sets = driven.System.InvariantSets;
        double[] above = sets.FindDestination(Beside(1e-6), 1000, out _)!.Center;
        double[] below = sets.FindDestination(Beside(-1e-6), 1000, out _)!.Center;
        Assert.True(above.All(a => a > 1.0));
        Assert.True(below.All(a => a < -1.0));
    }
}
