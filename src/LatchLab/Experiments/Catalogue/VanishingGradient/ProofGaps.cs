using LatchLab.Dynamics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.VanishingGradient;

/// <summary>
/// Systems and inputs that show where the proofs of Theorem 4 and of the Lemma have gaps: each meets the hypotheses as
/// they are written, and the conclusion fails. All states are activations.
/// </summary>
internal static class ProofGaps
{
    /// <summary>A system, a_0, and u_1 … u_T.</summary>
    /// <param name="System">Its autonomous part, with its attractors.</param>
    /// <param name="Start">a_0.</param>
    /// <param name="Inputs">u_1 … u_T.</param>
    public sealed record Driven(LatchedSystem System, double[] Start, IReadOnlyList<double[]> Inputs)
    {
        /// <summary>The orbit, with ln ‖∂a_t/∂a_0‖.</summary>
        public DrivenOrbit Orbit() => DrivenOrbit.Of(System.System, Start, Inputs);

        /// <summary>Of these states, in the reduced attracting set of one attractor: how many.</summary>
        public int StatesLatched(IReadOnlyList<double[]> states)
            => states
                .Select(state => ReducedAttractingSet.Of(System.System, System.Sets, state))
                .Where(membership => membership.HoldsPoint)
                .GroupBy(membership => membership.Ball!.Orbit)
                .Select(group => group.Count())
                .DefaultIfEmpty(0)
                .Max();
    }

    /// <summary>Weight of the neuron of <see cref="EdgeOfLatching"/>.</summary>
    public const double Weight = 2.0;

    /// <summary>Weight of both connections of <see cref="Switching"/>.</summary>
    public const double CrossWeight = 2.0;

    /// <summary>The state of the less active unit of <see cref="Switching"/>; the other is at <see cref="High"/>.</summary>
    public const double Low = 0.7;

    /// <summary>See <see cref="Low"/>.</summary>
    public const double High = 3.0;

    /// <summary>Weight of the neuron of <see cref="LopsidedPeriod"/>.</summary>
    public const double NegativeWeight = -2.0;

    /// <summary>Its bias: as large as it is, one of the two states lies where the slope is steep.</summary>
    public const double Bias = 2.0;

    /// <summary>Of both units on the boundary of <see cref="AlongBoundary"/>: saturated, so that slopes are small.</summary>
    public const double FarOut = 1.5;

    /// <summary>Likewise where they are not.</summary>
    public const double NearSaddle = 0.5;

    /// <summary>
    /// (i) Factors below 1 whose product does not vanish. The neuron with w &gt; 1 is kept at the states a_t &gt; 0 where
    /// its slope <c>w·sech² a_t</c> is <c>1 − 1/(t + 2)²</c>. Every one lies in Γ, as slopes fall on the way to ā; but
    /// <c>∂a_t/∂a_0 = Π_{k=2}^{t+1} (1 − 1/k²) = (t + 2)/(2(t + 1)) → ½</c>. The input tends to −h*.
    /// </summary>
    public static Driven EdgeOfLatching(int steps)
        => Kept(LatchedSystem.Of([Weight], 0.0), [.. Enumerable.Range(0, steps + 1).Select(t => new[] { EdgeState(t) })]);

    /// <summary>
    /// (ii) Eigenvalues inside the unit circle and a product that grows. Two units that only feed each other,
    /// <c>W = [[0, c], [c, 0]]</c>, are kept at (Low, High) and (High, Low) in turn. Both lie in Γ of the attractor
    /// (ā, ā), the spectral radius of M′ being <c>c·√(sech² Low · sech² High)</c> there, but the product of the two is
    /// diagonal, with <c>(c·sech² Low)²</c> in it. That is the square of the norm |M′|, which exceeds 1: the step of
    /// the proof that fails.
    /// </summary>
    public static Driven Switching(int steps)
        => Kept(
            LatchedSystem.Of([0.0, CrossWeight, CrossWeight, 0.0], 0.0),
            [.. Enumerable.Range(0, steps + 1).Select(t => t % 2 == 0 ? new[] { Low, High } : [High, Low])]);

    /// <summary>
    /// (iii) A stable orbit of period 2 with |M′| &gt; 1 at one of its points: X ⊂ Γ(X) fails for M, and holds for M².
    /// </summary>
    public static LatchedSystem LopsidedPeriod() => LatchedSystem.Of([NegativeWeight], Bias);

    /// <summary>
    /// To the Lemma: the units of <c>W = [[1, 1], [1, 1]]</c> are kept at (c, −c), on the boundary a_1 + a_2 = 0 between
    /// the basins of its two attractors. Each step multiplies a change by 2·sech² c, which need not exceed 1. A changed
    /// state is in one basin and remains there; but the inputs hold it near the boundary.
    /// </summary>
    public static Driven AlongBoundary(double distance, int steps)
        => Kept(
            LatchedSystem.Of([1.0, 1.0, 1.0, 1.0], 0.0),
            [.. Enumerable.Range(0, steps + 1).Select(_ => new[] { distance, -distance })]);

    /// <summary>
    /// The positive state with slope 1 − 1/(t + 2)²: <c>arcosh √(w/slope) = ln(√r + √(r − 1))</c>, r = w/slope.
    /// </summary>
    private static double EdgeState(int t)
    {
        double k = t + 2.0, ratio = Weight / (1.0 - (1.0 / (k * k)));
        return Elementary.Log(new Scalar(Math.Sqrt(ratio) + Math.Sqrt(ratio - 1.0))).Value;
    }

    /// <summary>The inputs that lead from each state to the next: u_t = a_t − M(a_{t−1}).</summary>
    private static Driven Kept(LatchedSystem system, IReadOnlyList<double[]> states)
        => new(
            system,
            states[0],
            [
                .. states.Skip(1).Zip(states, (next, before)
                    => DisturbedOrbit.Difference(next, system.System.Image(before))),
            ]);
}
