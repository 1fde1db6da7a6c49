using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.VanishingGradient;

/// <summary>
/// Claim 5, Theorem 4: while a system remains robustly latched, ∂a_t/∂a_0 → 0. Judged by the slope of ln ‖∂a_t/∂a_0‖
/// per step: on random systems with noise below the bound of Theorem 3; and under the readings that its proof leaves
/// open, each by the system of <see cref="ProofGaps"/> that meets the theorem as it is written.
/// </summary>
internal static class LatchedClaims
{
    /// <summary>Steps of an orbit.</summary>
    public const int Steps = 100;

    /// <summary>The noise, in parts of the bound of Theorem 3.</summary>
    public const double ShareOfBound = 0.999;

    /// <summary>
    /// Where an orbit is said to keep its gradient: the median ratio of ‖∂a_t/∂a_0‖ at t = T and T/2 exceeds it.
    /// A power law t^(−k) has 2^(−k) there; what falls exponentially, far less.
    /// </summary>
    public const double KeptRatio = 0.9;

    private const int FewestSystems = 5;

    /// <summary>Judges all readings.</summary>
    public static IEnumerable<Claim> Judge(IReadOnlyList<LatchedSystem> systems, ulong seed)
    {
        yield return BelowTheBound(systems, seed);
        yield return OfConstruction(
            "as stated, one unit: inputs that lead to the edge of Γ",
            ProofGaps.EdgeOfLatching(Steps),
            "Its factors are 1 − 1/(t + 1)²: each below 1, but their product tends to ½.");
        yield return OfConstruction(
            "as stated, two units: inputs that switch within Γ",
            ProofGaps.Switching(Steps),
            "All eigenvalues of all (M^l)′ lie inside the unit circle at both of its states, but |M′| does not stay " +
                "below 1, as the proof has it.");
        (double[] steepest, double ofTwo, double slope) = OfPeriod();
        yield return Inclusion(
            "periodic attractor, with M",
            steepest.Max() < 1.0 ? Verdict.Reproduced : Verdict.NotReproduced,
            $"The stable orbit of period 2 of a ← {Words.Short(ProofGaps.NegativeWeight)}·tanh a + " +
                $"{Words.Short(ProofGaps.Bias)} has |M′| = {string.Join(" and ", steepest.Select(Words.Short))}: it " +
                "does not lie in its own Γ, and no system is ever robustly latched to it.");
        yield return Inclusion(
            "periodic attractor, with M^l in place of M",
            ofTwo < 1.0 && slope < 0.0 ? Verdict.Reproduced : Verdict.NotReproduced,
            $"On the same orbit |(M²)′| = {Words.Short(ofTwo)}, and ln |∂a_t/∂a_0| changes by " +
                $"{Words.Short(slope)} a step over {Steps} steps.");
    }

    /// <summary>|M′| at the points of the periodic orbit, |(M²)′|, and the slope of the gradient along it.</summary>
    private static (double[] OfEach, double OfTwo, double Slope) OfPeriod()
    {
        LatchedSystem system = ProofGaps.LopsidedPeriod();
        PeriodicOrbit orbit = system.Sets.Attractors.Single(attractor => attractor.Period == 2);
        IReadOnlyList<double> gradients = DrivenOrbit.Of(system.System, orbit.Points[0], Steps).LogGradients;
        return (
            [.. orbit.Points.Select(point => Math.Abs(system.System.Jacobian(point)[0]))],
            orbit.SpectralRadius,
            Slope(gradients));
    }

    /// <summary>The slope of ln ‖∂a_t/∂a_0‖ per step.</summary>
    public static double Slope(IReadOnlyList<double> logGradients)
        => LeastSquares.Slope(logGradients);

