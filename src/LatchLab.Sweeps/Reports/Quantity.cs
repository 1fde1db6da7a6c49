using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>A quantity of the summary of a configuration, and its presentation.</summary>
/// <param name="Name">The name in a sweep file.</param>
/// <param name="Title">The name in a report.</param>
/// <param name="IsShare">Whether it lies between 0 and 1.</param>
/// <param name="Evaluate">Returns the quantity.</param>
/// <param name="Note">Explains how the value and the interval are computed.</param>
public sealed record Quantity(
    string Name, string Title, bool IsShare, Func<OutcomeSummary, Estimate> Evaluate, string Note)
{
    /// <summary>Whether it is a share of incorrect sequences.</summary>
    public bool IsError { get; init; }

    /// <summary>Whether it is read beside that of guessing.</summary>
    public bool HasChanceLevel { get => IsError || field; init; }

    /// <summary>Its value for guessing the labels of a configuration's dataset; NaN if it is not known.</summary>
    public Func<ConfigurationResult, double> GetChance { get; init; } = _ => double.NaN;

    /// <summary>The heading of its column in a table for readers.</summary>
    public string Heading { get; init; } = Name.Replace('-', ' ');

    /// <summary>The share of trials that converged.</summary>
    public static Quantity Success { get; } = new(
        "success", "share of trials that converged", true, summary => summary.Success,
        "Training converged: the share of trials that met their convergence rule, Wilson interval.")
    {
        Heading = "training converged",
    };

    /// <summary>The share of incorrect test sequences.</summary>
    public static Quantity TestError { get; } = new(
        "error",
        "error on test sequences",
        true,
        summary => summary.TestError,
        "Test error: the share of incorrect test sequences, mean over the tested trials; interval by Student's t, " +
            "Wilson's if all trials agree.")
    {
        Heading = "test error",
        IsError = true,
        GetChance = configuration => configuration.ChanceError,
    };

    /// <summary>Presentations to convergence.</summary>
    public static Quantity Presentations { get; } = new(
        "presentations",
        "presentations to convergence",
        false,
        summary => summary.Presentations,
        "Presentations: median over all trials, where trials that did not converge count as later than all others; " +
            "interval by order statistics. Counts from 64 on are accurate to 1.6 %.");

    /// <summary>The mean cost of test sequences.</summary>
    public static Quantity TestCost { get; } = new(
        "test-cost",
        "mean cost of a test sequence",
        false,
        summary => summary.TestCost,
        "Test cost: median over the tested trials, interval by order statistics, accurate to 1.6 %.");

    /// <summary>The root mean square error on test sequences, in units of the label.</summary>
    public static Quantity RootMeanSquareError { get; } = new(
        "root-mean-square-error",
        "root mean square error on test sequences",
        false,
        summary => summary.RootMeanSquareError,
        "Root mean square error: median over the tested trials, in units of the label, interval by order statistics, " +
            "accurate to 0.8 %.")
    {
        HasChanceLevel = true,
        GetChance = configuration => Math.Sqrt(configuration.ChanceMeanSquaredError),
    };

    /// <summary>The share of incorrect training sequences in the final evaluation.</summary>
    public static Quantity TrainingError { get; } = new(
        "training-error",
        "error on training sequences",
        true,
        summary => summary.TrainingError,
        "Training error: mean over the trials with a final evaluation, interval as that of the test error.")
    {
        IsError = true,
    };

    /// <summary>
    /// What the names of the columns of a quantity end with: the value and both ends of its 95 % interval.
    /// </summary>
    internal static IReadOnlyList<string> EndNames { get; } = ["", "_lower_95", "_upper_95"];

    /// <summary>All quantities.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
        [Success, TestError, Presentations, TestCost, RootMeanSquareError, TrainingError];

    /// <summary>The columns of all quantities in tables: the value and both ends of its 95 % interval.</summary>
    public static IReadOnlyList<string> ColumnNames { get; } =
    [
        .. from quantity in All
           from end in EndNames
           select quantity.Name.Replace('-', '_') + end,
    ];

    /// <summary>The values of these columns; a censored value is +∞.</summary>
    public static IEnumerable<double> GetColumns(OutcomeSummary summary)
        => All.SelectMany(quantity => GetEnds(quantity.Evaluate(summary)));

    /// <summary>The value and both ends of the interval of an estimate; a censored value is +∞.</summary>
    internal static IEnumerable<double> GetEnds(Estimate estimate)
        => [estimate.IsCensored ? double.PositiveInfinity : estimate.Value, estimate.Lower, estimate.Upper];

    /// <summary>
    /// Returns the quantities that a report shows by default; the test quantity is the metric of the task.
    /// </summary>
    public static IReadOnlyList<Quantity> GetDefaults(SweepResults results)
        => [Success, results.Configurations.Any(configuration => configuration.Summary.UsesRootMeanSquareError)
            ? RootMeanSquareError : TestError, Presentations];
}
