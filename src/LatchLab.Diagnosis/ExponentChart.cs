using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Diagnosis;

/// <summary>
/// The largest Lyapunov exponent λ of each attractor of a bifurcation diagram over the parameter: a curve for each
/// periodic attractor as long as it continues from value to value, also where it is marginal. Quasi-periodic or chaotic
/// orbits whose exponents agree within their errors are one point, at their mean: they are on one attractor, or on
/// several that are related by a symmetry.
/// </summary>
internal static class ExponentChart
{
    private const double LowestShare = 0.05; // of the exponents, which take at most a third of the height of the panel

    /// <summary>Creates the chart; null if no exponent is finite.</summary>
    public static Chart? CreateOrNull(IReadOnlyList<BifurcationColumn> diagram, Axis axis)
    {
        double halfColumn = 0.5 * (diagram[1].Value - diagram[0].Value);
        var curves = new List<List<DataPoint>>();
        Dictionary<object, List<DataPoint>> open = [];
        foreach ((int x, BifurcationColumn column) in diagram.Index())
        {
            DataPoint[] bifurcation = x == 0 ? [] : FindBifurcation(diagram[x - 1], column);
            Dictionary<object, List<DataPoint>> continued = [];
            foreach ((object key, double exponent) in GetExponents(column))
            {
                if (!open.TryGetValue(key, out List<DataPoint>? curve))
                    curves.Add(curve = key is int ? [.. bifurcation] : []);
                curve.Add(new(column.Value, exponent));
                continued.Add(key, curve);
            }

            open = continued;
        }

        return !curves.Exists(curve => curve.Exists(point => double.IsFinite(point.Y))) ? null : new(
            "", axis, new Axis("λ", Minimum: FindLowestShown(curves)),
            [
                new("λ of an attractor", SeriesKind.Path,
                    [.. curves.SelectMany(curve => Widen(curve, halfColumn).Append(new(double.NaN, double.NaN)))], 0),
                Series.CreateLevel("0", 0.0),
            ]);
    }

    /// <summary>
    /// The exponent of a marginal fixed point that becomes unstable or vanishes in the next column: the periodic
    /// attractors that begin there bifurcate from it. Empty if there is none.
    /// </summary>
    private static DataPoint[] FindBifurcation(BifurcationColumn column, BifurcationColumn next)
        =>
        [
            .. (from branch in column.Branches
                where branch.Kind == BranchKind.MarginalFixedPoint && double.IsFinite(branch.Exponent)
                    && next.Branches.All(after => after.Number != branch.Number)
                select new DataPoint(column.Value, branch.Exponent)).Take(1),
        ];

    /// <summary>What the chart does not show, as sentences with a space before each.</summary>
    public static string DescribeOmitted(IReadOnlyList<BifurcationColumn> diagram, Chart? chart)
    {
        int superstable = diagram.Count(column => column.Branches.Any(
            branch => branch.IsAttractor && double.IsNegativeInfinity(branch.Exponent)));
        int unknown = diagram.Count(column => column.Branches.Any(
            branch => branch.Number is not null && double.IsNaN(branch.Exponent)));
        int bounds = diagram.Count(column => column.Branches.Any(
            branch => branch.ExponentIsBound && double.IsFinite(branch.Exponent)));
        return (chart?.Y.Minimum is { } end ? $" It is drawn down to {NumberFormat.Short(end)}." : "")
            + (superstable == 0 ? ""
                : $" At {NumberFormat.WithNoun(superstable, "value")} an attractor has λ = −∞, because the " +
                    "derivative of one or several steps is 0, which is not drawn.")
            + (bounds == 0 ? ""
                : $" At {NumberFormat.WithNoun(bounds, "value")} an attractor is at a kink of a relu unit, and λ is " +
                    "a bound: that of the slowest of its sides.")
            + (unknown == 0 ? ""
                : $" At {NumberFormat.WithNoun(unknown, "value")} λ of a marginal fixed point is not known, because " +
                    "of rounding or a kink, and is not drawn.");
    }

    /// <summary>
    /// The exponents of a column with a key that is the same in the next column if the curve continues: the number of
    /// a periodic attractor or marginal fixed point; the kind, number and rank of the distinct exponents of other
    /// orbits.
    /// </summary>
    private static IEnumerable<(object Key, double Exponent)> GetExponents(BifurcationColumn column)
        => column.Branches.Where(branch => branch.Number is not null && !double.IsNaN(branch.Exponent))
            .Select(branch => ((object)branch.Number!.Value, branch.Exponent))
            .Concat(
                from branch in column.Branches
                where branch.IsAttractor && branch.Number is null
                group branch by branch.Kind into same
                let distinct = MergeEqual([.. same.OrderBy(branch => branch.Exponent)])
                from entry in distinct.Index()
                select ((object)(same.Key, distinct.Count, entry.Index), entry.Item));

    /// <summary>The means of exponents that agree with the next one within their errors.</summary>
    private static List<double> MergeEqual(Branch[] ascending)
    {
        var means = new List<double>();
        for (int first = 0, last; first < ascending.Length; first = last + 1)
        {
            last = first;
            while (last + 1 < ascending.Length && ascending[last + 1].Exponent - ascending[last + 1].ExponentError
                <= ascending[last].Exponent + ascending[last].ExponentError)
                last++;
            means.Add(ascending[first..(last + 1)].Average(branch => branch.Exponent));
        }

        return means;
    }

    /// <summary>A curve of one value as a line of the width of its column.</summary>
    private static List<DataPoint> Widen(List<DataPoint> curve, double halfColumn)
        => curve is [var only] ? [new(only.X - halfColumn, only.Y), new(only.X + halfColumn, only.Y)] : curve;

    /// <summary>The lower end of the axis, above the few lowest exponents, near a derivative of 0; or null.</summary>
    private static double? FindLowestShown(List<List<DataPoint>> curves)
    {
        double[] ascending =
            [.. curves.SelectMany(curve => curve).Select(point => point.Y).Where(double.IsFinite).Order()];
        if (ascending.Length == 0)
            return null;
        double low = ascending[(int)(LowestShare * ascending.Length)];
        double end = low - (0.5 * (Math.Max(0.0, ascending[^1]) - low));
        return ascending[0] < end ? end : null;
    }
}
