using LatchLab.Figures;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;

namespace LatchLab.Paper.WeightGradient;

/// <summary>
/// The geometric mean of positive numbers over many sequences, with its interval. It suits values that differ by orders
/// of magnitude, whose arithmetic mean is dominated by the largest.
/// </summary>
internal static class GeometricMean
{
    /// <summary>
    /// The number of resamples of an interval that is only drawn; the intervals of verdicts use more.
    /// </summary>
    private const int FigureResamples = 399;

    private static readonly TableColumns<(string Series, DataPoint Point)> Columns = new(
        ("series", row => row.Series),
        ("x", row => row.Point.X),
        ("geometric_mean", row => row.Point.Y),
        ("lower_95", row => row.Point.Lower),
        ("upper_95", row => row.Point.Upper));

    /// <summary>Computes the mean as a point of a curve; NaN if a value is 0, which has no logarithm.</summary>
    public static DataPoint Compute(double x, IEnumerable<double> values, ulong seed)
    {
        double[] logarithms = [.. values.Select(value => Elementary.Log(value))];
        if (!logarithms.All(double.IsFinite))
            return new(x, double.NaN);
        BootstrapInterval mean = BootstrapInterval.EstimateMean(logarithms, seed, FigureResamples);
        return new(x, Elementary.Exp(mean.Estimate), Elementary.Exp(mean.Lower), Elementary.Exp(mean.Upper));
    }

    public static Table CreateTable(IEnumerable<Series> curves)
        => Columns.CreateTable(from series in curves from point in series.Points select (series.Name, point));
}
