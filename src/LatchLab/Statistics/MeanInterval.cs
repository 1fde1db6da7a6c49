namespace LatchLab.Statistics;

/// <summary>
/// The mean of trials whose values lie in a known range, for example errors in 0 … 1 or paired differences of errors in
/// −1 … 1. Its score interval (<see cref="BoundedScoreInterval"/>) generalizes Wilson's interval of a proportion, with
/// Student's quantile for n − 1 degrees of freedom. Unlike Student's interval it accounts for rare values that have not
/// occurred: Student's errs on one side in up to half of the samples if 2 % of the trials fail. It is nearly
/// Student's for values that are spread over the range, and wider for values in a narrow part of it.
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

        BoundedSample sample = BoundedSample.Create(values, minimum, maximum);
        double quantile = ConfidenceLevel.StudentQuantile(confidence, Math.Max(1, values.Count - 1));
        (double below, double above) = BoundedScoreInterval.FindDistances(
            [sample], (sample.Mean - minimum, maximum - sample.Mean), quantile);
        return new(sample.Mean, Math.Max(minimum, sample.Mean - below), Math.Min(maximum, sample.Mean + above));
    }
}
