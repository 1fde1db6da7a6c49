using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The fixed points a = M(a), stable or not: invariant sets of one point (Definition 1). In one dimension, bracketing
/// finds all of them in a box. In more dimensions, Newton's method from many starts in a box may miss some and may find
/// others outside.
/// </summary>
/// <param name="Orbits">The fixed points, stable ones first, then by their coordinates.</param>
/// <param name="IsComplete">Whether it is proved that there are no others in the box.</param>
/// <param name="NewtonStarts">Number of Newton starts; 0 in one dimension.</param>
/// <param name="NotConverged">Number of starts from which Newton's method did not converge.</param>
/// <param name="SmallestResidual">The smallest ‖M(a) − a‖ at the end of those runs; NaN if none is finite.</param>
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
    /// <summary>The word of the random-number counter that no configuration of an experiment uses.</summary>
    internal const uint RandomWord = 4;

    /// <summary>Finds the fixed points.</summary>
    /// <param name="system">The system.</param>
    /// <param name="box">The box to search, n finite intervals.</param>
    /// <param name="starts">
    /// Number of Newton starts in more than one dimension, in addition to the centre of the box.
    /// </param>
    /// <param name="seed">Seed of the starts.</param>
    /// <exception cref="ValidationException">
    /// The dimension of the box is not that of the system, or the box is not finite.
    /// </exception>
    public static FixedPoints Find(
        DynamicalSystem system, IReadOnlyList<Interval> box, int starts = 400, ulong seed = 0)
    {
        if (box.Count != system.Dimension || !box.All(side => double.IsFinite(side.Width) && side.Lower <= side.Upper))
        {
            throw new ValidationException("", "box",
                $"the box of a system with {system.Dimension} variables needs as many sides, " +
                "each from a finite number to one that is not smaller");
        }

        return system.Dimension == 1 ? FindOnInterval(system, box[0]) : FindByNewton(system, box, starts, seed);
    }

    /// <summary>Random points, uniform in a box.</summary>
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
    /// Adds an orbit unless the list contains it. Two orbits are equal if their points are as close as their errors
    /// allow, with a tolerance between 1e-9 and 1e-3 of their magnitude.
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

    /// <summary>Returns these fixed points together with one that was found by another method.</summary>
    internal FixedPoints With(PeriodicOrbit orbit)
    {
        List<PeriodicOrbit> orbits = [.. Orbits];
        return orbit.Period == 1 && TryAdd(orbits, orbit) ? this with { Orbits = Sort(orbits) } : this;
    }

    /// <summary>
    /// Returns these fixed points together with those that Newton's method finds from further starts.
    /// </summary>
    internal FixedPoints WithPointsFrom(DynamicalSystem system, IEnumerable<double[]> starts)
    {
        FixedPoints known = this;
        foreach (double[] start in starts)
        {
            NewtonSolver.Result result = NewtonSolver.Solve(system, start, period: 1);
            if (result.HasConverged && !known.Orbits.Any(orbit => IsNear(orbit, result.Point, orbit.PositionError)))
                known = known.With(new PeriodicOrbit(system, result.Point, period: 1));
        }

        return known;
    }

    /// <summary>Whether a point belongs to an orbit, within an error.</summary>
    public static bool IsNear(PeriodicOrbit orbit, double[] point, double error)
    {
        double size = Math.Max(1.0, orbit.Points[0].Max(Math.Abs));
        double tolerance = Math.Clamp(4.0 * error, 1e-9 * size, 1e-3 * size);
        return orbit.Points.Any(other => PeriodicOrbit.Distance(other, point) <= tolerance);
    }

    private static FixedPoints FindOnInterval(DynamicalSystem system, Interval domain)
    {
        FixedPointBracketing.Result found = FixedPointBracketing.Find(system, domain);
        List<PeriodicOrbit> orbits = [.. found.Roots.Select(root => new PeriodicOrbit(system, [root], period: 1))];

        // Where the graph of M touches the diagonal, there may be a fixed point with an eigenvalue of 1. If the
        // residual is within rounding errors, it counts as a marginal fixed point.
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
                // Most starts lead to a known point: test this before computing its eigenvalues.
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
