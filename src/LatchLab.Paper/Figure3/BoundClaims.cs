using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// Claim 4, Theorem 3: with ‖u_t‖ &lt; b_t = (1 − λ_t)·d the state stays within d of the orbit without noise. It is
/// tried with noise that is chosen to break it, just below the bound, from rest and from states on their way to X; a
/// single orbit that leaves contradicts the theorem. And what the paper concludes from it, that every hyperbolic
/// attractor has such a bound.
/// </summary>
internal static class BoundClaims
{
    /// <summary>The noise, in parts of the bound, which it has to stay below.</summary>
    public const double ShareOfBound = 0.999;

    /// <summary>Steps of an orbit.</summary>
    public const int Steps = 100;

    /// <summary>Orbits of each kind of noise about each start.</summary>
    public const int RepetitionsPerStart = 1;

    /// <summary>Random states among which one on its way to X is looked for.</summary>
    public const int CandidateStarts = 10;

    private const int MinimumOrbits = 10;
    private const int MaximumHalvings = 6;     // of d, where the best one at X is too large on the way to it
    private const double MaximumMultiple = 16.0; // of the bound, that is tried
    private const double ConvergenceTolerance = 1e-9;

    /// <summary>A start with its bounds.</summary>
    private sealed record BoundedStart(DynamicalSystem System, double[] Start, double Distance, double[] Bounds);

    /// <summary>Judges them.</summary>
    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        BoundedStart[] starts = [.. systems.SelectMany(system => FindStarts(system, seed))];
        int orbits = 0, escaped = 0;
        double[] maximumDistances = new double[PerturbedOrbit.Directions.Count];
        foreach ((int number, BoundedStart start) in starts.Index())
        {
            foreach (PerturbationDirection direction in PerturbedOrbit.Directions)
            {
                for (int repeat = 0; repeat < RepetitionsPerStart; repeat++)
                {
                    UniformStream random = new TrialRandom(seed, AutonomousNetwork.RandomWord, number)
                        .CreateUniformStream(Purpose.Perturbation, repeat);
                    double relativeDistance = PerturbedOrbit
                        .Simulate(start.System, start.Start, start.Bounds, direction, random).Distances.Max()
                            / start.Distance;
                    maximumDistances[(int)direction] = Math.Max(maximumDistances[(int)direction], relativeDistance);
                    orbits++;
                    escaped += relativeDistance >= 1.0 ? 1 : 0;
                }
            }
        }

        var escapedProportion = new Proportion(escaped, Math.Max(1, orbits));
        yield return new(
            4,
            "While ‖u_t‖ < b_t = (1 − λ_t)d, the state stays within d of the orbit without inputs.",
            "Section IV-A, Theorem 3",
            "where |M′| < 1 on the balls, as it supposes",
            escaped > 0 ? Verdict.NotReproduced : orbits >= MinimumOrbits ? Verdict.Reproduced : Verdict.Undecided,
            $"{escaped} of {orbits} orbits with noise of {NumberFormat.Short(ShareOfBound)} b_t left the ball, " +
                $"{IntervalFormat.Format(escapedProportion)}. The furthest any came, in parts of d: " +
                $"{FormatMaximumDistances(maximumDistances)}; " +
                $"{starts.Length} starts in {systems.Count} random systems.{DescribeEscape(starts, seed)}");
        yield return EvaluateExistenceOfBound(systems);
    }

    /// <summary>At rest at each attractor, and one state on its way to one of them.</summary>
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

    /// <summary>A start in Γ with a bound at each time; null where M contracts on no ball all the way.</summary>
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
            // u_t is added after M has been applied to D_{t−1}. From the last point on the orbit rests, as good as.
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
    /// How far above its bound the theorem first fails, where it does: it is sufficient, not necessary.
    /// </summary>
    private static string DescribeEscape(BoundedStart[] starts, ulong seed)
        => starts.Length == 0
            ? ""
            : " Pushed straight outwards the state leaves the ball from " +
                $"{IntervalFormat.Format(BootstrapInterval.EstimateMedian(starts.Select(FindEscapeMultiple), seed))} " +
                $"times the bound on (median).";

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
        return new(
            4,
            "In the reduced attracting set of a hyperbolic attractor, a bound on the inputs can be found.",
            "Section IV-A, after Theorem 3",
            "by Theorem 3, at rest at each attractor",
            withoutBound.Successes > 0 ? Verdict.NotReproduced
                : attractors.Length >= MinimumOrbits ? Verdict.Reproduced
                : Verdict.Undecided,
            $"At {withoutBound.Successes} of {attractors.Length} stable fixed points, " +
                $"{IntervalFormat.Format(withoutBound)}, |M′| ≥ 1 " +
                "although all eigenvalues lie inside the unit circle: there the theorem gives no bound. " +
                "A bound exists all the same: another norm shows it.");
    }
}
