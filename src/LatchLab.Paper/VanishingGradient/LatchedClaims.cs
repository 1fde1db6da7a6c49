using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;

namespace LatchLab.Paper.VanishingGradient;

/// <summary>
/// Claim 5, Theorem 4: while a system remains robustly latched, ∂a_t/∂a_0 → 0. Tested by the slope of ln ‖∂a_t/∂a_0‖
/// per step on random systems with noise below the bound of Theorem 3. The interpretations that the proof leaves open
/// are tested with the systems of <see cref="Counterexamples"/>, which meet the hypotheses of the theorem as stated.
/// </summary>
internal static class LatchedClaims
{
    // The meaning of both is in the report: see the settings of GradientOverTime.
    public const int Steps = 100;
    public const double NoiseFractionOfBound = 0.999;

    /// <summary>
    /// An orbit keeps its gradient if the ratio of ‖∂a_t/∂a_0‖ at t = T and t = T/2 exceeds this. A power law t^(−k)
    /// has the ratio 2^(−k); the ratio of an exponential decay is far smaller.
    /// </summary>
    public const double RetainedGradientRatio = 0.9;

    private const int MinimumSystems = 5;

    private static readonly ClaimStatement Theorem4 = new(
        5, "While a system remains robustly latched, ∂a_t/∂a_0 → 0.", "Section IV-A, Theorem 4");

