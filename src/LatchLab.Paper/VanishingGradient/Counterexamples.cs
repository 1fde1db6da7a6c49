using LatchLab.Dynamics;
using LatchLab.Numerics;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.VanishingGradient;

/// <summary>
/// Systems and inputs that show gaps in the proofs of Theorem 4 and of the Lemma: each meets the hypotheses as stated,
/// but the conclusion fails. All states are activations.
/// </summary>
internal static class Counterexamples
{
    /// <summary>An autonomous system with its attractors, its initial state a_0, and inputs u_1 … u_T.</summary>
    public sealed record DrivenTrajectory(AutonomousNetwork System, double[] Start, IReadOnlyList<double[]> Inputs)
    {
        /// <summary>Computes the orbit, with ln ‖∂a_t/∂a_0‖.</summary>
        public DrivenOrbit ComputeOrbit() => DrivenOrbit.Simulate(System.Dynamics, Start, Inputs);

        /// <summary>
        /// The largest number of these states that lie in the reduced attracting set of one attractor.
        /// </summary>
        public int CountLatchedStates(IReadOnlyList<double[]> states)
            => states
                .Select(state => ReducedSetMembership.Evaluate(System.Dynamics, System.InvariantSets, state))
                .Where(membership => membership.IsMember)
                .GroupBy(membership => membership.Ball!.Orbit)
                .Select(group => group.Count())
                .DefaultIfEmpty(0)
                .Max();
    }

    /// <summary>Weight of the neuron of <see cref="CreateEdgeOfReducedSet"/>.</summary>
    public const double MarginalWeight = 2.0;

    /// <summary>Weight of both connections of <see cref="CreateAlternating"/>.</summary>
    public const double CrossWeight = 2.0;

    /// <summary>The states of the less and the more active unit of <see cref="CreateAlternating"/>.</summary>
    public const double LowActivation = 0.7, HighActivation = 3.0;

    /// <summary>
    /// Weight and bias of the neuron of <see cref="CreateAsymmetricPeriodTwo"/>. The bias is so large that the
    /// derivative is large at one of the two states.
    /// </summary>
    public const double PeriodTwoWeight = -2.0, PeriodTwoBias = 2.0;

    /// <summary>
    /// The activations c of <see cref="CreateAlongBoundary"/> at which the units are saturated, so derivatives are
    /// small, and at which they are not.
    /// </summary>
    public const double SaturatedActivation = 1.5, NearSaddleActivation = 0.5;

    /// <summary>
    /// (i) Factors below 1 whose product does not vanish. The neuron with w &gt; 1 is kept at the states a_t &gt; 0
    /// where its derivative <c>w·sech² a_t</c> is <c>1 − 1/(t + 2)²</c>. Each state lies in Γ, because the derivative
    /// decreases along the orbit to ā. But <c>∂a_t/∂a_0 = Π_{k=2}^{t+1} (1 − 1/k²) = (t + 2)/(2(t + 1)) → ½</c>. The
    /// input tends to −h*.
    /// </summary>
    public static DrivenTrajectory CreateEdgeOfReducedSet(int steps)
        => CreateFromStates(
            AutonomousNetwork.Analyze([MarginalWeight], 0.0),
            [.. Enumerable.Range(0, steps + 1).Select(t => new[] { ComputeEdgeState(t) })]);

    /// <summary>
    /// (ii) Eigenvalues inside the unit circle and a product that grows. Two units that are connected only to each
    /// other, <c>W = [[0, c], [c, 0]]</c>, are kept at (Low, High) and (High, Low) alternately. Both states lie in Γ of
    /// the attractor (ā, ā), where the spectral radius of M′ is <c>c·√(sech² Low · sech² High)</c>. But the product of
    /// the two Jacobians is diagonal, with the entry <c>(c·sech² Low)²</c>. This is the square of the norm |M′|, which
    /// exceeds 1; here the proof fails.
    /// </summary>
    public static DrivenTrajectory CreateAlternating(int steps)
        => CreateFromStates(
            AutonomousNetwork.Analyze([0.0, CrossWeight, CrossWeight, 0.0], 0.0),
            [.. Enumerable.Range(0, steps + 1).Select(
                t => t % 2 == 0 ? new[] { LowActivation, HighActivation } : [HighActivation, LowActivation])]);

    /// <summary>
    /// (iii) A stable orbit of period 2 with |M′| &gt; 1 at one of its points: X ⊂ Γ(X) fails for M, and holds for M².
    /// </summary>
    public static AutonomousNetwork CreateAsymmetricPeriodTwo()
        => AutonomousNetwork.Analyze([PeriodTwoWeight], PeriodTwoBias);

    /// <summary>
    /// For the Lemma: the units of <c>W = [[1, 1], [1, 1]]</c> are kept at (c, −c), on the boundary a_1 + a_2 = 0
    /// between the basins of the two attractors. Each step multiplies a perturbation by 2·sech² c, which need not
    /// exceed 1. A perturbed state lies in one basin and stays there, but the inputs keep it near the boundary.
    /// </summary>
    public static DrivenTrajectory CreateAlongBoundary(double activation, int steps)
        => CreateFromStates(
            AutonomousNetwork.Analyze([1.0, 1.0, 1.0, 1.0], 0.0),
            [.. Enumerable.Range(0, steps + 1).Select(_ => new[] { activation, -activation })]);

    /// <summary>
    /// The positive state with the derivative d = 1 − 1/(t + 2)²: <c>arcosh √(w/d) = ln(√r + √(r − 1))</c>, r = w/d.
    /// </summary>
    private static double ComputeEdgeState(int t)
    {
        double k = t + 2.0, ratio = MarginalWeight / (1.0 - (1.0 / (k * k)));
        return Elementary.Log(Math.Sqrt(ratio) + Math.Sqrt(ratio - 1.0));
    }

    /// <summary>Computes the inputs that lead from each state to the next: u_t = a_t − M(a_{t−1}).</summary>
    public static DrivenTrajectory CreateFromStates(AutonomousNetwork system, IReadOnlyList<double[]> states)
        => new(
            system,
            states[0],
            [
                .. states.Skip(1).Zip(states, (next, previous)
                    => PerturbedOrbit.Subtract(next, system.Dynamics.Image(previous))),
            ]);
}
