using LatchLab.Figures;
using LatchLab.Numerics;
using LatchLab.Statistics;

namespace LatchLab.Paper.WeightGradient;

/// <summary>
/// The geometric mean of positive numbers over many sequences, with its interval: sizes that differ by orders of
/// magnitude have no other mean that speaks for all of them.
/// </summary>
internal static class GeometricMean
{
    /// <summary>Resamples behind an interval that is only drawn; those of verdicts have more.</summary>
    private const int FigureResamples = 399;

    /// <summary>The mean as a point of a curve; one without a place on a logarithm where a number is 0.</summary>
    public static DataPoint Compute(double x, IEnumerable<double> values, ulong seed)
    {
        double[] logarithms = [.. values.Select(value => Scalar.Log(new Scalar(value)).Value)];
        if (!logarithms.All(double.IsFinite))
            return new(x, double.NaN);
        BootstrapInterval mean = BootstrapInterval.EstimateMean(logarithms, seed, FigureResamples);
        return new(x, Exp(mean.Estimate), Exp(mean.Lower), Exp(mean.Upper));
    }

    /// <summary>A curve as rows: series, x, geometric mean, its interval.</summary>
    public static IEnumerable<IReadOnlyList<string>> CreateRows(Series series)
        => series.Points.Select(point => (IReadOnlyList<string>)
        [
            series.Name,
            Table.FormatNumber(point.X),
            Table.FormatNumber(point.Y),
            Table.FormatNumber(point.Lower),
            Table.FormatNumber(point.Upper),
        ]);

    private static double Exp(double logarithm) => Scalar.Exp(new Scalar(logarithm)).Value;
}
