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
/// <param name="maxSteps">Number of steps after which a start counts as undecided; it is then on neither side.</param>
public sealed class BasinBoundary(DynamicalSystem system, InvariantSets sets, int maxSteps = 10_000)
{
    /// <summary>
    /// The largest distance of a tracked state from the boundary, relative to the larger of 1 and its magnitude: two
    /// close orbits that are farther apart are bisected again.
    /// </summary>
    public const double TrackingDistance = 1e-7;

    // Relative distances: where that bisection ends (at adjacent numbers, the rounding of a step could move both to one
    // side); where the bisection of two starts ends.
    private const double TrackingTolerance = 1e-11, BisectionTolerance = 1e-16;

    /// <summary>
    /// Finds two points on the segment between two starts, one on each side of the boundary. Their distance is at most
    /// 1e-16 times the larger of 1 and their magnitude, or the smallest that floating-point numbers allow.
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
    /// them at every step. The result is shorter than requested if no two states on different sides are left, because
    /// one of them reached no attractor within the step limit.
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
        var orbit = new List<double[]> { a };
        while (orbit.Count <= steps)
        {
            (a, b) = (system.Image(a), system.Image(b));
            if (Separation(a, b) > TrackingDistance)
            {
                TrappingBall? destinationOfA = FindDestination(a);
                if (FindDestination(b) == destinationOfA)
                    break;
                (a, b) = BisectUntil(a, b, destinationOfA, TrackingTolerance);
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
    /// Bisects until the distance is within the tolerance. A midpoint that reaches neither attractor is on the boundary
    /// or in a third basin; it counts as the other side.
    /// </summary>
    private (double[] One, double[] Other) BisectUntil(double[] a, double[] b, TrappingBall? destinationOfA,
        double tolerance)
    {
        while (Separation(a, b) > tolerance && Midpoint(a, b) is { } middle)
        {
            if (FindDestination(middle) == destinationOfA)
                a = middle;
            else
                b = middle;
        }

        return (a, b);
    }

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
