using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// Claim 4, Theorem 3: with ‖u_t‖ &lt; b_t = (1 − λ_t)·d the state stays within d of the orbit without noise. The test
/// uses adversarial noise just below the bound, from the attractors and from transient states that converge to X. A
/// single orbit that leaves the ball contradicts the theorem. Two further claims are about the paper's conclusion that
/// every hyperbolic attractor has a bound: that Theorem 3 gives it, and that it exists, in another norm.
/// </summary>
internal static class BoundClaims
{
    private const int CandidateStarts = 10;   // random states among which a transient start is searched for
    private const int MaximumHalvings = 6;    // of d, if the best d at X is too large for the transient
    private const double MaximumMultiple = 16.0; // of the bound, up to which an orbit that leaves is searched for
    private const double ConvergenceTolerance = 1e-9;

    /// <summary>An initial state with the bounds along its orbit.</summary>
    private sealed record BoundedStart(DynamicalSystem System, double[] Start, double Distance, double[] Bounds);

    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        yield return EvaluateTheorem3(systems, seed);
        (string Name, AutonomousNetwork System)[] withFixedPoints =
        [
            .. from system in systems.Index()
               where system.Item.FixedPointAttractors.Any()
               select (system.Item.Describe(system.Index), system.Item),
        ];
        yield return EvaluateBoundOfTheorem3(withFixedPoints);
        yield return ClaimEvaluator.Evaluate(
            TheoryClaims.BoundExists,
            [
                SystemSample.Create(
                    "random systems with stable fixed points", TheoryClaims.BoundExists,
                    withFixedPoints.Select(entry => (entry.Name, entry.System.InvariantSets.Balls
                        .Any(ball => ball.Orbit.Period == 1 && !Holds(entry.System.Dynamics, ball))))),
            ]);
    }

    private static Claim EvaluateTheorem3(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        (int System, BoundedStart Start)[] starts =
        [
            .. systems.Index().SelectMany(
                system => FindStarts(system.Item, seed).Select(start => (system.Index, start))),
        ];
        double[][] distances =
            [.. starts.Index().Select(start => FindLargestDistances(start.Item.Start, start.Index, seed))];
        double[] multiples = [.. starts.Select(start => FindEscapeMultiple(start.Start)).Order()];
        return ClaimEvaluator.Evaluate(
            TheoryClaims.Theorem3,
            [
                SystemSample.Create(
                    "random systems with such balls", TheoryClaims.Theorem3,
                    from start in starts.Index()
                    group distances[start.Index] by start.Item.System into ofSystem
                    let name = systems[ofSystem.Key].Describe(ofSystem.Key)
                    select (name, ofSystem.Any(ofStart => ofStart.Max() >= 1.0))),
            ],
            details: starts.Length == 0 ? ""
                : $"Largest distances from {starts.Length} starts, as fractions of d: {Format(distances)}. With " +
                    "noise directed outwards, half of the starts leave the ball at up to " +
                    $"{NumberFormat.Short(multiples[(multiples.Length - 1) / 2])} times the bound.");

        static string Format(double[][] distances) => string.Join(", ", PerturbedOrbit.Directions.Select(direction =>
            $"{NumberFormat.Short(distances.Max(ofStart => ofStart[(int)direction]))} " +
                $"({Settings.FormatValue(direction)})"));
    }

    /// <summary>The largest distance from the orbit without noise as a fraction of d, for each kind of noise.</summary>
    private static double[] FindLargestDistances(BoundedStart start, int number, ulong seed)
        =>
        [
            .. PerturbedOrbit.Directions.Select(direction => PerturbedOrbit.Simulate(
                start.System, start.Start, start.Bounds, direction,
                new TrialRandom(seed, AutonomousNetwork.RandomWord, number).CreateUniformStream(Purpose.Perturbation))
                .Distances.Max() / start.Distance),
        ];

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
                    [.. Enumerable.Repeat(TheoryClaims.FractionOfBound * best.NoiseBound, TheoryClaims.OrbitSteps)]);
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
        if (ReducedSetMembership.Evaluate(system.Dynamics, system.InvariantSets, start, TheoryClaims.OrbitSteps) is not
            { IsMember: true, Ball.Orbit: { Period: 1 } attractor })
            return null;
        List<double[]> orbit = [start];
        while (orbit.Count <= TheoryClaims.OrbitSteps
            && PeriodicOrbit.Distance(orbit[^1], attractor.Points[0]) > ConvergenceTolerance)
            orbit.Add(system.Dynamics.Image(orbit[^1]));

        double distance = Contraction.FindLargestNoise(system.Dynamics, attractor.Points).Radius;
        for (int halving = 0; distance > 0.0 && halving < MaximumHalvings; halving++, distance *= 0.5)
        {
            // u_t is added after M is applied to D_{t−1}. After its last point the orbit is at rest.
            double[] bounds =
                [.. Contraction.ForEachPoint(system.Dynamics, orbit, distance).Select(
                    contraction => TheoryClaims.FractionOfBound * contraction.NoiseBound)];
            if (bounds.All(bound => bound > 0.0))
            {
                return new(
                    system.Dynamics,
                    start,
                    distance,
                    [
                        .. bounds,
                        .. Enumerable.Repeat(bounds[^1], Math.Max(0, TheoryClaims.OrbitSteps - bounds.Length)),
                    ]);
            }
        }

        return null;
    }

    /// <summary>
    /// The multiple of the bound at which a state first leaves the ball: the bound is sufficient, not necessary.
    /// </summary>
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
            double[] sizes = [.. start.Bounds.Select(bound => multiple * bound / TheoryClaims.FractionOfBound)];
            return PerturbedOrbit.Simulate(start.System, start.Start, sizes, PerturbationDirection.Outward, random)
                .Distances.Any(distance => distance >= start.Distance);
        }
    }

    private static Claim EvaluateBoundOfTheorem3((string Name, AutonomousNetwork System)[] withFixedPoints)
    {
        PeriodicOrbit[] attractors = [.. withFixedPoints.SelectMany(entry => entry.System.FixedPointAttractors)];
        return ClaimEvaluator.Evaluate(
            TheoryClaims.BoundOfTheorem3,
            [
                SystemSample.Create(
                    "random systems with stable fixed points", TheoryClaims.BoundOfTheorem3,
                    withFixedPoints.Select(entry => (entry.Name, entry.System.FixedPointAttractors
                        .Any(attractor => attractor.JacobianNorm >= 1.0)))),
            ],
            details: $"At {attractors.Count(attractor => attractor.JacobianNorm >= 1.0)} of {attractors.Length} " +
                "stable fixed points |M′| ≥ 1 although all eigenvalues lie inside the unit circle, so that the " +
                "theorem gives no bound there. A bound exists in another norm.");
    }

    /// <summary>
    /// Whether an orbit stays in a ball on which M contracts by λ, in the norm of the ball, under noise just below
    /// (1 − λ)·r that always points away from the centre.
    /// </summary>
    private static bool Holds(DynamicalSystem system, TrappingBall ball)
    {
        double noise = TheoryClaims.FractionOfBound * (1.0 - ball.ContractionRate) * ball.Radius;
        double[] a = ball.Center, firstAxis = [1.0, .. new double[a.Length - 1]];
        for (int t = 0; t < TheoryClaims.OrbitSteps; t++)
        {
            double[] image = system.Image(a);

            // The image of the centre is the centre but for rounding, from which no direction points outwards.
            double[] outward = t == 0 || ball.Distance(image) == 0.0
                ? firstAxis : PerturbedOrbit.Subtract(image, ball.Center);
            double length = ball.Distance([.. ball.Center.Zip(outward, (c, v) => c + v)]);
            a = [.. image.Zip(outward, (x, v) => x + (noise * v / length))];
            if (!ball.Contains(a))
                return false;
        }

        return true;
    }
}
