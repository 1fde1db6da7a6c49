namespace LatchLab.Statistics;

/// <summary>
/// The mean of trials whose values lie in a known range, for example errors in 0 … 1 or paired differences of errors in
/// −1 … 1, with Student's interval, limited to the range. If all values agree, their spread is unknown, and the
/// interval is Wilson's, scaled to the range: that of the widest distribution with this mean.
/// </summary>
public static class MeanInterval
{
    /// <summary>Estimates the mean; unknown without values.</summary>
    /// <param name="values">The values of the trials, in any order.</param>
    /// <param name="confidence">At least 0 and below 1; two-sided.</param>
    /// <param name="minimum">The smallest possible value, finite.</param>
    /// <param name="maximum">The largest possible value, finite and above <paramref name="minimum"/>.</param>
    /// <exception cref="ArgumentException">A value is NaN or outside the range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range or the confidence is invalid.</exception>
    public static Estimate Compute(
        IReadOnlyList<double> values, double confidence, double minimum, double maximum)
    {
        double range = maximum - minimum;
        if (!(range > 0.0 && double.IsFinite(range)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(maximum), maximum, $"The maximum is finite and above the minimum, {minimum}.");
        }

        if (!values.All(value => value >= minimum && value <= maximum))
            throw new ArgumentException($"A value is not in {minimum} … {maximum}.", nameof(values));
        if (values.Count == 0)
            return Estimate.Unknown;

        double n = values.Count, mean = minimum + (values.Sum(value => value - minimum) / n);
        if (values.All(value => value == values[0]))
        {
            mean = values[0];
            (double lower, double upper) =
                Proportion.ComputeWilsonInterval((mean - minimum) / range * n, n, confidence);
            return new(mean, minimum + (lower * range), minimum + (upper * range));
        }

        double variance = values.Sum(value => (value - mean) * (value - mean)) / (n - 1.0);
        double halfWidth = ConfidenceLevel.StudentQuantile(confidence, n - 1.0) * Math.Sqrt(variance / n);
        return new(mean, Math.Max(minimum, mean - halfWidth), Math.Min(maximum, mean + halfWidth));
    }
}
