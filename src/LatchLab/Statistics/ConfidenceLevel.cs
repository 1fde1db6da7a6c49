namespace LatchLab.Statistics;

/// <summary>The confidence of a two-sided, equal-tailed interval.</summary>
internal static class ConfidenceLevel
{
    /// <summary>(1 − confidence)/2: the probability on either side of the interval.</summary>
    /// <param name="confidence">At least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside this range.</exception>
    public static double TailProbability(double confidence)
        => confidence is >= 0.0 and < 1.0
            ? 0.5 * (1.0 - confidence)
            : throw new ArgumentOutOfRangeException(
                nameof(confidence), confidence, "A confidence is at least 0 and below 1.");

    /// <summary>The normal quantile z of the interval: P(|N| ≤ z) is the confidence.</summary>
    /// <param name="confidence">At least 0 and below 1.</param>
    public static double NormalQuantile(double confidence)
        => -NormalDistribution.Quantile(TailProbability(confidence));

    /// <summary>Student's quantile t of the interval: P(|T| ≤ t) is the confidence.</summary>
    /// <param name="confidence">At least 0 and below 1.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double StudentQuantile(double confidence, double degreesOfFreedom)
        => -StudentDistribution.Quantile(TailProbability(confidence), degreesOfFreedom);
}
