using LatchLab.Statistics;

namespace LatchLab.Paper.Claims;

/// <summary>
/// A quantity of a part, estimated from one value per trial, with the one interval that every command uses for it. The
/// simulated level of each interval is in <c>docs/explanation/statistics.md</c>.
/// </summary>
/// <param name="Name">What is estimated and how, for reports.</param>
/// <param name="Minimum">The least value of a trial.</param>
/// <param name="Maximum">The largest value of a trial.</param>
internal abstract record Statistic(string Name, double Minimum, double Maximum)
{
    /// <summary>The share of trials with the value 1; the values are 0 and 1. Interval of Wilson (1927).</summary>
    public static Statistic Share { get; } = new ShareStatistic();

    /// <summary>The mean of a value from 0 to 1, for example a classification error.</summary>
    public static Statistic Mean { get; } = new MeanStatistic("mean, score interval", 0.0, 1.0);

    /// <summary>The mean of a difference of two such values in the same trial.</summary>
    public static Statistic MeanDifference { get; } = new MeanStatistic(
        "mean paired difference, score interval", -1.0, 1.0);

    /// <summary>
    /// The share of trials with the value 1 less the share with the value −1; the other trials have the value 0.
    /// Score interval.
    /// </summary>
    public static Statistic NetShare { get; } = new NetShareStatistic();

    /// <summary>
    /// Over pairs of trials from different groups, the share in which the later group has the larger value less the
    /// share in which it has the smaller one.
    /// </summary>
    public static Statistic Trend { get; } = new TrendStatistic();

    /// <summary>Computes the estimate with its interval.</summary>
    /// <param name="groups">The values of the trials: one group, or for <see cref="Trend"/> one per length.</param>
    /// <param name="confidence">The confidence of the two-sided interval.</param>
    public abstract Estimate Compute(IReadOnlyList<double[]> groups, double confidence);

    private sealed record ShareStatistic() : Statistic("share of trials, Wilson", 0.0, 1.0)
    {
        public override Estimate Compute(IReadOnlyList<double[]> groups, double confidence)
        {
            double successes = groups[0].Sum();
            int trials = groups[0].Length;
            (double lower, double upper) = Proportion.ComputeWilsonInterval(successes, trials, confidence);
            return new(successes / trials, lower, upper);
        }
    }

    private sealed record MeanStatistic(string Name, double Minimum, double Maximum)
        : Statistic(Name, Minimum, Maximum)
    {
        public override Estimate Compute(IReadOnlyList<double[]> groups, double confidence)
            => MeanInterval.Compute(groups[0], confidence, Minimum, Maximum);
    }

    private sealed record NetShareStatistic()
        : Statistic("share of trials for less share against, score interval", -1.0, 1.0)
    {
        public override Estimate Compute(IReadOnlyList<double[]> groups, double confidence)
        {
            int wins = groups[0].Count(value => value > 0.0), losses = groups[0].Count(value => value < 0.0);
            return new PairedOutcomes(wins, losses, groups[0].Length - wins - losses).ComputeNetWins(confidence);
        }
    }

    private sealed record TrendStatistic()
        : Statistic("concordance of the later group, score interval", -1.0, 1.0)
    {
        public override Estimate Compute(IReadOnlyList<double[]> groups, double confidence)
            => ConcordanceTrend.Compute(groups, confidence);
    }
}
