using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.SweepAnalysis;

/// <summary>Something that can be asked of the trials of a cell, and how it is shown.</summary>
/// <param name="Name">Its name in a sweep file.</param>
/// <param name="Title">Its name in a report.</param>
/// <param name="IsShare">Whether it lies between 0 and 1: only then a heat map can show it.</param>
/// <param name="Of">Its value.</param>
/// <param name="Note">How value and interval come about.</param>
public sealed record Quantity(string Name, string Title, bool IsShare, Func<CellResult, Estimate> Of, string Note)
{
    /// <summary>The share of trials that converged.</summary>
    public static Quantity Success { get; } = new(
        "success", "share of trials that converged", true, SuccessOf, "Success: interval of Wilson.");

    /// <summary>The share of test sequences that were wrong.</summary>
    public static Quantity Error { get; } = new(
        "error",
        "error on test sequences",
        true,
        cell => MeanShare(cell.Totals.TestWrong, cell.Totals.TestWrongSquared, cell.Totals.Tested,
            cell.Totals.TestSequences),
        "Error: mean over the trials that were tested, interval by Student's t, or Wilson's of one test where all " +
            "agree.");

    /// <summary>Presentations to convergence.</summary>
    public static Quantity Presentations { get; } = new(
        "presentations",
        "presentations to convergence",
        false,
        PresentationsOf,
        "Presentations: the median over all trials, those that did not converge counting as later than all others; " +
            "interval by order statistics. Counts from 64 on are known to 1.6 %.");

    /// <summary>The mean cost of test sequences.</summary>
    public static Quantity TestCost { get; } = new(
        "test-cost",
        "mean cost of a test sequence",
        false,
        cell => Median(cell.Totals.TestCost, cell.Totals.TestCost.Total, isWhole: false, beyond: double.NaN),
        "Test cost: the median over the trials that were tested, interval by order statistics, known to 1.6 %.");

    /// <summary>The root mean square of the errors of a test, in the units of the labels.</summary>
    public static Quantity RootMeanSquareError { get; } = new(
        "root-mean-square-error",
        "root mean square error on test sequences",
        false,
        cell => cell.InUnits(Median(
            cell.Totals.TestCost, cell.Totals.TestCost.Total, isWhole: false, beyond: double.NaN)),
        "Root mean square error: the median over the trials that were tested, in the units of the label, interval by " +
            "order statistics, known to 0.8 %.");

    /// <summary>The share of training sequences that were wrong at the end.</summary>
    public static Quantity TrainingError { get; } = new(
        "training-error",
        "error on training sequences",
        true,
        cell => cell.Totals.Reviewed == 0
            ? Estimate.Unknown
            : Exact((double)cell.Totals.TrainingWrong / cell.Totals.Reviewed / cell.Totals.Sequences),
        "Training error: mean over the trials whose last pass is known, without an interval.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
        [Success, Error, Presentations, TestCost, RootMeanSquareError, TrainingError];

    /// <summary>
    /// Those that a report shows where nothing else is asked for: the test by the metric of the task.
    /// </summary>
    public static IReadOnlyList<Quantity> Standard(SweepResults results)
        => [Success, results.Cells.Any(cell => cell.IsMeasuredByCost) ? RootMeanSquareError : Error, Presentations];

    private static Estimate SuccessOf(CellResult cell)
    {
        if (cell.Totals.Trials == 0)
            return Estimate.Unknown;
        var share = new Proportion(checked((int)cell.Totals[Ending.Converged]), checked((int)cell.Totals.Trials));
        return new(share.Frequency, share.Lower, share.Upper);
    }

    private static Estimate PresentationsOf(CellResult cell)
        => Median(
            cell.Totals.PresentationsToConvergence,
            cell.Totals.Trials,
            isWhole: true,
            beyond: double.Parse(
                cell["rule.presentations"] ?? "NaN", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The mean of shares k/n, from Σk and Σk².</summary>
    private static Estimate MeanShare(long sum, long sumOfSquares, long trials, int of)
    {
        if (trials == 0)
            return Estimate.Unknown;
        double mean = (double)sum / trials;
        if (trials < 3)
            return new(mean / of, 0.0, 1.0);
        double variance = Math.Max(0.0, (sumOfSquares - (mean * sum)) / (trials - 1));
        double half = StudentDistribution.TwoSided95(trials - 1) * Math.Sqrt(variance / trials);
        var alike = new Proportion((int)Math.Round(mean), of); // trials that agree still had a test of so many only
        return new(
            mean / of,
            variance == 0.0 ? alike.Lower : Math.Max(0.0, (mean - half) / of),
            variance == 0.0 ? alike.Upper : Math.Min(1.0, (mean + half) / of));
    }

    /// <summary>The median of some trials, of which a histogram has those that are no later than a limit.</summary>
    /// <param name="known">Their histogram.</param>
    /// <param name="trials">All of them.</param>
    /// <param name="isWhole">Whether all numbers are whole.</param>
    /// <param name="beyond">The limit.</param>
    private static Estimate Median(Histogram known, long trials, bool isWhole, double beyond)
    {
        if (trials == 0)
            return Estimate.Unknown;

        // Ranks between which the median lies with a probability of 95 %, by the normal limit of the binomial.
        double half = 0.5 * Proportion.Z * Math.Sqrt(trials);
        // Of five or fewer not even the least and the largest have it between them.
        bool isFew = trials < 6;
        long lower = isFew ? 0 : Math.Max(1, (long)Math.Floor((0.5 * trials) - half));
        long upper = isFew ? trials + 1 : Math.Min(trials, 1 + (long)Math.Ceiling((0.5 * trials) + half));
        double value = At((trials + 1) / 2), least = At(lower);
        return new(double.IsFinite(value) ? value : beyond, double.IsFinite(least) ? least : beyond, At(upper))
        {
            IsCensored = !double.IsFinite(value),
        };

        double At(long rank)
            => rank == 0 ? 0.0 : rank <= known.Total ? known.OfRank(rank, isWhole) : double.PositiveInfinity;
    }

    private static Estimate Exact(double value) => new(value, value, value);
}
