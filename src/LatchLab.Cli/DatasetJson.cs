using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Cli;

/// <summary>The description of a dataset in a JSON document (docs/reference/training.md).</summary>
internal static class DatasetJson
{
    /// <summary>The JSON object; null for a task that generates its sequences.</summary>
    public static JsonNode? ToJson(TaskDefinition task)
        => task.Dataset is not { } dataset ? null : new JsonObject
        {
            ["file"] = task.DataFile,
            ["format"] = dataset.Remarks.Format,
            ["replacedNumbers"] = dataset.Remarks.ReplacedNumbers,
            ["droppedSequences"] = dataset.Remarks.DroppedSequences,
            ["digest"] = dataset.Digest,
            ["sequences"] = dataset.Count,
            ["steps"] = dataset.TotalSteps,
            ["longest"] = dataset.MaximumLength,
            ["inputs"] = ToJsonArray(dataset.InputNames),
            ["labels"] = ToJsonArray(dataset.LabelNames),
            ["classes"] = new JsonArray([.. dataset.ClassNames.Zip(dataset.ClassSizes, (name, count) => new JsonObject
            {
                ["name"] = name,
                [dataset.HasStepLabels ? "steps" : "sequences"] = count,
            })]),
            ["training"] = task.TrainingSequences,
            ["validation"] = task.ValidationSequences,
            ["test"] = task.TestSequences,
            ["split"] = dataset.HasSplit ? "given" : "drawn",
            ["normalisation"] = Settings.GetAll(task).Single(setting => setting.Name == "normalisation").Value,
        };

    private static JsonArray ToJsonArray(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];
}
