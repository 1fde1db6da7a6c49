using LatchLab.Statistics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// A metric of the test of a trial. To add one: list it in <see cref="OfClasses"/> or <see cref="OfValues"/>.
/// </summary>
/// <param name="Name">Its name in a <see cref="SuccessCriterion"/>.</param>
/// <param name="Member">Its name in JSON documents.</param>
/// <param name="Title">Its name in a table.</param>
/// <param name="Measure">Its value; NaN if it is not defined.</param>
/// <param name="Estimator">Its estimate over trials.</param>
public sealed record Metric(
    string Name, string Member, string Title, Func<TestAnswers, double> Measure,
    Func<IReadOnlyList<double>, Estimate> Estimator)
{
    /// <summary>The metrics of classes: their estimates are means over trials.</summary>
    public static IReadOnlyList<Metric> OfClasses { get; } =
    [
        new("accuracy", "accuracy", "accuracy", answers => answers.Classes!.Accuracy, Estimate.OfMean),
        new("balanced-accuracy", "balancedAccuracy", "balanced accuracy", answers => answers.Classes!.BalancedAccuracy,
            Estimate.OfMean),
        new("macro-f1", "macroF1", "macro F1", answers => answers.Classes!.MacroF1, Estimate.OfMean),
    ];

    /// <summary>The metrics of numbers: their estimates are medians over trials.</summary>
    public static IReadOnlyList<Metric> OfValues { get; } =
    [
        new("rmse", "rootMeanSquareError", "root mean square error",
            answers => answers.Values!.RootMeanSquare, EstimateMedian),
        new("mae", "meanAbsoluteError", "mean absolute error",
            answers => answers.Values!.MeanAbsolute, EstimateMedian),
        new("r2", "rSquared", "R²", answers => answers.Values!.Determination, EstimateMedianFromOne),
    ];

    /// <summary>Whether it is a share from 0 to 1.</summary>
    public bool IsShare => OfClasses.Contains(this);

    /// <summary>Its index among the metrics of its kind of targets.</summary>
    public int Index => (IsShare ? OfClasses : OfValues).TakeWhile(metric => metric != this).Count();

    /// <summary>The metrics of a kind of targets.</summary>
    public static IReadOnlyList<Metric> Of(TargetKind targets) => targets == TargetKind.Values ? OfValues : OfClasses;

    /// <summary>Summarizes the metric over the tests of trials in which it is defined.</summary>
    public MetricSummary Summarize(IEnumerable<TrialMetrics> tests)
    {
        int index = Index;
        (double Network, double Baseline)[] values =
        [
            .. tests.Select(test => (test.Network[index], test.Baseline[index]))
                .Where(value => double.IsFinite(value.Item1)),
        ];
        return new(
            this, Estimator([.. values.Select(value => value.Network)]),
            Estimator([.. values.Select(value => value.Baseline)]).Value);
    }

    private static Estimate EstimateMedian(IReadOnlyList<double> values)
        => OutcomeSummary.EstimateMedian(values, double.NaN);

    /// <summary>The median of numbers up to 1, from their distances to it, which are not negative.</summary>
    private static Estimate EstimateMedianFromOne(IReadOnlyList<double> values)
    {
        Estimate distance = EstimateMedian([.. values.Select(value => 1.0 - value)]);
        return new(1.0 - distance.Value, 1.0 - distance.Upper, 1.0 - distance.Lower);
    }
}

/// <summary>A metric over the tested trials.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Estimate">Its estimate with its interval; unknown if no trial was tested.</param>
/// <param name="Baseline">Its estimate for the constant answers of the same trials.</param>
public sealed record MetricSummary(Metric Metric, Estimate Estimate, double Baseline);
