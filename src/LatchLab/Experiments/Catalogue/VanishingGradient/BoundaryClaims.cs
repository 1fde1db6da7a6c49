using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Catalogue.VanishingGradient;

/// <summary>
/// Claim 6, the Lemma: on the boundary between two basins |∂a_t/∂a_0| → ∞. Judged on random systems without inputs,
/// whose orbits are kept on the boundary by bisection; and with inputs that push along it.
/// </summary>
internal static class BoundaryClaims
{
    /// <summary>Steps of an orbit on a boundary.</summary>
    public const int Steps = 60;

    private const int FewestSystems = 5;
    private const int MostSteps = 1000;     // until a start on one side has reached an attractor

    /// <summary>The orbit on the boundary between the basins of the first two attractors.</summary>
    public static DrivenOrbit Track(LatchedSystem system)
    {
        double[] one = system.Sets.Attractors[0].Points[0], other = system.Sets.Attractors[1].Points[0];
        IReadOnlyList<double[]> states =
            new BasinBoundary(system.System, system.Sets, MostSteps).Track(one, other, Steps);
        return DrivenOrbit.Of(
            system.System,
            states[0],
            states.Skip(1).Zip(states, (next, before)
                => DisturbedOrbit.Difference(next, system.System.Image(before))));
    }

    /// <summary>Judges both readings.</summary>
    public static IEnumerable<Claim> Judge(IReadOnlyList<LatchedSystem> systems, ulong seed)
    {
        yield return WithoutInputs(systems, seed);
        double far = Slope(ProofGaps.AlongBoundary(ProofGaps.FarOut, Steps));
        double near = Slope(ProofGaps.AlongBoundary(ProofGaps.NearSaddle, Steps));
        yield return Lemma(
            "inputs that push along the boundary; a changed state is in a basin and remains there",
            far > 0.0 && near > 0.0 ? Verdict.Reproduced : Verdict.NotReproduced,
            $"Two units with all weights 1 are kept on the boundary at (c, −c): ln ‖∂a_t/∂a_0‖ changes by " +
                $"{Words.Short(near)} a step at c = {Words.Short(ProofGaps.NearSaddle)}, but by {Words.Short(far)} " +
                $"at c = {Words.Short(ProofGaps.FarOut)}, where the units are saturated. The Lemma needs that a " +
                "changed state goes to the other attractor, not only into its basin.");
    }

    private static double Slope(ProofGaps.Driven driven) => LatchedClaims.Slope(driven.Orbit().LogGradients);

    private static Claim WithoutInputs(IReadOnlyList<LatchedSystem> systems, ulong seed)
    {
        double[] slopes = [.. systems.Select(system => LatchedClaims.Slope(Track(system).LogGradients))];
        const string reading = "without inputs";
        if (slopes.Length < FewestSystems)
            return Lemma(reading, Verdict.Undecided, $"Only {slopes.Length} boundaries to judge from.");
        Bootstrap mean = Bootstrap.OfMean(slopes, seed);
        return Lemma(
            reading,
            mean.Lower > 0.0 && slopes.Min() > 0.0 ? Verdict.Reproduced
                : mean.Upper < 0.0 || slopes.Min() < 0.0 ? Verdict.NotReproduced
                : Verdict.Undecided,
            $"On the boundaries of {slopes.Length} random systems ln ‖∂a_t/∂a_0‖ grows by {Words.Interval(mean)} a " +
                $"step over {Steps} steps, by {Words.Short(slopes.Min())} at least.");
    }

    private static Claim Lemma(string reading, Verdict verdict, string evidence)
        => new(
            6,
            "On the boundary between two basins, |∂a_t/∂a_0| → ∞.",
            "Appendix, Lemma",
            reading,
            verdict,
            evidence);
}
