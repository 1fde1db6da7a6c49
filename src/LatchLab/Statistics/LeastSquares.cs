namespace LatchLab.Statistics;

/// <summary>The straight line through points that has the least sum of squared vertical distances.</summary>
public static class LeastSquares
{
    /// <summary>Its slope over values at 0, 1, 2, …, as below.</summary>
    public static double ComputeSlope(IReadOnlyList<double> values)
        => ComputeSlope(values.Select((y, x) => ((double)x, y)));

    /// <summary>Its slope over the points that are finite; NaN where they are fewer than two.</summary>
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
