using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;

namespace LatchLab.Paper.VanishingGradient;

/// <summary>
/// Claim 5, Theorem 4: while a system remains robustly latched, ∂a_t/∂a_0 → 0. Tested on random systems with noise
/// below the bound of Theorem 3. What the proof leaves open is tested with the systems of <see
/// cref="Counterexamples"/>, which meet the hypotheses of the theorem as worded. The inclusion X ⊂ Γ(X) is tested for M
/// and for M^l.
/// </summary>
internal static class LatchedClaims
{
    private const int Steps = TheoryClaims.OrbitSteps;

    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        yield return EvaluateBelowBound(systems, seed);
        yield return EvaluateAsStated(
            // Π_{k=2}^{t+1} (1 − 1/k²) = (t + 2)/(2(t + 1)) > ½
            (Counterexamples.CreateEdgeOfReducedSet(Steps), Limit: 0.5,
                "One unit, led to the edge of Γ: its factors are 1 − 1/(t + 1)², each below 1, but their product " +
                    "tends to ½"),
            // every two steps multiply by (c·sech² Low)² > 1, and t = 0 has the value 1
            (Counterexamples.CreateAlternating(Steps), Limit: 1.0,
                "Two units, alternately at two states of Γ: all eigenvalues of all (M^l)′ lie inside the unit circle " +
                    "there, but |M′| does not stay below 1, as the proof assumes"));
        yield return EvaluateInclusion(Counterexamples.CreateAsymmetricPeriodTwo());
        yield return EvaluateInclusionOfIterate(systems);
    }

    /// <summary>
    /// The orbit from a fixed point with noise in random directions just below the bound of Theorem 3.
    /// </summary>
    public static DrivenOrbit SimulateBelowBound(
        AutonomousNetwork system, PeriodicOrbit attractor, Contraction bound, int steps, UniformStream random)
    {
        double[] magnitudes = [.. Enumerable.Repeat(TheoryClaims.FractionOfBound * bound.NoiseBound, steps)];
        PerturbedOrbit noisy = PerturbedOrbit.Simulate(
            system.Dynamics, attractor.Points[0], magnitudes, PerturbationDirection.Random, random);
        return DrivenOrbit.Simulate(system.Dynamics, attractor.Points[0], noisy.Perturbations);
    }

    /// <summary>
    /// Tests systems in which each driven trajectory meets the hypotheses of Theorem 4 if all its states lie in Γ; its
    /// gradient does not vanish if it stays at or above a limit that follows from its factors.
    /// </summary>
    internal static Claim EvaluateAsStated(
        params IReadOnlyList<(Counterexamples.DrivenTrajectory Trajectory, double Limit, string Explanation)> systems)
    {
        bool isContradicted = false;
        List<string> evidence = [];
        foreach ((Counterexamples.DrivenTrajectory trajectory, double limit, string explanation) in systems)
        {
            DrivenOrbit orbit = trajectory.ComputeOrbit();
            int latched = trajectory.CountLatchedStates(orbit.States);
            double gradient = Elementary.Exp(orbit.LogGradientNorms[^1]);
            isContradicted |= latched == orbit.States.Count && gradient >= limit;
            evidence.Add($"{explanation}: {latched} of {orbit.States.Count} states lie in Γ of one attractor, and " +
                $"‖∂a_t/∂a_0‖ is {NumberFormat.Short(gradient)} at t = {orbit.States.Count - 1} (limit " +
                $"{NumberFormat.Short(limit)}).");
        }

        // A system that is no counterexample does not show that there is none.
        return ClaimEvaluator.Conclude(
            TheoryClaims.Theorem4AsStated, isContradicted ? Verdict.NotReproduced : Verdict.Undecided,
            string.Join(" ", evidence));
    }

    /// <summary>Tests a system with an orbit of period 2 as a counterexample to X ⊂ Γ(X) for M itself.</summary>
    internal static Claim EvaluateInclusion(AutonomousNetwork system)
    {
        PeriodicOrbit? orbit = system.InvariantSets.Attractors.FirstOrDefault(attractor => attractor.Period == 2);
        double[] derivatives = [.. orbit?.Points.Select(point => Math.Abs(system.Dynamics.Jacobian(point)[0])) ?? []];
        return ClaimEvaluator.Conclude(
            TheoryClaims.Inclusion,
            orbit is { SpectralRadius: < 1.0 } && derivatives.Max() >= 1.0 ? Verdict.NotReproduced : Verdict.Undecided,
            orbit is null ? "The neuron has no stable orbit of period 2."
                : $"The orbit of period 2 of a ← {NumberFormat.Short(Counterexamples.PeriodTwoWeight)}·tanh a + " +
                    $"{NumberFormat.Short(Counterexamples.PeriodTwoBias)} has |(M²)′| = " +
                    $"{NumberFormat.Short(orbit.SpectralRadius)} and |M′| = " +
                    $"{string.Join(" and ", derivatives.Select(NumberFormat.Short))}: it is stable, but does not lie " +
                    "in its own Γ for M, so that no system is robustly latched to it. The paper calls such an orbit " +
                    "hyperbolic for M^l only.");
    }

    private static Claim EvaluateInclusionOfIterate(IReadOnlyList<AutonomousNetwork> systems)
        => ClaimEvaluator.Evaluate(
            TheoryClaims.InclusionOfIterate,
            [
                SystemSample.Create(
                    "random systems", TheoryClaims.InclusionOfIterate,
                    from system in systems.Index()
                    let points = system.Item.InvariantSets.Attractors.SelectMany(attractor => attractor.Points)
                    select (system.Item.Describe(system.Index), points.Any(point => !ReducedSetMembership.Evaluate(
                        system.Item.Dynamics, system.Item.InvariantSets, point).IsMember))),
            ],
            details: $"They have {systems.Sum(system => system.InvariantSets.Attractors.Count)} attractors, " +
                $"{systems.Sum(system => system.InvariantSets.Attractors.Count(attractor => attractor.Period > 1))} " +
                "of them periodic.");

    /// <summary>
    /// Tests orbits that start at each attractor for which Theorem 3 gives a bound; there a_t provably remains in Γ.
    /// </summary>
    private static Claim EvaluateBelowBound(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        (int System, double Slope, bool ExceedsRate)[] orbits =
        [
            .. from system in systems.Index()
               from attractor in system.Item.FixedPointAttractors
               let bound = Contraction.FindLargestNoise(system.Item.Dynamics, attractor.Points)
               where bound.NoiseBound > 0.0
               let random = new TrialRandom(seed, AutonomousNetwork.RandomWord, system.Index)
                   .CreateUniformStream(Purpose.Perturbation, item: 1)
               let gradients = SimulateBelowBound(system.Item, attractor, bound, Steps, random).LogGradientNorms
               select (system.Index, LeastSquares.ComputeSlope(gradients),
                   gradients[Steps] > Steps * Elementary.Log(bound.Rate)),
        ];
        return ClaimEvaluator.Evaluate(
            TheoryClaims.Theorem4,
            [
                SystemSample.Create(
                    "random systems with such a bound", TheoryClaims.Theorem4,
                    from orbit in orbits
                    group orbit by orbit.System into ofSystem
                    select (systems[ofSystem.Key].Describe(ofSystem.Key), ofSystem.Any(orbit => !(orbit.Slope < 0.0)))),
            ],
            details: orbits.Length == 0 ? ""
                : $"ln ‖∂a_t/∂a_0‖ changes by at most {NumberFormat.Short(orbits.Max(orbit => orbit.Slope))} per " +
                    $"step, over {orbits.Length} attractors. The ball of Theorem 3 allows at most λ^T: " +
                    $"{orbits.Count(orbit => orbit.ExceedsRate)} orbits exceed it.");
    }
}
