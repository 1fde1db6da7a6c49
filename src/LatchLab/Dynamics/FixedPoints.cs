using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The fixed points a = M(a) in a box, stable or not: invariant sets of one point (Definition 1). In one dimension all
/// of them, by bracketing; in more by Newton's method from many starts, which may miss some.
/// </summary>
/// <param name="Orbits">The fixed points, stable ones first, then by their coordinates.</param>
/// <param name="IsComplete">Whether it is proved that there are no others in the box.</param>
/// <param name="Starts">Newton starts; 0 in one dimension.</param>
/// <param name="NotConverged">Starts from which Newton's method did not converge: not fixed points.</param>
/// <param name="LeastResidual">The smallest ‖M(a) − a‖ at the end of one of those; NaN if there were none.</param>
/// <param name="Undecided">
/// In one dimension: narrow intervals where the graph of M touches the diagonal so closely that rounding hides whether
/// there is a fixed point.
/// </param>
public sealed record FixedPoints(
    IReadOnlyList<PeriodicOrbit> Orbits,
    bool IsComplete,
    int Starts,
    int NotConverged,
    double LeastResidual,
    IReadOnlyList<Interval> Undecided)
{
    /// <summary>The word of counters of random numbers that are of no cell of an experiment.</summary>
    internal const uint RandomWord = 4;

    /// <summary>Finds them.</summary>
    /// <param name="system">The system.</param>
    /// <param name="box">Where, n finite intervals.</param>
    /// <param name="starts">Newton starts in more than one dimension, beside the middle of the box.</param>
    /// <param name="seed">Of the starts.</param>
    public static FixedPoints Of(
        DynamicalSystem system, IReadOnlyList<Interval> box, int starts = 400, ulong seed = 0)
        => system.Dimension == 1 ? OnLine(system, box[0]) : FromStarts(system, box, starts, seed);

    /// <summary>Points spread over a box at random.</summary>
    internal static IEnumerable<double[]> Spread(IReadOnlyList<Interval> box, int count, ulong seed)
    {
        var random = new TrialRandom(seed, RandomWord, Trial: 0);
        for (int number = 0; number < count; number++)
        {
            UniformDraws draws = random.Uniforms(Purpose.StartingPoints, number);
            yield return [.. box.Select(side => draws.Next(side.Lower, side.Upper))];
        }
    }

    /// <summary>
    /// Adds an orbit unless it is there already: two are one where their points are as near as their errors allow.
    /// </summary>
    internal static bool AddNew(List<PeriodicOrbit> orbits, PeriodicOrbit orbit)
    {
        bool IsSame(PeriodicOrbit other)
        {
            double size = Math.Max(1.0, other.Points[0].Max(Math.Abs));
            double closeness = Math.Clamp(4.0 * (other.Error + orbit.Error), 1e-9 * size, 1e-3 * size);
            return other.Period == orbit.Period
                && other.Points.Any(point => PeriodicOrbit.Distance(point, orbit.Points[0]) <= closeness);
        }

        if (orbits.Any(IsSame))
            return false;
        orbits.Add(orbit);
        return true;
    }

    private static FixedPoints OnLine(DynamicalSystem system, Interval domain)
    {
        LineBracketing.Result found = LineBracketing.Search(system, domain);
        List<PeriodicOrbit> orbits = [.. found.Roots.Select(root => new PeriodicOrbit(system, [root], period: 1))];

        // Where the graph of M touches the diagonal there may be a fixed point with an eigenvalue of 1: if rounding
        // leaves no residual, it is called one, and marginal.
        foreach (Interval piece in found.Undecided)
        {
            Newton.Result result = Newton.Solve(system, [piece.Contains(0.0) ? 0.0 : piece.Midpoint], period: 1);
            if (result.Converged && piece.Contains(result.Point[0]))
                AddNew(orbits, new PeriodicOrbit(system, result.Point, period: 1));
        }

        return new(
            InOrder(orbits),
            IsComplete: found.Undecided.Count == 0,
            Starts: 0,
            NotConverged: 0,
            LeastResidual: double.NaN,
            found.Undecided);
    }

    private static FixedPoints FromStarts(
        DynamicalSystem system, IReadOnlyList<Interval> box, int starts, ulong seed)
    {
        var orbits = new List<PeriodicOrbit>();
        int failures = 0;
        double least = double.NaN;
        double[] middle = [.. box.Select(side => side.Midpoint)];
        foreach (double[] start in Spread(box, starts, seed).Prepend(middle))
        {
            Newton.Result result = Newton.Solve(system, start, period: 1);
            if (result.Converged)
            {
                // Most starts lead to a point that is known: found out before its eigenvalues are computed.
                if (!orbits.Any(known => PeriodicOrbit.Distance(known.Points[0], result.Point) <= known.Error))
                    AddNew(orbits, new PeriodicOrbit(system, result.Point, period: 1));
                continue;
            }

            failures++;
            if (!(result.Residual >= least))
                least = result.Residual;
        }

        return new(InOrder(orbits), IsComplete: false, starts + 1, failures, least, []);
    }

    private static PeriodicOrbit[] InOrder(IEnumerable<PeriodicOrbit> orbits)
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
