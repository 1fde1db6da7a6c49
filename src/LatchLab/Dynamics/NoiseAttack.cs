namespace LatchLab.Dynamics;

/// <summary>
/// The counterpart of a certificate: a small noise that erases what a system stores. From an attractor, the same noise
/// is added to the state at every step, or noise of alternating sign, in the direction of a corner of a cube. When the
/// noise ends, the orbit goes to another attractor. No certificate for such a noise can distinguish these two.
/// </summary>
/// <param name="Noise">The size of the noise: the smallest found.</param>
/// <param name="Direction">±1 for each unit.</param>
/// <param name="Alternates">Whether it changes its sign at every step.</param>
/// <param name="From">The attractor that the orbit leaves.</param>
/// <param name="To">The ball that the orbit reaches after the noise ends.</param>
public sealed record NoiseAttack(
    double Noise, IReadOnlyList<int> Direction, bool Alternates, TrappingBall From, TrappingBall To)
{
    private const int MaxCorners = 16;    // with more, only directions towards the nearest attractors
    private const int MaxTargets = 4;
    private const int AttackSteps = 4096;    // steps with noise

    /// <summary>
    /// Finds the smallest noise that leads away from each attractor. Attractors without one are omitted.
    /// </summary>
    /// <param name="system">The autonomous system.</param>
    /// <param name="sets">Its attractors.</param>
    /// <param name="maxNoise">The largest noise that is tested.</param>
    /// <param name="precision">Relative precision of the noise.</param>
    /// <param name="sources">The attractors to start from; null for all.</param>
    /// <param name="maximumSteps">
    /// Steps after the noise in which the orbit must reach another attractor; one that is slower counts as none.
    /// </param>
    public static IEnumerable<NoiseAttack> FindForEach(
        DynamicalSystem system,
        InvariantSets sets,
        double maxNoise,
        double precision = 1e-6,
        IReadOnlyList<PeriodicOrbit>? sources = null,
        int maximumSteps = 100_000)
        => sets.Balls.Where(from => sources is null || sources.Contains(from.Orbit))
            .Select(from => FindSmallest(system, sets, from, maxNoise, precision, maximumSteps))
            .OfType<NoiseAttack>();

    private static NoiseAttack? FindSmallest(
        DynamicalSystem system, InvariantSets sets, TrappingBall from, double maxNoise, double precision,
        int maximumSteps)
    {
        NoiseAttack? best = null;
        foreach (int[] direction in Directions(sets, from))
        {
            foreach (bool alternates in (bool[])[false, true])
            {
                // A direction that does not improve on the best so far needs no bisection.
                double high = best is null ? maxNoise : best.Noise * (1.0 - precision), low = 0.0;
                if (FindDestination(system, sets, from, direction, alternates, high, maximumSteps) is not { } to)
                    continue;
                while (high - low > precision * high)
                {
                    double middle = low + (0.5 * (high - low));
                    if (FindDestination(system, sets, from, direction, alternates, middle, maximumSteps) is { } reached)
                        (high, to) = (middle, reached);
                    else
                        low = middle;
                }

                best = new(high, direction, alternates, from, to);
            }
        }

        return best;
    }

    /// <summary>
    /// The ball that an orbit with noise reaches; null if it is the one that it would be in without noise.
    /// </summary>
    private static TrappingBall? FindDestination(
        DynamicalSystem system, InvariantSets sets, TrappingBall from, int[] direction, bool alternates, double noise,
        int maximumSteps)
    {
        // A whole number of periods, so that the orbit without noise would be back in its ball.
        int steps = (AttackSteps + from.Orbit.Period - 1) / from.Orbit.Period * from.Orbit.Period;
        double[] a = from.Center, previous = [], secondPrevious;
        for (int t = 0; t < steps; t++)
        {
            double[] image = system.Image(a);
            double sign = alternates && t % 2 == 1 ? -noise : noise;
            for (int i = 0; i < image.Length; i++)
                image[i] += sign * direction[i];
            (a, previous, secondPrevious) = (image, a, previous);

            // The noise has period 2. Once the state does, too, only the parity of the remaining steps matters.
            if (a.AsSpan().SequenceEqual(secondPrevious))
                t = steps - 1 - ((steps - 1 - t) % 2);
        }

        TrappingBall? reached = sets.FindDestination(a, maximumSteps, out int _);
        return reached == from ? null : reached;
    }

    /// <summary>
    /// All corners of the cube in few dimensions; in more, those that point to the nearest attractors.
    /// </summary>
    private static IEnumerable<int[]> Directions(InvariantSets sets, TrappingBall from)
    {
        int n = from.Center.Length;
        if (n < 31 && 1 << n <= MaxCorners)
        {
            return Enumerable.Range(0, 1 << n)
                .Select(corner => Enumerable.Range(0, n).Select(i => (corner >> i & 1) == 0 ? -1 : 1).ToArray());
        }

        return sets.Balls.Where(ball => ball != from)
            .OrderBy(ball => PeriodicOrbit.Distance(ball.Center, from.Center))
            .Take(MaxTargets)
            .Select(to => to.Center.Zip(from.Center, (a, b) => a >= b ? 1 : -1).ToArray());
    }
}
