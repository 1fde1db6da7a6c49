using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>Something that can be asked of the trials of a cell, and how it is shown.</summary>
/// <param name="Name">Its name in a sweep file.</param>
/// <param name="Title">Its name in a report.</param>
/// <param name="IsShare">Whether it lies between 0 and 1: only then a heat map can show it.</param>
/// <param name="Evaluate">Its value.</param>
/// <param name="Note">How value and interval come about.</param>
public sealed record Quantity(string Name, string Title, bool IsShare, Func<ConfigurationResult, Estimate> Evaluate,
    string Note)
{
    /// <summary>The share of trials that converged.</summary>
    public static Quantity Success { get; } = new(
        "success", "share of trials that converged", true, EstimateSuccess, "Success: interval of Wilson.");

    /// <summary>The share of test sequences that were wrong.</summary>
    public static Quantity TestError { get; } = new(
        "error",
        "error on test sequences",
        true,
        configuration => EstimateMeanShare(configuration.Totals.IncorrectTestSequences,
            configuration.Totals.IncorrectTestSequencesSquared, configuration.Totals.TestedTrials,
            configuration.Totals.TestSequences),
        "Error: mean over the trials that were tested, interval by Student's t, or Wilson's of one test where all " +
            "agree.");

    /// <summary>Presentations to convergence.</summary>
    public static Quantity Presentations { get; } = new(
        "presentations",
        "presentations to convergence",
        false,
        EstimatePresentations,
        "Presentations: the median over all trials, those that did not converge counting as later than all others; " +
            "interval by order statistics. Counts from 64 on are known to 1.6 %.");

    /// <summary>The mean cost of test sequences.</summary>
    public static Quantity TestCost { get; } = new(
        "test-cost",
        "mean cost of a test sequence",
        false,
        configuration => EstimateMedian(configuration.Totals.TestCost, configuration.Totals.TestCost.TotalCount,
            isInteger: false, censoringLimit: double.NaN),
        "Test cost: the median over the trials that were tested, interval by order statistics, known to 1.6 %.");

    /// <summary>The root mean square of the errors of a test, in the units of the labels.</summary>
    public static Quantity RootMeanSquareError { get; } = new(
        "root-mean-square-error",
        "root mean square error on test sequences",
        false,
        configuration => configuration.ToRootMeanSquareError(EstimateMedian(
            configuration.Totals.TestCost, configuration.Totals.TestCost.TotalCount, isInteger: false,
            censoringLimit: double.NaN)),
        "Root mean square error: the median over the trials that were tested, in the units of the label, interval by " +
            "order statistics, known to 0.8 %.");

    /// <summary>The share of training sequences that were wrong at the end.</summary>
    public static Quantity TrainingError { get; } = new(
        "training-error",
        "error on training sequences",
        true,
        configuration => configuration.Totals.FinalEvaluations == 0
            ? Estimate.Unknown
            : CreateExact(
                (double)configuration.Totals.IncorrectTrainingSequences / configuration.Totals.FinalEvaluations
                    / configuration.Totals.TrainingSequences),
        "Training error: mean over the trials whose last pass is known, without an interval.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
        [Success, TestError, Presentations, TestCost, RootMeanSquareError, TrainingError];

    /// <summary>
    /// Those that a report shows where nothing else is asked for: the test by the metric of the task.
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

    /// <summary>The mean of shares k/n, from Σk and Σk².</summary>
    private static Estimate EstimateMeanShare(long sum, long sumOfSquares, long trials, int sequenceCount)
    {
        if (trials == 0)
            return Estimate.Unknown;
        double mean = (double)sum / trials;
        if (trials < 3)
            return new(mean / sequenceCount, 0.0, 1.0);
        double variance = Math.Max(0.0, (sumOfSquares - (mean * sum)) / (trials - 1));
        double halfWidth = StudentDistribution.TwoSided95Quantile(trials - 1) * Math.Sqrt(variance / trials);
        // trials that agree still had a test of so many only
        var pooledProportion = new Proportion((int)Math.Round(mean), sequenceCount);
        return new(
            mean / sequenceCount,
            variance == 0.0 ? pooledProportion.Lower : Math.Max(0.0, (mean - halfWidth) / sequenceCount),
            variance == 0.0 ? pooledProportion.Upper : Math.Min(1.0, (mean + halfWidth) / sequenceCount));
    }

    /// <summary>The median of some trials, of which a histogram has those that are no later than a limit.</summary>
    /// <param name="histogram">Their histogram.</param>
    /// <param name="trials">All of them.</param>
    /// <param name="isInteger">Whether all numbers are whole.</param>
    /// <param name="censoringLimit">The limit.</param>
    private static Estimate EstimateMedian(Histogram histogram, long trials, bool isInteger, double censoringLimit)
    {
        if (trials == 0)
            return Estimate.Unknown;

        // Ranks between which the median lies with a probability of 95 %, by the normal limit of the binomial.
        double halfWidth = 0.5 * Proportion.NormalQuantile975 * Math.Sqrt(trials);
        // Of five or fewer not even the least and the largest have it between them.
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
