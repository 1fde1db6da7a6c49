using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The fixed points a = M(a), stable or not: invariant sets of one point (Definition 1). In one dimension all of those
/// in a box, by bracketing; in more by Newton's method from many starts in a box, which may miss some in it and find
/// others beyond.
/// </summary>
/// <param name="Orbits">The fixed points, stable ones first, then by their coordinates.</param>
/// <param name="IsComplete">Whether it is proved that there are no others in the box.</param>
/// <param name="NewtonStarts">Newton starts; 0 in one dimension.</param>
/// <param name="NotConverged">Starts from which Newton's method did not converge: not fixed points.</param>
/// <param name="SmallestResidual">The smallest ‖M(a) − a‖ at the end of one of those; NaN where none is finite.</param>
/// <param name="Undecided">
/// In one dimension: narrow intervals where the graph of M touches the diagonal so closely that rounding hides whether
/// there is a fixed point.
/// </param>
public sealed record FixedPoints(
    IReadOnlyList<PeriodicOrbit> Orbits,
    bool IsComplete,
    int NewtonStarts,
    int NotConverged,
    double SmallestResidual,
    IReadOnlyList<Interval> Undecided)
{
    /// <summary>The word of counters of random numbers that are of no cell of an experiment.</summary>
    internal const uint RandomWord = 4;

    /// <summary>Finds them.</summary>
    /// <param name="system">The system.</param>
    /// <param name="box">Where, n finite intervals.</param>
    /// <param name="starts">Newton starts in more than one dimension, beside the middle of the box.</param>
    /// <param name="seed">Of the starts.</param>
    /// <exception cref="ValidationException">The box is not as the system, or not finite.</exception>
    public static FixedPoints Find(
        DynamicalSystem system, IReadOnlyList<Interval> box, int starts = 400, ulong seed = 0)
    {
        if (box.Count != system.Dimension || !box.All(side => double.IsFinite(side.Width) && side.Lower <= side.Upper))
        {
            throw new ValidationException("", "box",
                $"a box of a system with {system.Dimension} variables has as many " +
                "sides, each from a finite number to one that is not smaller");
        }

        return system.Dimension == 1 ? FindOnInterval(system, box[0]) : FindByNewton(system, box, starts, seed);
    }

    /// <summary>Points spread over a box at random.</summary>
    public static IEnumerable<double[]> SampleUniform(IReadOnlyList<Interval> box, int count, ulong seed)
    {
        var random = new TrialRandom(seed, RandomWord, Trial: 0);
        for (int number = 0; number < count; number++)
        {
            UniformStream draws = random.CreateUniformStream(Purpose.StartingPoints, number);
            yield return [.. box.Select(side => draws.Next(side.Lower, side.Upper))];
        }
    }

    /// <summary>
    /// Adds an orbit unless it is there already: two are one where their points are as near as their errors allow,
    /// within 1e-9 and 1e-3 of their size.
    /// </summary>
    internal static bool TryAdd(List<PeriodicOrbit> orbits, PeriodicOrbit orbit)
    {
        if (orbits.Any(other
            => other.Period == orbit.Period
                && IsNear(other, orbit.Points[0], other.PositionError + orbit.PositionError)))
        {
            return false;
        }

        orbits.Add(orbit);
        return true;
    }

    /// <summary>With a fixed point that was found in another way.</summary>
    internal FixedPoints With(PeriodicOrbit orbit)
    {
        List<PeriodicOrbit> orbits = [.. Orbits];
        return orbit.Period == 1 && TryAdd(orbits, orbit) ? this with { Orbits = Sort(orbits) } : this;
    }

    /// <summary>Whether a point is one of an orbit, as far as an error allows to tell.</summary>
    internal static bool IsNear(PeriodicOrbit orbit, double[] point, double error)
    {
        double size = Math.Max(1.0, orbit.Points[0].Max(Math.Abs));
        double tolerance = Math.Clamp(4.0 * error, 1e-9 * size, 1e-3 * size);
        return orbit.Points.Any(other => PeriodicOrbit.Distance(other, point) <= tolerance);
    }

    private static FixedPoints FindOnInterval(DynamicalSystem system, Interval domain)
    {
        FixedPointBracketing.Result found = FixedPointBracketing.Find(system, domain);
        List<PeriodicOrbit> orbits = [.. found.Roots.Select(root => new PeriodicOrbit(system, [root], period: 1))];

        // Where the graph of M touches the diagonal there may be a fixed point with an eigenvalue of 1: if rounding
        // leaves no residual, it is called one, and marginal.
        foreach (Interval interval in found.Undecided)
        {
            NewtonSolver.Result result = NewtonSolver.Solve(system, [interval.Contains(0.0) ? 0.0 : interval.Midpoint],
                period: 1);
            if (result.HasConverged && interval.Contains(result.Point[0]))
                TryAdd(orbits, new PeriodicOrbit(system, result.Point, period: 1));
        }

        return new(
            Sort(orbits),
            IsComplete: found.Undecided.Count == 0,
            NewtonStarts: 0,
            NotConverged: 0,
            SmallestResidual: double.NaN,
            found.Undecided);
    }

    private static FixedPoints FindByNewton(
        DynamicalSystem system, IReadOnlyList<Interval> box, int starts, ulong seed)
    {
        var orbits = new List<PeriodicOrbit>();
        int failures = 0;
        double smallestResidual = double.NaN;
        double[] middle = [.. box.Select(side => side.Midpoint)];
        foreach (double[] start in SampleUniform(box, starts, seed).Prepend(middle))
        {
            NewtonSolver.Result result = NewtonSolver.Solve(system, start, period: 1);
            if (result.HasConverged)
            {
                // Most starts lead to a point that is known: found out before its eigenvalues are computed.
                if (!orbits.Any(known => IsNear(known, result.Point, known.PositionError)))
                    TryAdd(orbits, new PeriodicOrbit(system, result.Point, period: 1));
                continue;
            }

            failures++;
            if (double.IsFinite(result.Residual) && !(result.Residual >= smallestResidual))
                smallestResidual = result.Residual;
        }

        return new(Sort(orbits), IsComplete: false, starts + 1, failures, smallestResidual, []);
    }

    private static PeriodicOrbit[] Sort(IEnumerable<PeriodicOrbit> orbits)
        => [.. orbits.OrderBy(orbit => orbit.Stability).ThenBy(orbit => orbit.UnstableDirections)
            .ThenBy(orbit => orbit.Points[0], Comparer<double[]>.Create(Compare))];

    private static int Compare(double[] a, double[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i].CompareTo(b[i]) is var order && order != 0)
                return order;
        }

        return 0;
    }
}
