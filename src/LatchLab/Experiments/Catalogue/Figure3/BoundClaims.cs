using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.Figure3;

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
    public const int Repeats = 1;

    /// <summary>Random states among which one on its way to X is looked for.</summary>
    public const int StartsTried = 10;

    private const int FewestOrbits = 10;
    private const int Halvings = 6;     // of d, where the best one at X is too large on the way to it
    private const double Settled = 1e-9;

    /// <summary>A start with its bounds.</summary>
    private sealed record Bounded(DynamicalSystem System, double[] Start, double Distance, double[] Bounds);

    /// <summary>Judges them.</summary>
    public static IEnumerable<Claim> Judge(IReadOnlyList<LatchedSystem> systems, ulong seed)
    {
        Bounded[] starts = [.. systems.SelectMany(system => Starts(system, seed))];
        int orbits = 0, left = 0;
        double[] furthest = new double[DisturbedOrbit.Kinds.Count];
        foreach ((int number, Bounded start) in starts.Index())
        {
            foreach (Disturbance kind in DisturbedOrbit.Kinds)
            {
                for (int repeat = 0; repeat < Repeats; repeat++)
                {
                    UniformDraws draws = new TrialRandom(seed, LatchedSystem.RandomWord, number)
                        .Uniforms(Purpose.Disturbance, repeat);
                    double reached = DisturbedOrbit
                        .Of(start.System, start.Start, start.Bounds, kind, draws).Distances.Max() / start.Distance;
                    furthest[(int)kind] = Math.Max(furthest[(int)kind], reached);
                    orbits++;
                    left += reached >= 1.0 ? 1 : 0;
                }
            }
        }

        var leaving = new Proportion(left, Math.Max(1, orbits));
        yield return new(
            4,
            "While ‖u_t‖ < b_t = (1 − λ_t)d, the state stays within d of the orbit without inputs.",
            "Section IV-A, Theorem 3",
            "where |M′| < 1 on the balls, as it supposes",
            left > 0 ? Verdict.NotReproduced : orbits >= FewestOrbits ? Verdict.Reproduced : Verdict.Undecided,
            $"{left} of {orbits} orbits with noise of {Words.Short(ShareOfBound)} b_t left the ball, {Words.Interval(leaving)}. " +
                $"The furthest any came, in parts of d: {Furthest(furthest)}; {starts.Length} starts in " +
                $"{systems.Count} random systems.");
        yield return EveryAttractor(systems);
    }

    /// <summary>At rest at each attractor, and one state on its way to one of them.</summary>
    private static IEnumerable<Bounded> Starts(LatchedSystem system, ulong seed)
    {
        foreach (PeriodicOrbit attractor in system.RestingAttractors)
        {
            Contraction best = Contraction.Best(system.System, attractor.Points);
            if (best.Noise > 0.0)
            {
                yield return new(
                    system.System,
                    attractor.Points[0],
                    best.Distance,
                    [.. Enumerable.Repeat(ShareOfBound * best.Noise, Steps)]);
            }
        }

        Bounded? onItsWay = system.Spread(StartsTried, seed + 1)
            .Select(start => OnItsWay(system, start)).FirstOrDefault(bounded => bounded is not null);
        if (onItsWay is not null)
            yield return onItsWay;
    }

    /// <summary>A start in Γ with a bound at each time; null where M contracts on no ball all the way.</summary>
    private static Bounded? OnItsWay(LatchedSystem system, double[] start)
    {
        if (ReducedAttractingSet.Of(system.System, system.Sets, start, Steps) is not
            { HoldsPoint: true, Ball.Orbit: { Period: 1 } attractor })
            return null;
        List<double[]> orbit = [start];
        for (int t = 0; t < Steps && PeriodicOrbit.Distance(orbit[^1], attractor.Points[0]) > Settled; t++)
            orbit.Add(system.System.Image(orbit[^1]));

        double distance = Contraction.Best(system.System, attractor.Points).Distance;
        for (int halving = 0; distance > 0.0 && halving < Halvings; halving++, distance *= 0.5)
        {
            // u_t is added after M has been applied to D_{t−1}. From the last point on the orbit rests, as good as.
            double[] bounds =
                [.. Contraction.Every(system.System, orbit, distance).Select(here => ShareOfBound * here.Noise)];
            if (bounds.All(bound => bound > 0.0))
            {
                return new(
                    system.System,
                    start,
                    distance,
                    [.. bounds, .. Enumerable.Repeat(bounds[^1], Math.Max(0, Steps - bounds.Length))]);
            }
        }

        return null;
    }

    private static string Furthest(double[] furthest)
        => string.Join(", ", DisturbedOrbit.Kinds.Select(
            kind => $"{Words.Short(furthest[(int)kind])} ({Settings.InWords(kind)})"));

    private static Claim EveryAttractor(IReadOnlyList<LatchedSystem> systems)
    {
        (LatchedSystem System, PeriodicOrbit Attractor)[] attractors =
            [.. systems.SelectMany(system => system.RestingAttractors.Select(attractor => (system, attractor)))];
        var silent = new Proportion(
            attractors.Count(entry => entry.Attractor.Norm >= 1.0), Math.Max(1, attractors.Length));
        return new(
            4,
            "In the reduced attracting set of a hyperbolic attractor, a bound on the inputs can be found.",
            "Section IV-A, after Theorem 3",
            "by Theorem 3, at rest at each attractor",
            silent.Successes > 0 ? Verdict.NotReproduced
                : attractors.Length >= FewestOrbits ? Verdict.Reproduced
                : Verdict.Undecided,
            $"At {silent.Successes} of {attractors.Length} stable fixed points, {Words.Interval(silent)}, |M′| ≥ 1 " +
                "although all eigenvalues lie inside the unit circle: there the theorem gives no bound. " +
                "A bound exists all the same: another norm shows it.");
    }
}
