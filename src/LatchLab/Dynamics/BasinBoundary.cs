namespace LatchLab.Dynamics;

/// <summary>
/// The boundary between two basins: a point of it by bisection between two starts with different fates, and the orbit
/// that stays on it, by bisecting again before its two companions part (Skufca, Yorke and Eckhardt 2006). That orbit
/// leads to the edge state, in general a saddle. All states are activations.
/// </summary>
/// <param name="system">The system.</param>
/// <param name="sets">Its attractors.</param>
/// <param name="mostSteps">Steps after which a start counts as undecided, which is on neither side.</param>
public sealed class BasinBoundary(DynamicalSystem system, InvariantSets sets, int mostSteps = 10_000)
{
    // Relative distances: at which the companions of an orbit are bisected again, until where (at neighbouring numbers
    // the rounding of a step could put both on one side), and until where without an orbit.
    private const double Apart = 1e-7, Near = 1e-11, Nearest = 1e-16;

    /// <summary>
    /// Two points on the segment between two starts, one on each side of the boundary, within 1e-16 of the larger of 1
    /// and their size, or as near as numbers allow.
    /// </summary>
    /// <param name="one">A start.</param>
    /// <param name="other">A start with another fate.</param>
    /// <exception cref="InputException">Both have the same fate, or one of them has none.</exception>
    public (double[] One, double[] Other) Bisect(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        TrappingBall fateOfOne = DifferentFate(one, other);
        return Bisected(one.ToArray(), other.ToArray(), fateOfOne, Nearest);
    }

    /// <summary>
    /// An orbit that stays within a relative distance of 1e-7 of the boundary, [t], from t = 0 on; it ends before its
    /// steps are made if rounding has lost the boundary.
    /// </summary>
    /// <param name="one">A start.</param>
    /// <param name="other">A start with another fate.</param>
    /// <param name="steps">How far to follow it.</param>
    /// <exception cref="InputException">As for <see cref="Bisect"/>.</exception>
    public IReadOnlyList<double[]> Track(ReadOnlySpan<double> one, ReadOnlySpan<double> other, int steps)
    {
        (double[] a, double[] b) = Bisected(one.ToArray(), other.ToArray(), DifferentFate(one, other), Near);
        var orbit = new List<double[]> { a };
        while (orbit.Count <= steps)
        {
            (a, b) = (system.Image(a), system.Image(b));
            if (Separation(a, b) > Apart)
            {
                TrappingBall? fateOfA = Fate(a);
                if (Fate(b) == fateOfA)
                    break;
                (a, b) = Bisected(a, b, fateOfA, Near);
            }

            orbit.Add(a);
        }

        return orbit;
    }

    private TrappingBall DifferentFate(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        if (Fate(one) is not { } fate || Fate(other) is not { } otherFate)
            throw new InputException("", "start", "reaches no attractor: give two starts that reach different ones");
        return fate != otherFate
            ? fate
            : throw new InputException("", "start", "both starts reach the same attractor: give two that reach others");
    }

    /// <summary>
    /// Closes in. A middle that reaches neither attractor is the boundary itself or belongs to a third basin: it counts
    /// as the other side.
    /// </summary>
    private (double[] One, double[] Other) Bisected(double[] a, double[] b, TrappingBall? fateOfA, double until)
    {
        while (Separation(a, b) > until && Middle(a, b) is { } middle)
        {
            if (Fate(middle) == fateOfA)
                a = middle;
            else
                b = middle;
        }

        return (a, b);
    }

    private static double Separation(double[] a, double[] b)
        => PeriodicOrbit.Distance(a, b) / Math.Max(1.0, a.Max(Math.Abs));

    private TrappingBall? Fate(ReadOnlySpan<double> start) => sets.Destination(start, mostSteps, out _);

    /// <summary>The middle of a segment; null where no number lies between its ends.</summary>
    private static double[]? Middle(double[] a, double[] b)
    {
        double[] middle = [.. a.Zip(b, (x, y) => x + (0.5 * (y - x)))];
        return middle.AsSpan().SequenceEqual(a) || middle.AsSpan().SequenceEqual(b) ? null : middle;
    }
}
