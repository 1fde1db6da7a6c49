namespace LatchLab.Experiments.Statistics;

/// <summary>The line of least squares through values at 0, 1, 2, …</summary>
public static class LineFit
{
    /// <summary>Its slope; NaN where fewer than two values are finite.</summary>
    /// <param name="values">[x]; those that are not finite, the logarithm of an underflow say, are left out.</param>
    public static double Slope(IReadOnlyList<double> values)
    {
        (double X, double Y)[] points =
            [.. values.Select((y, x) => ((double)x, y)).Where(point => double.IsFinite(point.y))];
        if (points.Length < 2)
            return double.NaN;
        double meanX = points.Average(point => point.X), meanY = points.Average(point => point.Y);
        return points.Sum(point => (point.X - meanX) * (point.Y - meanY))
            / points.Sum(point => (point.X - meanX) * (point.X - meanX));
    }
}
