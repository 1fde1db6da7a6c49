namespace LatchLab.Statistics;

/// <summary>
/// The restricted mean of presentations (Irwin 1949): the mean of min(presentations, limit). It is defined also where
/// trials end at a budget, as long as the limit does not exceed the budget.
/// </summary>
public static class RestrictedMean
{
    /// <summary>Estimates the restricted mean with the interval of <see cref="MeanInterval"/>.</summary>
    /// <param name="presentations">Of each trial, at least 0; +∞ for a trial that ended at its budget.</param>
    /// <param name="limit">The limit, above 0 and finite.</param>
    /// <param name="confidence">At least 0 and below 1; two-sided.</param>
    /// <exception cref="ArgumentException">A number of presentations is NaN or below 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit or the confidence is invalid.</exception>
    public static Estimate Compute(IReadOnlyList<double> presentations, double limit, double confidence)
    {
        if (!(limit > 0.0 && double.IsFinite(limit)))
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit is above 0 and finite.");
        return MeanInterval.Compute(
            [.. presentations.Select(value => Math.Min(value, limit))], confidence, 0.0, limit);
    }
}
