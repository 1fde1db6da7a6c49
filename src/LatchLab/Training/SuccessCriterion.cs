using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// What counts as success instead of convergence: a metric of the test that reaches a value, such as
/// <c>accuracy&gt;=0.9</c> or <c>rmse&lt;=0.5</c>. A trial without a test does not succeed.
/// </summary>
/// <param name="Metric">The metric.</param>
/// <param name="IsAtLeast">Whether the metric must be at least the value; otherwise at most.</param>
/// <param name="Value">The value.</param>
public sealed record SuccessCriterion(Metric Metric, bool IsAtLeast, double Value)
{
    private const string AtLeast = ">=", AtMost = "<=";

    /// <summary>Whether a test meets the criterion.</summary>
    public bool IsMet(TrialMetrics? test)
    {
        double value = test is null ? double.NaN : test.Network[Metric.Index];
        return IsAtLeast ? value >= Value : value <= Value;
    }

    /// <summary>Parses a criterion.</summary>
    /// <param name="text">The text.</param>
    /// <param name="targets">The kind of targets, which decides on the metrics.</param>
    /// <exception cref="ValidationException">It is not a criterion of these targets.</exception>
    public static SuccessCriterion Parse(string text, TargetKind targets)
    {
        IReadOnlyList<Metric> metrics = Metric.Of(targets);
        string[] names = [.. metrics.Select(metric => metric.Name)];
        string comparison = text.Contains(AtMost, StringComparison.Ordinal) ? AtMost : AtLeast;
        string[] parts = text.Split(comparison, StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !NumberFormat.TryParseFinite(parts[1], out double value))
        {
            throw new ValidationException("", "success",
                $"'{text}' is not allowed: give a metric, >= or <=, and a number, such as " +
                (targets == TargetKind.Values ? "\"rmse<=0.5\"" : "\"accuracy>=0.9\""));
        }

        return metrics.FirstOrDefault(metric => metric.Name == parts[0]) is { } known
            ? new(known, comparison == AtLeast, value)
            : throw new ValidationException("", "success",
                $"'{parts[0]}' is not a metric of this task: give {string.Join(", ", names)}" +
                NearestName.FormatSuggestion(parts[0], names));
    }

    /// <summary>The criterion as <see cref="Parse"/> reads it.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Metric.Name}{(IsAtLeast ? AtLeast : AtMost)}{Value}");
}
