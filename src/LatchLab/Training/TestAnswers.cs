using LatchLab.Statistics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>The answers to the test sequences of a trial: classes or numbers.</summary>
/// <param name="Classes">The answers that are classes; null for numbers.</param>
/// <param name="Values">The errors of answers that are numbers, in units of the label; null for classes.</param>
public sealed record TestAnswers(ConfusionMatrix? Classes, ValueErrors? Values);

/// <summary>
/// The test of a trial: the answers of its network, and those of a constant to the same sequences. The constant is the
/// most frequent class of the training sequences of the trial, the first of several, or the mean of their labels.
/// </summary>
/// <param name="Network">The answers of the network.</param>
/// <param name="Baseline">The answers of the constant.</param>
public sealed record TrialTest(TestAnswers Network, TestAnswers Baseline);

/// <summary>What is kept of the test of a trial: its metrics, in the order of <see cref="Metric.Of"/>.</summary>
/// <param name="Network">Those of the network.</param>
/// <param name="Baseline">Those of the constant.</param>
/// <param name="TiedShare">The share of test sequences whose largest outputs are equal; NaN for numbers.</param>
public sealed record TrialMetrics(IReadOnlyList<double> Network, IReadOnlyList<double> Baseline, double TiedShare)
{
    /// <summary>Computes the metrics of a test.</summary>
    public static TrialMetrics Create(TrialTest test, TargetKind targets)
        => new(
            [.. Metric.Of(targets).Select(metric => metric.Measure(test.Network))],
            [.. Metric.Of(targets).Select(metric => metric.Measure(test.Baseline))],
            test.Network.Classes is { } matrix ? (double)matrix.Unanswered / matrix.Count : double.NaN);
}
