using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>A quantity that is estimated from the trials of a configuration, and its presentation.</summary>
/// <param name="Name">The name in a sweep file.</param>
/// <param name="Title">The name in a report.</param>
/// <param name="IsShare">Whether it lies between 0 and 1; a heat map shows only such quantities.</param>
/// <param name="Evaluate">Estimates the quantity.</param>
/// <param name="Note">Explains how the value and the interval are computed.</param>
public sealed record Quantity(string Name, string Title, bool IsShare, Func<ConfigurationResult, Estimate> Evaluate,
    string Note)
{
    /// <summary>The share of trials that converged.</summary>
    public static Quantity Success { get; } = new(
        "success", "share of trials that converged", true, EstimateSuccess, "Success: Wilson interval.");

    /// <summary>The share of incorrect test sequences.</summary>
    public static Quantity TestError { get; } = new(
        "error",
        "error on test sequences",
        true,
        configuration => EstimateMeanShare(configuration.Totals.IncorrectTestSequences,
            configuration.Totals.IncorrectTestSequencesSquared, configuration.Totals.TestedTrials,
            configuration.Totals.TestSequences),
        "Error: mean over the tested trials, interval by Student's t; the Wilson interval of one test if all trials " +
            "agree.");

    /// <summary>Presentations to convergence.</summary>
    public static Quantity Presentations { get; } = new(
        "presentations",
        "presentations to convergence",
        false,
        EstimatePresentations,
        "Presentations: median over all trials, where trials that did not converge count as later than all others; " +
            "interval by order statistics. Counts from 64 on are accurate to 1.6 %.");

    /// <summary>The mean cost of test sequences.</summary>
    public static Quantity TestCost { get; } = new(
        "test-cost",
        "mean cost of a test sequence",
        false,
        configuration => EstimateMedian(configuration.Totals.TestCost, configuration.Totals.TestCost.TotalCount,
            isInteger: false, censoringLimit: double.NaN),
        "Test cost: median over the tested trials, interval by order statistics, accurate to 1.6 %.");

    /// <summary>The root mean square error on test sequences, in units of the label.</summary>
    public static Quantity RootMeanSquareError { get; } = new(
        "root-mean-square-error",
        "root mean square error on test sequences",
        false,
        configuration => configuration.ToRootMeanSquareError(EstimateMedian(
            configuration.Totals.TestCost, configuration.Totals.TestCost.TotalCount, isInteger: false,
            censoringLimit: double.NaN)),
        "Root mean square error: median over the tested trials, in units of the label, interval by order statistics, " +
            "accurate to 0.8 %.");

    /// <summary>The share of incorrect training sequences in the final evaluation.</summary>
    public static Quantity TrainingError { get; } = new(
        "training-error",
        "error on training sequences",
        true,
        configuration => configuration.Totals.FinalEvaluations == 0
            ? Estimate.Unknown
            : CreateExact(
                (double)configuration.Totals.IncorrectTrainingSequences / configuration.Totals.FinalEvaluations
                    / configuration.Totals.TrainingSequences),
        "Training error: mean over the trials with a final evaluation, without an interval.");

    /// <summary>All quantities.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
        [Success, TestError, Presentations, TestCost, RootMeanSquareError, TrainingError];

    /// <summary>
    /// Returns the quantities that a report shows by default; the test quantity is the metric of the task.
    /// </summary>
    public static IReadOnlyList<Quantity> GetDefaults(SweepResults results)
        => [Success, results.Configurations.Any(configuration => configuration.UsesRootMeanSquareError)
            ? RootMeanSquareError : TestError, Presentations];

    private static Estimate EstimateSuccess(ConfigurationResult configuration)
    {
        if (configuration.Totals.Trials == 0)
            return Estimate.Unknown;
        var proportion = new Proportion(checked((int)configuration.Totals[StopReason.Converged]),
            checked((int)configuration.Totals.Trials));
        return new(proportion.Frequency, proportion.Lower, proportion.Upper);
    }

    private static Estimate EstimatePresentations(ConfigurationResult configuration)
        => EstimateMedian(
            configuration.Totals.PresentationsToConvergence,
            configuration.Totals.Trials,
            isInteger: true,
            censoringLimit: double.Parse(
                configuration["rule.presentations"] ?? "NaN", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Estimates the mean of shares k/n from Σk and Σk².</summary>
    private static Estimate EstimateMeanShare(long sum, long sumOfSquares, long trials, int sequenceCount)
    {
        if (trials == 0)
            return Estimate.Unknown;
        double mean = (double)sum / trials;
        if (trials < 3)
            return new(mean / sequenceCount, 0.0, 1.0);
        double variance = Math.Max(0.0, (sumOfSquares - (mean * sum)) / (trials - 1));
        double halfWidth = StudentDistribution.TwoSided95Quantile(trials - 1) * Math.Sqrt(variance / trials);
        // If all trials agree, the interval still reflects the finite number of test sequences.
        var pooledProportion = new Proportion((int)Math.Round(mean), sequenceCount);
        return new(
            mean / sequenceCount,
            variance == 0.0 ? pooledProportion.Lower : Math.Max(0.0, (mean - halfWidth) / sequenceCount),
            variance == 0.0 ? pooledProportion.Upper : Math.Min(1.0, (mean + halfWidth) / sequenceCount));
    }

    /// <summary>Estimates the median of right-censored values.</summary>
    /// <param name="histogram">The uncensored values.</param>
    /// <param name="trials">The number of values, censored ones included.</param>
    /// <param name="isInteger">Whether all values are whole numbers.</param>
    /// <param name="censoringLimit">The limit above which values are censored.</param>
    private static Estimate EstimateMedian(Histogram histogram, long trials, bool isInteger, double censoringLimit)
    {
        if (trials == 0)
            return Estimate.Unknown;

        // The median lies between these ranks with probability 95 %, by the normal approximation of the binomial.
        double halfWidth = 0.5 * Proportion.NormalQuantile975 * Math.Sqrt(trials);
        // With five or fewer trials, even the range from the smallest to the largest covers less than 95 %.
        bool isFew = trials < 6;
        long lower = isFew ? 0 : Math.Max(1, (long)Math.Floor((0.5 * trials) - halfWidth));
        long upper = isFew ? trials + 1 : Math.Min(trials, 1 + (long)Math.Ceiling((0.5 * trials) + halfWidth));
        double value = GetValueAtRank((trials + 1) / 2), lowerValue = GetValueAtRank(lower);
        return new(double.IsFinite(value) ? value : censoringLimit,
            double.IsFinite(lowerValue) ? lowerValue : censoringLimit, GetValueAtRank(upper))
        {
            IsCensored = !double.IsFinite(value),
        };

        double GetValueAtRank(long rank)
            => rank == 0 ? 0.0 : rank <= histogram.TotalCount ? histogram.GetValueAtRank(rank, isInteger)
                : double.PositiveInfinity;
    }

    private static Estimate CreateExact(double value) => new(value, value, value);
}
