using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Statistics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>The metrics of the test in the summary of <c>train</c>, each beside that of a constant answer.</summary>
internal static class TestMetrics
{
    private const int MaxConfusions = 6;

    // Of more classes the most frequent errors are shown: the largest shares are those of the rarest classes.
    private const int MaxClassesByShare = 12;

    // A document has all counts of up to so many classes, most of which are 0 if there are more.
    private const int MaxCountedClasses = 64;

    /// <summary>The rows of a table: the name and the text of each.</summary>
    public static IEnumerable<(string Name, string Text)> Describe(TrainingResult result)
    {
        string constant = result.Configuration.Task.Targets == TargetKind.Values ? "mean label" : "chance";
        foreach (MetricSummary summary in result.Metrics.Where(summary => !double.IsNaN(summary.Estimate.Value)))
        {
            string baseline = summary.Metric.IsShare ? FormattableString.Invariant($"{summary.Baseline:0.000}")
                : NumberFormat.Short(summary.Baseline);
            yield return (summary.Metric.Title,
                $"{IntervalFormat.Format(summary.Estimate, summary.Metric.IsShare)}; {constant} {baseline}");
        }

        if (result.Confusion is { } confusion)
            yield return ("confusion", DescribeConfusion(confusion, NameClasses(result.Configuration)));
    }

    /// <summary>The metrics over trials.</summary>
    public static JsonObject ToJson(TrainingResult result) => new(result.Metrics.Select(summary =>
    {
        JsonObject estimate = JsonOutput.ToJson(
            summary.Metric.IsShare ? "mean" : "median", summary.Estimate.Value, summary.Estimate.Lower,
            summary.Estimate.Upper);
        estimate["baseline"] = JsonOutput.ToJson(summary.Baseline);
        return KeyValuePair.Create(summary.Metric.Member, (JsonNode?)estimate);
    }));

    /// <summary>The metrics of a trial; null if it was not tested.</summary>
    public static JsonObject? ToJson(TrainingResult result, int trial)
        => result.Tests.ElementAtOrDefault(trial) is not { } test ? null
            : new(Metric.Of(result.Configuration.Task.Targets).Zip(
                test.Network, (metric, value) => KeyValuePair.Create(metric.Member, JsonOutput.ToJson(value))));

    /// <summary>
    /// A confusion matrix: all counts or, of many classes, the pairs that occur. Null for numbers, or without a test.
    /// </summary>
    public static JsonObject? ToJson(TrainingResult result, ConfusionMatrix? matrix) => matrix is null ? null : new()
    {
        ["classes"] = new JsonArray([.. NameClasses(result.Configuration).Select(name => JsonValue.Create(name))]),
        ["counts"] = matrix.ClassCount > MaxCountedClasses ? null
            : new JsonArray([.. Enumerable.Range(0, matrix.ClassCount).Select(label => new JsonArray(
                [.. Enumerable.Range(0, matrix.ClassCount + 1).Select(answer => (JsonNode)matrix[label, answer])]))]),
        ["pairs"] = matrix.ClassCount <= MaxCountedClasses ? null
            : new JsonArray([.. matrix.Pairs.Select(pair => new JsonArray(pair.Label, pair.Answer, pair.Count))]),
    };

    /// <summary>The most frequent confusions of classes.</summary>
    public static string DescribeConfusion(ConfusionMatrix matrix, IReadOnlyList<string> classes)
    {
        bool hasManyClasses = matrix.ClassCount > MaxClassesByShare;
        var errors =
            (from error in matrix.Pairs
             where error.Label != error.Answer
             let total = matrix.CountLabels(error.Label)
             let share = (double)error.Count / total
             orderby hasManyClasses ? error.Count : share descending
             select $"{classes[error.Label]} as " +
                $"{(error.Answer == matrix.ClassCount ? "no class" : classes[error.Answer])} " +
                (hasManyClasses ? $"{error.Count} of {total}" : NumberFormat.Percent(share))).ToArray();
        string more = errors.Length > MaxConfusions ? $"; {errors.Length - MaxConfusions} more with --json" : "";
        return errors.Length == 0 ? "no error" : string.Join(", ", errors.Take(MaxConfusions)) + more;
    }

    private static IReadOnlyList<string> NameClasses(TrainingConfiguration configuration)
        => configuration.Task.Targets == TargetKind.Sign ? ["class 0", "class 1"]
            : configuration.Task.Dataset?.ClassNames
                ?? [.. Enumerable.Range(0, configuration.Task.Outputs).Select(index => $"class {index}")];
}
