namespace LatchLab.Statistics;

/// <summary>Moments of a sample of values in a known range.</summary>
/// <param name="Count">n, at least 1.</param>
/// <param name="Mean">The mean; exactly the value if all values agree.</param>
/// <param name="Variance">
/// The variance with divisor n − 1; for a single value that of the widest distribution with its mean.
/// </param>
/// <param name="ThirdMoment">The third central moment, with divisor n.</param>
/// <param name="Minimum">The smallest possible value.</param>
/// <param name="Maximum">The largest possible value.</param>
/// <param name="LargestGap">The largest difference between neighbouring values in ascending order.</param>
internal readonly record struct BoundedSample(
    int Count, double Mean, double Variance, double ThirdMoment, double Minimum, double Maximum, double LargestGap)
{
    /// <summary>The sample with all signs reversed.</summary>
    public BoundedSample Mirrored
        => this with { Mean = -Mean, ThirdMoment = -ThirdMoment, Minimum = -Maximum, Maximum = -Minimum };

    /// <summary>Computes the moments; the order of the values does not change any bit.</summary>
    /// <param name="values">At least one value, each in the range.</param>
    /// <param name="minimum">The smallest possible value.</param>
    /// <param name="maximum">The largest possible value.</param>
    public static BoundedSample Compute(IEnumerable<double> values, double minimum, double maximum)
    {
        double[] sorted = [.. values.Order()];
        int n = sorted.Length;
        double mean = sorted[0] + (sorted.Sum(value => value - sorted[0]) / n);
        double squares = 0.0, cubes = 0.0, largestGap = 0.0;
        for (int i = 0; i < n; i++)
        {
            double deviation = sorted[i] - mean;
            squares += deviation * deviation;
            cubes += deviation * deviation * deviation;
            largestGap = i == 0 ? 0.0 : Math.Max(largestGap, sorted[i] - sorted[i - 1]);
        }

        double variance = n == 1 ? (maximum - mean) * (mean - minimum) : squares / (n - 1.0);
        return new(n, mean, variance, cubes / n, minimum, maximum, largestGap);
    }
}