    private static readonly ClaimStatement Inclusion = new(
        5, "A hyperbolic attractor lies in its own reduced attracting set, X ⊂ Γ(X), so that it can be latched to.",
        "Section IV-A, after Definition 4");

    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        yield return EvaluateBelowBound(systems, seed);
        yield return EvaluateCounterexample(
            "as stated, one unit: inputs that lead to the edge of Γ",
            Counterexamples.CreateEdgeOfReducedSet(Steps),
            "Its factors are 1 − 1/(t + 1)²: each below 1, but their product tends to ½.");
        yield return EvaluateCounterexample(
            "as stated, two units: inputs that switch within Γ",
            Counterexamples.CreateAlternating(Steps),
            "All eigenvalues of all (M^l)′ lie inside the unit circle at both states, but |M′| does not stay " +
                "below 1, as the proof assumes.");
        (double[] derivatives, double derivativeOfSecondIterate, double slope) = AnalyzePeriodTwo();
        yield return Inclusion.Conclude(
            "periodic attractor, with M",
            derivatives.Max() < 1.0 ? Verdict.Reproduced : Verdict.NotReproduced,
            $"The stable orbit of period 2 of a ← {NumberFormat.Short(Counterexamples.PeriodTwoWeight)}·tanh a + " +
                $"{NumberFormat.Short(Counterexamples.PeriodTwoBias)} has |M′| = " +
                $"{string.Join(" and ", derivatives.Select(NumberFormat.Short))}: it does not lie in its own Γ, so " +
                "no system is robustly latched to it.");
        yield return Inclusion.Conclude(
            "periodic attractor, with M^l in place of M",
            derivativeOfSecondIterate < 1.0 && slope < 0.0 ? Verdict.Reproduced : Verdict.NotReproduced,
            $"On the same orbit |(M²)′| = {NumberFormat.Short(derivativeOfSecondIterate)}, and ln |∂a_t/∂a_0| " +
                $"changes by {NumberFormat.Short(slope)} per step over {Steps} steps.");
    }

    /// <summary>|M′| at the points of the periodic orbit, |(M²)′|, and the slope of the gradient along it.</summary>
    private static (double[] Derivatives, double DerivativeOfSecondIterate, double Slope) AnalyzePeriodTwo()
    {
        AutonomousNetwork system = Counterexamples.CreateAsymmetricPeriodTwo();
        PeriodicOrbit orbit = system.InvariantSets.Attractors.Single(attractor => attractor.Period == 2);
        IReadOnlyList<double> gradients = DrivenOrbit.Simulate(system.Dynamics, orbit.Points[0],
            Steps).LogGradientNorms;
        return (
            [.. orbit.Points.Select(point => Math.Abs(system.Dynamics.Jacobian(point)[0]))],
            orbit.SpectralRadius,
            LeastSquares.ComputeSlope(gradients));
    }

    /// <summary>
    /// The orbit from a fixed point with noise in random directions just below the bound of Theorem 3.
    /// </summary>
    public static DrivenOrbit SimulateBelowBound(
        AutonomousNetwork system, PeriodicOrbit attractor, Contraction bound, int steps, UniformStream random)
    {
        double[] magnitudes = [.. Enumerable.Repeat(NoiseFractionOfBound * bound.NoiseBound, steps)];
        PerturbedOrbit noisy = PerturbedOrbit.Simulate(
            system.Dynamics, attractor.Points[0], magnitudes, PerturbationDirection.Random, random);
        return DrivenOrbit.Simulate(system.Dynamics, attractor.Points[0], noisy.Perturbations);
    }

    /// <summary>
    /// Tests orbits that start at each attractor for which Theorem 3 gives a bound; there a_t provably remains in Γ.
    /// </summary>
    private static Claim EvaluateBelowBound(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        (double Slope, double NoiselessSlope, bool ExceedsRate)[] orbits =
        [
            .. from system in systems.Index()
               from attractor in system.Item.FixedPointAttractors
               let bound = Contraction.FindLargestNoise(system.Item.Dynamics, attractor.Points)
               where bound.NoiseBound > 0.0
               let random = new TrialRandom(seed, AutonomousNetwork.RandomWord, system.Index)
                   .CreateUniformStream(Purpose.Perturbation, item: 1)
               let gradients = SimulateBelowBound(system.Item, attractor, bound, Steps, random).LogGradientNorms
               select (LeastSquares.ComputeSlope(gradients), Elementary.Log(attractor.SpectralRadius),
                   gradients[Steps] > Steps * Elementary.Log(bound.Rate)),
        ];
        double[] slopes = [.. orbits.Select(orbit => orbit.Slope)];
        const string interpretation = "inputs below the bound of Theorem 3";
        if (slopes.Length < MinimumSystems)
            return Theorem4.Conclude(
                interpretation, Verdict.Undecided, $"Only {slopes.Length} attractors are available.");
        BootstrapInterval mean = BootstrapInterval.EstimateMean(slopes, seed), difference =
            BootstrapInterval.EstimateMean(orbits.Select(orbit => orbit.Slope - orbit.NoiselessSlope), seed);
        return Theorem4.Conclude(
            interpretation,
            ClaimTest.Decide(slopes.Max() < 0.0 && mean.Upper < 0.0, mean.Lower > 0.0 || slopes.Max() > 0.0),
            $"ln ‖∂a_t/∂a_0‖ changes by {IntervalFormat.Format(mean)} per step, mean over {slopes.Length} attractors " +
                $"of {systems.Count} random systems, and by at most {NumberFormat.Short(slopes.Max())}; without " +
                "noise it would be ln of the spectral radius, from which it differs by " +
                $"{IntervalFormat.Format(difference)}. The ball of Theorem 3 allows at most λ^T: " +
                $"{orbits.Count(orbit => orbit.ExceedsRate)} orbits exceed it.");
    }

    private static Claim EvaluateCounterexample(string interpretation, Counterexamples.DrivenTrajectory counterexample,
        string explanation)
    {
        DrivenOrbit orbit = counterexample.ComputeOrbit();
        int latchedStates = counterexample.CountLatchedStates(orbit.States);
        double gradientAtHalf = Elementary.Exp(orbit.LogGradientNorms[Steps / 2]),
            finalGradient = Elementary.Exp(orbit.LogGradientNorms[Steps]);
        Verdict verdict = latchedStates < orbit.States.Count ? Verdict.Undecided
            : finalGradient > RetainedGradientRatio * gradientAtHalf ? Verdict.NotReproduced
            : Verdict.Reproduced;
        return Theorem4.Conclude(
            interpretation,
            verdict,
            $"{latchedStates} of {orbit.States.Count} states lie in Γ of one attractor; ‖∂a_t/∂a_0‖ is " +
                $"{NumberFormat.Short(gradientAtHalf)} at t = {Steps / 2} and {NumberFormat.Short(finalGradient)} at " +
                $"t = {Steps}. {explanation}");
    }
}
