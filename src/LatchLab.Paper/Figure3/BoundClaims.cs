using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// Claim 4, Theorem 3: with ‖u_t‖ &lt; b_t = (1 − λ_t)·d the state stays within d of the orbit without noise. The test
/// uses adversarial noise just below the bound, from the attractors and from transient states that converge to X. A
/// single orbit that leaves the ball contradicts the theorem. A second claim is the paper's conclusion that every
/// hyperbolic attractor has such a bound.
/// </summary>
internal static class BoundClaims
{
    /// <summary>The noise as a fraction of the bound; the theorem requires noise below the bound.</summary>
    public const double ShareOfBound = 0.999;

    /// <summary>The number of steps of an orbit.</summary>
    public const int Steps = 100;

    private const int CandidateStarts = 10;   // random states among which a transient start is searched for
    private const int MinimumOrbits = 10;
    private const int MaximumHalvings = 6;    // of d, if the best d at X is too large for the transient
    private const double MaximumMultiple = 16.0; // of the bound that is tested
    private const double ConvergenceTolerance = 1e-9;

    private static readonly ClaimStatement Theorem3 = new(
        4,
        "While ‖u_t‖ < b_t = (1 − λ_t)d, the state stays within d of the orbit without inputs.",
        "Section IV-A, Theorem 3");

    private static readonly ClaimStatement ExistenceOfBound = new(
        4,
        "In the reduced attracting set of a hyperbolic attractor, a bound on the inputs can be found.",
        "Section IV-A, after Theorem 3");

    /// <summary>An initial state with the bounds along its orbit.</summary>
    private sealed record BoundedStart(DynamicalSystem System, double[] Start, double Distance, double[] Bounds);

    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        BoundedStart[] starts = [.. systems.SelectMany(system => FindStarts(system, seed))];
        int orbits = starts.Length * PerturbedOrbit.Directions.Count, escaped = 0;
        double[] maximumDistances = new double[PerturbedOrbit.Directions.Count];
        foreach ((int number, BoundedStart start) in starts.Index())
        {
            foreach (PerturbationDirection direction in PerturbedOrbit.Directions)
            {
                UniformStream random = new TrialRandom(seed, AutonomousNetwork.RandomWord, number)
                    .CreateUniformStream(Purpose.Perturbation);
                double relativeDistance = PerturbedOrbit
                    .Simulate(start.System, start.Start, start.Bounds, direction, random).Distances.Max()
                        / start.Distance;
                maximumDistances[(int)direction] = Math.Max(maximumDistances[(int)direction], relativeDistance);
                escaped += relativeDistance >= 1.0 ? 1 : 0;
            }
        }

