using System.Text.Json.Nodes;
using LatchLab.Tasks;

namespace LatchLab.Cli;

/// <summary>What a JSON document says of somebody's own sequences (docs/training.md).</summary>
internal static class DataJson
{
    /// <summary>The member; null where a task draws its sequences.</summary>
    public static JsonNode? Of(TaskDefinition task)
        => task is not SequencesTask { Set: { } set } own ? null : new JsonObject
        {
            ["file"] = own.File,
            ["digest"] = set.Digest,
            ["sequences"] = set.Count,
            ["steps"] = set.Steps,
            ["longest"] = set.LongestLength,
            ["inputs"] = Names(set.Inputs),
            ["labels"] = Names(set.Labels),
            ["classes"] = new JsonArray([.. set.Classes.Zip(set.ClassSizes, (name, count) => new JsonObject
            {
                ["name"] = name,
                ["sequences"] = count,
            })]),
            ["training"] = own.TrainingSequences,
            ["test"] = own.TestSequences,
            ["split"] = set.HasSplit ? "given" : "drawn",
            ["normalisation"] = Settings.InWords(own.Normalisation),
        };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];
}
