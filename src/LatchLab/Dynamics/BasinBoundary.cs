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
    private const double Apart = 1e-7; // relative distance at which the companions are bisected again

    /// <summary>
    /// Two points on the segment between two starts, one on each side of the boundary, as near as numbers allow.
    /// </summary>
    /// <param name="one">A start.</param>
    /// <param name="other">A start with another fate.</param>
    /// <exception cref="InputException">Both have the same fate, or one of them has none.</exception>
    public (double[] One, double[] Other) Bisect(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        double[] a = one.ToArray(), b = other.ToArray();
        TrappingBall? fateOfA = Fate(a), fateOfB = Fate(b);
        if (fateOfA is null || fateOfB is null)
            throw new InputException("", "start", "reaches no attractor: give two starts that reach different ones");
        if (fateOfA == fateOfB)
            throw new InputException("", "start", "both starts reach the same attractor: give two that reach others");
        return Bisected(a, b, fateOfA);
    }

    /// <summary>An orbit that stays on the boundary, [t], from t = 0 on.</summary>
    /// <param name="one">A start.</param>
    /// <param name="other">A start with another fate.</param>
    /// <param name="steps">How far to follow it.</param>
    /// <exception cref="InputException">As for <see cref="Bisect"/>.</exception>
    public IReadOnlyList<double[]> Track(ReadOnlySpan<double> one, ReadOnlySpan<double> other, int steps)
    {
        (double[] a, double[] b) = Bisect(one, other);
        var orbit = new List<double[]> { a };
        for (int t = 0; t < steps; t++)
        {
            (a, b) = (system.Image(a), system.Image(b));
            TrappingBall? fateOfA = Fate(a);
            if (PeriodicOrbit.Distance(a, b) > Apart * Math.Max(1.0, a.Max(Math.Abs)) && Fate(b) != fateOfA)
                (a, b) = Bisected(a, b, fateOfA);
            orbit.Add(a);
        }

        return orbit;
    }

    /// <summary>
    /// Closes in. A middle that reaches neither attractor is the boundary itself or belongs to a third basin: it counts
    /// as the other side.
    /// </summary>
    private (double[] One, double[] Other) Bisected(double[] a, double[] b, TrappingBall? fateOfA)
    {
        while (Middle(a, b) is { } middle)
        {
            if (Fate(middle) == fateOfA)
                a = middle;
            else
                b = middle;
        }

        return (a, b);
    }

    private TrappingBall? Fate(double[] start) => sets.Destination(start, mostSteps, out _);

    /// <summary>The middle of a segment; null where no number lies between its ends.</summary>
    private static double[]? Middle(double[] a, double[] b)
    {
        double[] middle = [.. a.Zip(b, (x, y) => x + (0.5 * (y - x)))];
        return middle.AsSpan().SequenceEqual(a) || middle.AsSpan().SequenceEqual(b) ? null : middle;
    }
}