    /// <summary>From rest at each attractor where Theorem 3 gives a bound: there a_t remains in Γ for certain.</summary>
    private static Claim BelowTheBound(IReadOnlyList<LatchedSystem> systems, ulong seed)
    {
        List<double> slopes = [], excess = [];
        int aboveRate = 0;
        foreach ((int number, LatchedSystem system) in systems.Index())
        {
            foreach (PeriodicOrbit attractor in system.RestingAttractors)
            {
                Contraction bound = Contraction.Best(system.System, attractor.Points);
                if (!(bound.Noise > 0.0))
                    continue;
                UniformDraws draws = new TrialRandom(seed, LatchedSystem.RandomWord, number)
                    .Uniforms(Purpose.Disturbance, item: 1);
                double[] sizes = [.. Enumerable.Repeat(ShareOfBound * bound.Noise, Steps)];
                DisturbedOrbit noisy = DisturbedOrbit.Of(
                    system.System, attractor.Points[0], sizes, Disturbance.Random, draws);
                IReadOnlyList<double> gradients =
                    DrivenOrbit.Of(system.System, attractor.Points[0], noisy.Inputs).LogGradients;
                double slope = Slope(gradients);
                slopes.Add(slope);
                excess.Add(slope - Ln(attractor.SpectralRadius));
                aboveRate += gradients[Steps] > Steps * Ln(bound.Rate) ? 1 : 0;
            }
        }

        const string reading = "inputs below the bound of Theorem 3";
        if (slopes.Count < FewestSystems)
            return Theorem(reading, Verdict.Undecided, $"Only {slopes.Count} attractors to judge from.");
        Bootstrap mean = Bootstrap.OfMean(slopes, seed);
        return Theorem(
            reading,
            slopes.Max() < 0.0 && mean.Upper < 0.0 ? Verdict.Reproduced
                : mean.Lower > 0.0 || slopes.Max() > 0.0 ? Verdict.NotReproduced
                : Verdict.Undecided,
            $"ln ‖∂a_t/∂a_0‖ changes by {Words.Interval(mean)} a step, mean over {slopes.Count} attractors of " +
                $"{systems.Count} random systems, by {Words.Short(slopes.Max())} at most; without noise it would be ln " +
                "of the spectral radius, from which it differs by " +
                $"{Words.Interval(Bootstrap.OfMean(excess, seed))}. λ^T is the most that the " +
                $"ball of Theorem 3 allows: {aboveRate} orbits kept more.");
    }

    private static Claim OfConstruction(string reading, ProofGaps.Driven driven, string why)
    {
        DrivenOrbit orbit = driven.Orbit();
        int latched = driven.StatesLatched(orbit.States);
        double half = Factor(orbit.LogGradients[Steps / 2]), last = Factor(orbit.LogGradients[Steps]);
        Verdict verdict = latched < orbit.States.Count ? Verdict.Undecided
            : last > KeptRatio * half ? Verdict.NotReproduced
            : Verdict.Reproduced;
        return Theorem(
            reading,
            verdict,
            $"{latched} of {orbit.States.Count} states lie in Γ of one attractor; ‖∂a_t/∂a_0‖ is " +
                $"{Words.Short(half)} at t = {Steps / 2} and {Words.Short(last)} at t = {Steps}. {why}");
    }

    private static Claim Theorem(string reading, Verdict verdict, string evidence)
        => new(
            5,
            "While a system remains robustly latched, ∂a_t/∂a_0 → 0.",
            "Section IV-A, Theorem 4",
            reading,
            verdict,
            evidence);

    private static Claim Inclusion(string reading, Verdict verdict, string evidence)
        => new(
            5,
            "A hyperbolic attractor lies in its own reduced attracting set, X ⊂ Γ(X), so that it can be latched to.",
            "Section IV-A, after Definition 4",
            reading,
            verdict,
            evidence);

    private static double Factor(double logarithm) => Elementary.Exp(new Scalar(logarithm)).Value;

    private static double Ln(double number) => Elementary.Log(new Scalar(number)).Value;
}