        var escapedProportion = new Proportion(escaped, Math.Max(1, orbits));
        yield return Theorem3.Conclude(
            "where |M′| < 1 on the balls, as the theorem assumes",
            ClaimTest.Decide(escaped == 0 && orbits >= MinimumOrbits, escaped > 0),
            $"{escaped} of {orbits} orbits with noise of {NumberFormat.Short(ShareOfBound)} b_t left the ball, " +
                $"{IntervalFormat.Format(escapedProportion)}. Largest distances as fractions of d: " +
                $"{FormatMaximumDistances(maximumDistances)}; {starts.Length} starts in {systems.Count} random " +
                $"systems.{DescribeEscape(starts, seed)}");
        yield return EvaluateExistenceOfBound(systems);
    }

    /// <summary>
    /// Returns each fixed-point attractor that has a bound, and one transient state that converges to one of them.
    /// </summary>
    private static IEnumerable<BoundedStart> FindStarts(AutonomousNetwork system, ulong seed)
    {
        foreach (PeriodicOrbit attractor in system.FixedPointAttractors)
        {
            Contraction best = Contraction.FindLargestNoise(system.Dynamics, attractor.Points);
            if (best.NoiseBound > 0.0)
            {
                yield return new(
                    system.Dynamics,
                    attractor.Points[0],
                    best.Radius,
                    [.. Enumerable.Repeat(ShareOfBound * best.NoiseBound, Steps)]);
            }
        }

        BoundedStart? transientStart = system.SpreadStates(CandidateStarts, seed + 1)
            .Select(start => TryCreateTransientStart(system, start)).FirstOrDefault(bounded => bounded is not null);
        if (transientStart is not null)
            yield return transientStart;
    }

    /// <summary>
    /// Creates a start in Γ with a bound at each time; null if M does not contract on any ball along the whole orbit.
    /// </summary>
    private static BoundedStart? TryCreateTransientStart(AutonomousNetwork system, double[] start)
    {
        if (ReducedSetMembership.Evaluate(system.Dynamics, system.InvariantSets, start, Steps) is not
            { IsMember: true, Ball.Orbit: { Period: 1 } attractor })
            return null;
        List<double[]> orbit = [start];
        for (int t = 0; t < Steps && PeriodicOrbit.Distance(orbit[^1], attractor.Points[0]) > ConvergenceTolerance; t++)
            orbit.Add(system.Dynamics.Image(orbit[^1]));

        double distance = Contraction.FindLargestNoise(system.Dynamics, attractor.Points).Radius;
        for (int halving = 0; distance > 0.0 && halving < MaximumHalvings; halving++, distance *= 0.5)
        {
            // u_t is added after M is applied to D_{t−1}. After its last point the orbit is at rest.
            double[] bounds =
                [.. Contraction.ForEachPoint(system.Dynamics, orbit, distance).Select(
                    contraction => ShareOfBound * contraction.NoiseBound)];
            if (bounds.All(bound => bound > 0.0))
            {
                return new(
                    system.Dynamics,
                    start,
                    distance,
                    [.. bounds, .. Enumerable.Repeat(bounds[^1], Math.Max(0, Steps - bounds.Length))]);
            }
        }

        return null;
    }

    /// <summary>
    /// Describes how far above the bound a state first leaves the ball: the bound is sufficient, not necessary.
    /// </summary>
    private static string DescribeEscape(BoundedStart[] starts, ulong seed)
        => starts.Length == 0
            ? ""
            : " With noise directed outwards, the state first leaves the ball at " +
                $"{IntervalFormat.Format(BootstrapInterval.EstimateMedian(starts.Select(FindEscapeMultiple), seed))} " +
                "times the bound (median).";

    private static double FindEscapeMultiple(BoundedStart start)
    {
        double low = 1.0, high = MaximumMultiple;
        if (!Escapes(high))
            return double.PositiveInfinity;
        while (high - low > 0.01)
        {
            double middle = 0.5 * (low + high);
            if (Escapes(middle))
                high = middle;
            else
                low = middle;
        }

        return high;

        bool Escapes(double multiple)
        {
            UniformStream random = new TrialRandom(Seed: 0, AutonomousNetwork.RandomWord, Trial: 0)
                .CreateUniformStream(Purpose.Perturbation, item: 3);
            double[] sizes = [.. start.Bounds.Select(bound => multiple * bound / ShareOfBound)];
            return PerturbedOrbit.Simulate(start.System, start.Start, sizes, PerturbationDirection.Outward, random)
                .Distances.Any(distance => distance >= start.Distance);
        }
    }

    private static string FormatMaximumDistances(double[] maximumDistances)
        => string.Join(", ", PerturbedOrbit.Directions.Select(
            kind => $"{NumberFormat.Short(maximumDistances[(int)kind])} ({Settings.FormatValue(kind)})"));

    private static Claim EvaluateExistenceOfBound(IReadOnlyList<AutonomousNetwork> systems)
    {
        (AutonomousNetwork System, PeriodicOrbit Attractor)[] attractors =
            [.. systems.SelectMany(system => system.FixedPointAttractors.Select(attractor => (system, attractor)))];
        var withoutBound = new Proportion(
            attractors.Count(entry => entry.Attractor.JacobianNorm >= 1.0), Math.Max(1, attractors.Length));
        return ExistenceOfBound.Conclude(
            "by Theorem 3, at each attractor",
            ClaimTest.Decide(
                withoutBound.Successes == 0 && attractors.Length >= MinimumOrbits, withoutBound.Successes > 0),
            $"At {withoutBound.Successes} of {attractors.Length} stable fixed points, " +
                $"{IntervalFormat.Format(withoutBound)}, |M′| ≥ 1 although all eigenvalues lie inside the unit " +
                "circle, so the theorem gives no bound there. A bound nevertheless exists: another norm shows it.");
    }
}
