using LatchLab.Foundation;

namespace LatchLab.Dynamics;

/// <summary>
/// The boundary between two basins. <see cref="Bisect"/> finds a point of it by bisection between two starts that reach
/// different attractors. <see cref="Track"/> follows an orbit that stays on it: two close orbits, one on each side, are
/// bisected again before they separate (Skufca, Yorke and Eckhardt 2006). That orbit leads to the edge state, in
/// general a saddle. All states are activations.
/// </summary>
/// <param name="system">The system.</param>
/// <param name="sets">Its attractors.</param>
/// <param name="maxSteps">
/// Number of steps after which a start counts as undecided. It is then on neither side, so that a boundary that orbits
/// leave slowly is known only to lie between the last starts that are decided.
/// </param>
public sealed class BasinBoundary(DynamicalSystem system, InvariantSets sets, int maxSteps = 10_000)
{
    /// <summary>
    /// The largest distance of a tracked state from the boundary, relative to the larger of 1 and its magnitude: two
    /// close orbits that are farther apart are bisected again.
    /// </summary>
    public const double TrackingDistance = 1e-7;

    /// <summary>
    /// The relative distance at which that bisection ends, and so the error of the first tracked state: at adjacent
    /// numbers the rounding of a step could move both to one side.
    /// </summary>
    public const double TrackingTolerance = 1e-11;

    private const double BisectionTolerance = 1e-16; // the relative distance at which the bisection of two starts ends

    /// <summary>
    /// Finds two points on the segment between two starts, one on each side of the boundary. Their distance is at most
    /// 1e-16 times the larger of 1 and their magnitude, or the smallest that floating-point numbers allow; it is larger
    /// if the starts between them are undecided.
    /// </summary>
    /// <param name="first">A start.</param>
    /// <param name="second">A start that reaches a different attractor.</param>
    /// <exception cref="ValidationException">
    /// Both starts reach the same attractor, or one of them reaches none.
    /// </exception>
    public (double[] One, double[] Other) Bisect(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        TrappingBall firstDestination = RequireDifferentAttractors(first, second);
        return BisectUntil(first.ToArray(), second.ToArray(), firstDestination, BisectionTolerance);
    }

    /// <summary>
    /// Follows an orbit that stays within <see cref="TrackingDistance"/> of the boundary, [t], from t = 0 on: two close
    /// orbits in rounded arithmetic, which reach different attractors, so that the boundary crosses the segment between
    /// them at every step. The result is shorter than requested if no two states on different sides are left. If
    /// undecided starts separate the two sides by more, the orbit is that of the point between them, which is too slow
    /// to leave the boundary.
    /// </summary>
    /// <remarks>
    /// An orbit without bisection leaves the boundary after some log(1/ε)/log μ steps, ε = 2⁻⁵³, if the distance from
    /// it grows by μ per step. The states found here are displaced by up to that distance at each bisection; gradients
    /// along them are <see cref="DrivenOrbit.AlongStates"/>.
    /// </remarks>
    /// <param name="first">A start.</param>
    /// <param name="second">A start that reaches a different attractor.</param>
    /// <param name="steps">Number of steps to follow it.</param>
    /// <exception cref="ValidationException">As for <see cref="Bisect"/>.</exception>
    public IReadOnlyList<double[]> Track(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int steps)
    {
        (double[] a, double[] b) = BisectUntil(first.ToArray(), second.ToArray(),
            RequireDifferentAttractors(first, second), TrackingTolerance);
        bool isResolved = Separation(a, b) <= TrackingDistance;
        a = isResolved ? a : Midpoint(a, b)!;
        var orbit = new List<double[]> { a };
        while (orbit.Count <= steps)
        {
            (a, b) = (system.Image(a), system.Image(b));
            if (!isResolved)
            {
                orbit.Add(a);
                continue;
            }

            if (Separation(a, b) > TrackingDistance)
            {
                TrappingBall? destinationOfA = FindDestination(a);
                if (FindDestination(b) == destinationOfA)
                    break;
                (a, b) = BisectUntil(a, b, destinationOfA, TrackingTolerance);
                isResolved = Separation(a, b) <= TrackingDistance;
                a = isResolved ? a : Midpoint(a, b)!;
            }

            orbit.Add(a);
        }

        return orbit;
    }

    private TrappingBall RequireDifferentAttractors(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (FindDestination(first) is not { } destination || FindDestination(second) is not { } otherDestination)
            throw new ValidationException("", "start",
                "reaches no attractor: give two starts that reach different ones");
        return destination != otherDestination
            ? destination
            : throw new ValidationException("", "start",
                "both starts reach the same attractor: give two that reach different ones");
    }

    /// <summary>
    /// Bisects until the distance is within the tolerance. A midpoint in a third basin counts as the other side. An
    /// undecided one does so, too, if the start as far beyond it is decided: it is then on the boundary. Otherwise the
    /// other end of the undecided starts is found by another bisection.
    /// </summary>
    private (double[] One, double[] Other) BisectUntil(double[] a, double[] b, TrappingBall? destinationOfA,
        double tolerance)
    {
        double[] decided = b;
        while (Separation(a, b) > tolerance && Midpoint(a, b) is { } middle)
        {
            TrappingBall? destination = FindDestination(middle);
            if (destination == destinationOfA)
                a = middle;
            else
                b = middle;
            if (destination is not null && destination != destinationOfA)
                decided = middle;
        }

        if (ReferenceEquals(b, decided) || IsDecided([.. b.Zip(a, (to, from) => to + (to - from))], destinationOfA))
            return (a, b);
        while (Separation(b, decided) > tolerance && Midpoint(b, decided) is { } middle)
        {
            if (IsDecided(middle, destinationOfA))
                decided = middle;
            else
                b = middle;
        }

        return (a, decided);
    }

    private bool IsDecided(double[] start, TrappingBall? other)
        => FindDestination(start) is { } destination && destination != other;

    private static double Separation(double[] a, double[] b)
        => PeriodicOrbit.Distance(a, b) / Math.Max(1.0, a.Max(Math.Abs));

    private TrappingBall? FindDestination(ReadOnlySpan<double> start) => sets.FindDestination(start, maxSteps, out _);

    /// <summary>The midpoint of a segment; null if no number lies between its ends.</summary>
    private static double[]? Midpoint(double[] a, double[] b)
    {
        double[] middle = [.. a.Zip(b, (x, y) => x + (0.5 * (y - x)))];
        return middle.AsSpan().SequenceEqual(a) || middle.AsSpan().SequenceEqual(b) ? null : middle;
    }
}
