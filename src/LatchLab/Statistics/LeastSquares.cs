namespace LatchLab.Statistics;

/// <summary>Least-squares regression of y on x with a straight line.</summary>
public static class LeastSquares
{
    /// <summary>The slope of the line through values at x = 0, 1, 2, …; NaN for fewer than two finite values.</summary>
    public static double ComputeSlope(IReadOnlyList<double> values)
        => ComputeSlope(values.Select((y, x) => ((double)x, y)));

    /// <summary>The slope of the line through the finite points; NaN for fewer than two of them.</summary>
    public static double ComputeSlope(IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] finite =
            [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        if (finite.Length < 2)
            return double.NaN;
        double meanX = finite.Average(point => point.X), meanY = finite.Average(point => point.Y);
        return finite.Sum(point => (point.X - meanX) * (point.Y - meanY))
            / finite.Sum(point => (point.X - meanX) * (point.X - meanX));
    }
}
