using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LatchLab.Cli;

/// <summary>Converts numbers to JSON and writes JSON documents.</summary>
internal static class JsonOutput
{
    // Relaxed escaping keeps Greek letters readable; it is safe because no document is embedded in an HTML page.
    private static readonly JsonSerializerOptions SerializerOptions = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A JSON number; null for a value that is missing or not finite.</summary>
    public static JsonNode? ToJson(double? value)
        => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    /// <summary>A JSON array of numbers.</summary>
    public static JsonArray ToJson(IEnumerable<double> values) => [.. values.Select(value => ToJson(value))];

    /// <summary>A JSON object with an estimate and the ends of its interval.</summary>
    public static JsonObject ToJson(string name, double value, double lower, double upper) => new()
    {
        [name] = ToJson(value),
        ["lower"] = ToJson(lower),
        ["upper"] = ToJson(upper),
    };

    /// <summary>The output of a network as a number; several outputs as an array.</summary>
    public static JsonNode? OutputsToJson(IReadOnlyList<double> outputs)
        => outputs is [var single] ? ToJson(single) : ToJson(outputs);

    /// <summary>Writes the JSON document of a command to standard output, with its status as the first field.</summary>
    public static void WriteDocument(JsonObject document, string status = "ok")
    {
        document.Insert(0, "status", status);
        Console.Out.WriteLine(document.ToJsonString(SerializerOptions));
    }
}
