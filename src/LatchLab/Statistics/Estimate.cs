namespace LatchLab.Statistics;

/// <summary>
/// An estimate with its 95 % confidence interval. Every command and figure that summarizes the outcomes of trials
/// computes its intervals here (frequencies alone by <see cref="Proportion"/>, which this uses), so that the same
/// trials have the same interval everywhere. The unit of analysis is the trial.
/// </summary>
/// <param name="Value">The estimate; NaN if unknown.</param>
/// <param name="Lower">The lower end of the interval.</param>
/// <param name="Upper">The upper end of the interval; +∞ if there is no upper bound.</param>
public readonly record struct Estimate(double Value, double Lower, double Upper)
{
    /// <summary>An unknown quantity.</summary>
    public static Estimate Unknown { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>Whether the quantity is known only to be at least <see cref="Value"/>.</summary>
    public bool IsCensored { get; init; }

    /// <summary>A proportion with Wilson's interval; unknown without trials.</summary>
    public static Estimate OfProportion(long successes, long trials)
    {
        if (trials == 0)
            return Unknown;
        (double lower, double upper) = Proportion.ComputeWilsonInterval(successes, trials);
        return new((double)successes / trials, lower, upper);
    }

    /// <summary>
    /// The mean over trials of the share k/m of incorrect sequences, from the sums of k and k². The interval is
    /// Student's, limited to 0 … 1. If all trials agree, their spread is unknown, and the interval is Wilson's with the
    /// mean as the frequency: that of the widest distribution with this mean. Unknown without trials.
    /// </summary>
    /// <param name="sum">Σk.</param>
    /// <param name="sumOfSquares">Σk².</param>
    /// <param name="trials">The number of trials.</param>
    /// <param name="sequences">m, the number of sequences of a trial.</param>
    public static Estimate OfMeanShare(long sum, long sumOfSquares, long trials, int sequences)
    {
        if (trials == 0)
            return Unknown;
        double mean = (double)sum / trials / sequences;
        Int128 scaledDeviations = ((Int128)trials * sumOfSquares) - ((Int128)sum * sum); // n·Σ(k − mean)², exactly
        if (scaledDeviations == 0)
        {
            (double lower, double upper) = Proportion.ComputeWilsonInterval((double)sum / sequences, trials);
            return new(mean, lower, upper);
        }

        double variance = (double)scaledDeviations / trials / (trials - 1);
        double halfWidth = StudentDistribution.TwoSided95Quantile(trials - 1) * Math.Sqrt(variance / trials)
            / sequences;
        return new(mean, Math.Max(0.0, mean - halfWidth), Math.Min(1.0, mean + halfWidth));
    }

    /// <summary>
    /// The mean over trials of a number from 0 to 1, with the interval of <see cref="OfMeanShare"/>. Unknown without
    /// trials.
    /// </summary>
    public static Estimate OfMean(IReadOnlyCollection<double> shares)
    {
        if (shares.Count == 0)
            return Unknown;
        double mean = shares.Average();
        if (shares.Distinct().Count() == 1)
        {
            double share = shares.First();
            (double lower, double upper) = Proportion.ComputeWilsonInterval(share * shares.Count, shares.Count);
            return new(share, lower, upper);
        }

        double variance = shares.Sum(value => (value - mean) * (value - mean)) / (shares.Count - 1);
        double halfWidth =
            StudentDistribution.TwoSided95Quantile(shares.Count - 1) * Math.Sqrt(variance / shares.Count);
        return new(mean, Math.Max(0.0, mean - halfWidth), Math.Min(1.0, mean + halfWidth));
    }

    /// <summary>
    /// The median of values that may be censored, with the interval that inverts the exact sign test. It is the value
    /// of rank ⌈n/2⌉: the least value that half of the trials do not exceed. Unknown without trials.
    /// </summary>
    /// <param name="valueAtRank">The value of a rank 1 … n in ascending order; +∞ for a censored value.</param>
    /// <param name="trials">n, censored values included.</param>
    /// <param name="censoringLimit">The limit that censored values exceed; NaN if unknown.</param>
    public static Estimate OfMedian(Func<long, double> valueAtRank, long trials, double censoringLimit)
    {
        if (trials == 0)
            return Unknown;

        // With five or fewer trials, even the range from the smallest to the largest covers less than 95 %.
        long lowerRank = FindLowerRankOfMedian(trials);
        double value = valueAtRank((trials + 1) / 2);
        double lower = lowerRank == 0 ? 0.0 : valueAtRank(lowerRank);
        return new(
            double.IsFinite(value) ? value : censoringLimit,
            double.IsFinite(lower) ? lower : censoringLimit,
            lowerRank == 0 ? double.PositiveInfinity : valueAtRank(trials + 1 - lowerRank))
        {
            IsCensored = double.IsPositiveInfinity(value),
        };
    }

    /// <summary>
    /// The largest rank d such that the values of ranks d and n + 1 − d enclose the median with probability 95 % or
    /// more; 0 if there is none. They fail to if fewer than d values, or all but fewer than d, lie below the median.
    /// </summary>
    private static long FindLowerRankOfMedian(long trials)
    {
        // Above the answer: the normal approximation is accurate to a rank.
        double halfWidth = 0.5 * Proportion.NormalQuantile975 * Math.Sqrt(trials);
        long rank = Math.Min(trials / 2, 2 + (long)Math.Ceiling((0.5 * trials) - halfWidth));
        while (rank > 0 && SignTest.ComputeUpperTail(trials + 1 - rank, trials) > 0.025)
            rank--;
        return rank;
    }
}
