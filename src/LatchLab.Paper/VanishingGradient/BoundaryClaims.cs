using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.VanishingGradient;

/// <summary>
/// Claim 6, the Lemma: on the boundary between two basins |∂a_t/∂a_0| → ∞. Tested on random systems without inputs,
/// whose orbits are kept on the boundary by bisection, and on a system with inputs that push along the boundary.
/// </summary>
internal static class BoundaryClaims
{
    private const int MaximumSteps = 1000;    // until a start on one side reaches an attractor
    private const int VerificationSteps = 100_000; // the same where an attractor attracts slowly
    private const double Change = 1e-6;       // of activations of a state on the boundary

    /// <summary>
    /// The orbit on the boundary between the basins of the first two attractors: states within
    /// <see cref="BasinBoundary.TrackingDistance"/> of it, and the product of M′ at them. It ends early where rounding
    /// leaves no two states on different sides.
    /// </summary>
    public static DrivenOrbit TrackBoundary(AutonomousNetwork system, int steps = TheoryClaims.BoundarySteps)
    {
        double[] first = system.InvariantSets.Attractors[0].Points[0],
            second = system.InvariantSets.Attractors[1].Points[0];
        IReadOnlyList<double[]> states = new BasinBoundary(system.Dynamics, system.InvariantSets, MaximumSteps)
            .Track(first, second, steps);
        return DrivenOrbit.AlongStates(system.Dynamics, states);
    }

    /// <summary>Says what the orbit on a boundary is, and where rounding ends it, as a clause.</summary>
    public static string DescribeTracking(DrivenOrbit orbit)
    {
        int last = orbit.States.Count - 1;
        string end = last == TheoryClaims.BoundarySteps
            ? ""
            : $", up to t = {last}, where rounding leaves no two close states on different sides";
        return "on the boundary, the product of M′ at states that bisection keeps within " +
            $"{NumberFormat.Short(BasinBoundary.TrackingDistance)} of it{end}";
    }

    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<AutonomousNetwork> systems)
    {
        // The second half decides: in the first steps, directions that contract may outweigh a slow expansion.
        (string Name, int Steps, double Growth)[] boundaries =
        [
            .. from system in systems.Index()
               let orbit = TrackBoundary(system.Item, TheoryClaims.LemmaSteps)
               let steps = orbit.States.Count - 1
               where steps >= TheoryClaims.LeastLemmaSteps && IsOnBoundary(system.Item, orbit.States[^1])
               let growth = orbit.LogGradientNorms[steps] - orbit.LogGradientNorms[steps / 2]
               select (system.Item.Describe(system.Index), steps, growth),
        ];
        yield return ClaimEvaluator.Evaluate(
            TheoryClaims.Lemma,
            [
                SystemSample.Create(
                    "random systems with such an orbit", TheoryClaims.Lemma,
                    boundaries.Select(boundary => (boundary.Name, !(boundary.Growth > 0.0)))),
            ],
            details: boundaries.Length == 0 ? ""
                : "ln ‖∂a_t/∂a_0‖ grows by at least " +
                    $"{NumberFormat.Short(boundaries.Min(boundary => boundary.Growth))} over the second half of at " +
                    $"least {boundaries.Min(boundary => boundary.Steps)} steps.");
        yield return EvaluateWithInputs(
            Counterexamples.SaturatedActivation, Counterexamples.NearSaddleActivation, TheoryClaims.BoundarySteps);
    }

    /// <summary>
    /// Whether small changes of a state lead to different attractors. Bisection counts a state that reaches no
    /// attractor in time as on the other side, so that beside an attractor that attracts slowly it may find a limit of
    /// time.
    /// </summary>
    private static bool IsOnBoundary(AutonomousNetwork system, double[] state)
        => Enumerable.Range(0, state.Length).SelectMany(unit => new[] { Change, -Change }.Select(change =>
        {
            double[] changed = [.. state];
            changed[unit] += change;
            return system.InvariantSets.FindDestination(changed, VerificationSteps, out _);
        })).Distinct().Count() > 1;

    /// <summary>
    /// Tests two units that inputs keep at (c, −c), on the boundary a_1 + a_2 = 0, as a counterexample to the Lemma.
    /// </summary>
    /// <param name="activation">c.</param>
    /// <param name="other">Another c, which is shown beside it.</param>
    /// <param name="steps">The steps of the orbit.</param>
    internal static Claim EvaluateWithInputs(double activation, double other, int steps)
    {
        Counterexamples.DrivenTrajectory driven = Counterexamples.CreateAlongBoundary(activation, steps);
        DrivenOrbit orbit = driven.ComputeOrbit();
        InvariantSets sets = driven.System.InvariantSets;
        TrappingBall? above = FindDestination(Change), below = FindDestination(-Change);
        bool meetsHypotheses = orbit.States.All(state => state[0] + state[1] == 0.0)
            && above is not null && below is not null && above.Orbit != below.Orbit;
        double last = orbit.LogGradientNorms[^1];
        double lastOfOther = Counterexamples.CreateAlongBoundary(other, steps).ComputeOrbit().LogGradientNorms[^1];

        // A system that is no counterexample does not show that there is none.
        return ClaimEvaluator.Conclude(
            TheoryClaims.LemmaWithInputs,
            meetsHypotheses && last < 0.0 ? Verdict.NotReproduced : Verdict.Undecided,
            $"Two units with all weights 1 are kept at (c, −c), where each step multiplies the gradient by 2·sech² " +
                $"c: at c = {NumberFormat.Short(activation)}, where the units are saturated, ‖∂a_t/∂a_0‖ is " +
                $"{NumberFormat.Short(Elementary.Exp(last))} after {steps} steps, at c = {NumberFormat.Short(other)} " +
                $"{NumberFormat.Short(Elementary.Exp(lastOfOther))}. " +
                (meetsHypotheses
                    ? "The states lie on the boundary, and a changed start lies in the basin of one or the other " +
                        "attractor and stays there. The Lemma holds if the changed state reaches the attractor itself."
                    : "The states do not meet the hypotheses of the Lemma."));

        TrappingBall? FindDestination(double change)
            => sets.FindDestination([.. driven.Start.Select(a => a + change)], MaximumSteps, out _);
    }
}
