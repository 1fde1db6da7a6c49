using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>The summary of trials in JSON documents, the same for every command (docs/reference/training.md).</summary>
internal static class SummaryJson
{
    /// <summary>Adds the fields of a summary to a document.</summary>
    public static void Add(JsonObject document, OutcomeSummary summary)
    {
        JsonObject success = ToJson(summary.Success, "rate");
        success.Insert(0, "converged", summary[StopReason.Converged]);
        success.Insert(1, "trials", summary.Trials);
        document["success"] = success;
        document["testError"] = ToJson(summary.TestError, "mean");
        document["rootMeanSquareError"] =
            summary.UsesRootMeanSquareError ? ToJson(summary.RootMeanSquareError, "median") : null;
        document["trainingError"] = ToJson(summary.TrainingError, "mean");
        document["presentationsToSuccess"] = new JsonObject
        {
            ["lowerQuartile"] = JsonOutput.ToJson(summary.GetPresentationsQuantile(0.25)),
            ["median"] = JsonOutput.ToJson(summary.Presentations.IsCensored ? null : summary.Presentations.Value),
            ["upperQuartile"] = JsonOutput.ToJson(summary.GetPresentationsQuantile(0.75)),
            ["lower"] = JsonOutput.ToJson(summary.Presentations.Lower),
            ["upper"] = JsonOutput.ToJson(summary.Presentations.Upper),
            ["budget"] = JsonOutput.ToJson(summary.Budget),
        };
        document["stopReasons"] = new JsonObject(Enum.GetValues<StopReason>().Select(
            reason => KeyValuePair.Create(Settings.FormatValue(reason), (JsonNode?)summary[reason])));
    }

    private static JsonObject ToJson(Estimate estimate, string valueName)
        => JsonOutput.ToJson(valueName, estimate.Value, estimate.Lower, estimate.Upper);
}
