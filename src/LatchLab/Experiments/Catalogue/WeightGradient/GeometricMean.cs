using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.WeightGradient;

/// <summary>
/// The geometric mean of positive numbers over many sequences, with its interval: sizes that differ by orders of
/// magnitude have no other mean that speaks for all of them.
/// </summary>
internal static class GeometricMean
{
    /// <summary>Resamples behind an interval that is only drawn; those of verdicts have more.</summary>
    private const int DrawnResamples = 399;

    /// <summary>The mean as a point of a curve; one without a place on a logarithm where a number is 0.</summary>
    public static DataPoint Of(double x, IEnumerable<double> sizes, ulong seed)
    {
        double[] logarithms = [.. sizes.Select(size => Scalar.Log(new Scalar(size)).Value)];
        if (!logarithms.All(double.IsFinite))
            return new(x, double.NaN);
        Bootstrap mean = Bootstrap.OfMean(logarithms, seed, DrawnResamples);
        return new(x, Exp(mean.Estimate), Exp(mean.Lower), Exp(mean.Upper));
    }

    /// <summary>A curve as rows: series, x, geometric mean, its interval.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(Series series)
        => series.Points.Select(point => (IReadOnlyList<string>)
        [
            series.Name,
            Table.Number(point.X),
            Table.Number(point.Y),
            Table.Number(point.Lower),
            Table.Number(point.Upper),
        ]);

    private static double Exp(double logarithm) => Scalar.Exp(new Scalar(logarithm)).Value;
}
