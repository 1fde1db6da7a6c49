using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;

namespace LatchLab.Paper.VanishingGradient;

/// <summary>
/// Claim 6, the Lemma: on the boundary between two basins |∂a_t/∂a_0| → ∞. Tested on random systems without inputs,
/// whose orbits are kept on the boundary by bisection, and with inputs that push along the boundary.
/// </summary>
internal static class BoundaryClaims
{
    /// <summary>The number of steps of an orbit on a boundary.</summary>
    public const int Steps = 60;

    private const int MinimumSystems = 5;
    private const int MinimumSteps = 10;      // of a slope
    private const int MaximumSteps = 1000;    // until a start on one side reaches an attractor

    private static readonly ClaimStatement Lemma = new(
        6, "On the boundary between two basins, |∂a_t/∂a_0| → ∞.", "Appendix, Lemma");

    /// <summary>
    /// The orbit on the boundary between the basins of the first two attractors: states within
    /// <see cref="BasinBoundary.TrackingDistance"/> of it, and the product of M′ at them. It ends early where rounding
    /// leaves no two states on different sides.
    /// </summary>
    public static DrivenOrbit TrackBoundary(AutonomousNetwork system)
    {
        double[] first = system.InvariantSets.Attractors[0].Points[0],
            second = system.InvariantSets.Attractors[1].Points[0];
        IReadOnlyList<double[]> states =
            new BasinBoundary(system.Dynamics, system.InvariantSets, MaximumSteps).Track(first, second, Steps);
        return DrivenOrbit.AlongStates(system.Dynamics, states);
    }

    /// <summary>Says what the orbit on a boundary is, and where rounding ends it, as a clause.</summary>
    public static string DescribeTracking(DrivenOrbit orbit)
    {
        int last = orbit.States.Count - 1;
        string end = last == Steps
            ? ""
            : $", up to t = {last}, where rounding leaves no two close states on different sides";
        return "on the boundary, the product of M′ at states that bisection keeps within " +
            $"{NumberFormat.Short(BasinBoundary.TrackingDistance)} of it{end}";
    }

    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        yield return EvaluateWithoutInputs(systems, seed);
        double saturatedSlope = ComputeSlope(
            Counterexamples.CreateAlongBoundary(Counterexamples.SaturatedActivation, Steps));
        double nearSaddleSlope = ComputeSlope(
            Counterexamples.CreateAlongBoundary(Counterexamples.NearSaddleActivation, Steps));
        yield return Lemma.Conclude(
            "inputs that push along the boundary; a changed state is in a basin and stays there",
            saturatedSlope > 0.0 && nearSaddleSlope > 0.0 ? Verdict.Reproduced : Verdict.NotReproduced,
            "Two units with all weights 1 are kept on the boundary at (c, −c): ln ‖∂a_t/∂a_0‖ changes by " +
                $"{NumberFormat.Short(nearSaddleSlope)} per step at c = " +
                $"{NumberFormat.Short(Counterexamples.NearSaddleActivation)}, but by " +
                $"{NumberFormat.Short(saturatedSlope)} per step at c = " +
                $"{NumberFormat.Short(Counterexamples.SaturatedActivation)}, where the units are saturated. The " +
                "Lemma requires that a changed state reaches the other attractor, not only its basin.");
    }

    private static double ComputeSlope(Counterexamples.DrivenTrajectory driven)
        => LeastSquares.ComputeSlope(driven.ComputeOrbit().LogGradientNorms);

    private static Claim EvaluateWithoutInputs(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        DrivenOrbit[] orbits = [.. systems.Select(TrackBoundary).Where(orbit => orbit.States.Count > MinimumSteps)];
        double[] slopes = [.. orbits.Select(orbit => LeastSquares.ComputeSlope(orbit.LogGradientNorms))];
        const string interpretation = "without inputs";
        if (slopes.Length < MinimumSystems)
            return Lemma.Conclude(
                interpretation, Verdict.Undecided, $"Only {slopes.Length} boundaries are available.");
        int shortest = orbits.Min(orbit => orbit.States.Count - 1);
        BootstrapInterval mean = BootstrapInterval.EstimateMean(slopes, seed);
        return Lemma.Conclude(
            interpretation,
            ClaimTest.Decide(mean.Lower > 0.0 && slopes.Min() > 0.0, mean.Upper < 0.0 || slopes.Min() < 0.0),
            $"On the boundaries of {slopes.Length} random systems ln ‖∂a_t/∂a_0‖ grows by " +
                $"{IntervalFormat.Format(mean)} per step over " +
                $"{(shortest < Steps ? $"{shortest} to " : "")}{Steps} steps, by at least " +
                $"{NumberFormat.Short(slopes.Min())}.");
    }
}
