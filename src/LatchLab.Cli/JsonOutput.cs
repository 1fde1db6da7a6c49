using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LatchLab.Cli;

/// <summary>Numbers in JSON documents, and the documents themselves.</summary>
internal static class JsonOutput
{
    // Greek letters stay readable; no document becomes a part of a page.
    private static readonly JsonSerializerOptions SerializerOptions = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A JSON number; null where the value is no finite number.</summary>
    public static JsonNode? ToJson(double? value)
        => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    /// <summary>A JSON array of numbers.</summary>
    public static JsonArray ToJson(IEnumerable<double> values) => [.. values.Select(value => ToJson(value))];

    /// <summary>The output of a network as a number; several as an array.</summary>
    public static JsonNode? OutputsToJson(IReadOnlyList<double> outputs)
        => outputs is [var single] ? ToJson(single) : ToJson(outputs);

    /// <summary>Prints the one document of a command on standard output.</summary>
    public static void WriteDocument(JsonNode document)
        => Console.Out.WriteLine(document.ToJsonString(SerializerOptions));
}
