namespace LatchLab.Dynamics;

/// <summary>
/// The other side of a certificate: a small noise that is seen to erase what a system holds. From an attractor the
/// state is pushed by the same noise at every step, or by one of alternating sign, in the direction of a corner; when
/// the noise ends the orbit goes to another attractor. No certificate for such a noise can tell these two apart.
/// </summary>
/// <param name="Noise">The size of the noise: the smallest found.</param>
/// <param name="Direction">±1 for each unit.</param>
/// <param name="Alternates">Whether it changes its sign at every step.</param>
/// <param name="From">The attractor that is left.</param>
/// <param name="To">The ball that is reached after it.</param>
public sealed record NoiseAttack(
    double Noise, IReadOnlyList<int> Direction, bool Alternates, TrappingBall From, TrappingBall To)
{
    private const int MaxCorners = 16;     // beyond, only directions towards the nearest attractors
    private const int MaxTargets = 4;
    private const int AttackSteps = 4096;          // steps of a push

    /// <summary>The smallest noise found that leads away from each attractor, for those where one does.</summary>
    /// <param name="system">The autonomous system.</param>
    /// <param name="sets">Its attractors.</param>
    /// <param name="maxNoise">The largest noise that is tried.</param>
    /// <param name="precision">Relative.</param>
    /// <param name="sources">The attractors that are to be left; null for all.</param>
    public static IEnumerable<NoiseAttack> FindForEach(
        DynamicalSystem system,
        InvariantSets sets,
        double maxNoise,
        double precision = 1e-6,
        IReadOnlyList<PeriodicOrbit>? sources = null)
        => sets.Balls.Where(from => sources is null || sources.Contains(from.Orbit))
            .Select(from => FindSmallest(system, sets, from, maxNoise, precision)).OfType<NoiseAttack>();

    private static NoiseAttack? FindSmallest(
        DynamicalSystem system, InvariantSets sets, TrappingBall from, double maxNoise, double precision)
    {
        NoiseAttack? best = null;
        foreach (int[] direction in Directions(sets, from))
        {
            foreach (bool alternates in (bool[])[false, true])
            {
                // What is worse than the best so far need not be made smaller.
                double high = best is null ? maxNoise : best.Noise * (1.0 - precision), low = 0.0;
                if (FindDestination(system, sets, from, direction, alternates, high) is not { } to)
                    continue;
                while (high - low > precision * high)
                {
                    double middle = low + (0.5 * (high - low));
                    if (FindDestination(system, sets, from, direction, alternates, middle) is { } reached)
                        (high, to) = (middle, reached);
                    else
                        low = middle;
                }

                best = new(high, direction, alternates, from, to);
            }
        }

        return best;
    }

    /// <summary>Where a push leads to, if it is another state than the orbit would be in without it.</summary>
    private static TrappingBall? FindDestination(
        DynamicalSystem system, InvariantSets sets, TrappingBall from, int[] direction, bool alternates, double noise)
    {
        // A whole number of periods, so that the undisturbed orbit would be back in its ball.
        int steps = (AttackSteps + from.Orbit.Period - 1) / from.Orbit.Period * from.Orbit.Period;
        double[] a = from.Center, previous = [], secondPrevious;
        for (int t = 0; t < steps; t++)
        {
            double[] image = system.Image(a);
            double sign = alternates && t % 2 == 1 ? -noise : noise;
            for (int i = 0; i < image.Length; i++)
                image[i] += sign * direction[i];
            (a, previous, secondPrevious) = (image, a, previous);

            // The noise repeats after two steps. Once the state does, too, all that matters of the rest is its parity.
            if (a.AsSpan().SequenceEqual(secondPrevious))
                t = steps - 1 - ((steps - 1 - t) % 2);
        }

        TrappingBall? reached = sets.FindDestination(a, 100_000, out int _);
        return reached == from ? null : reached;
    }

    /// <summary>
    /// All corners of the cube in few dimensions; in more those that point to the nearest attractors.
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
