using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LatchLab.Cli;

/// <summary>Converts numbers to JSON and writes JSON documents.</summary>
internal static class JsonOutput
{
    private const int BufferLength = 1 << 16;

    // Relaxed escaping keeps Greek letters readable; it is safe because no document is embedded in an HTML page.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Indented = true,
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
    /// <param name="document">The document.</param>
    /// <param name="status">The status.</param>
    /// <param name="longField">The field of the document that is a long array; null for none.</param>
    /// <param name="items">The items of this array, which are written one by one.</param>
    public static void WriteDocument(
        JsonObject document, string status = "ok", string? longField = null, IEnumerable<JsonNode>? items = null)
    {
        document.Insert(0, "status", status);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        foreach ((string name, JsonNode? value) in document)
        {
            writer.WritePropertyName(name);
            if (name == longField)
                WriteItems();
            else if (value is null)
                writer.WriteNullValue();
            else
                value.WriteTo(writer);
        }

        writer.WriteEndObject();
        Flush();
        Console.Out.WriteLine();

        void WriteItems()
        {
            writer.WriteStartArray();
            foreach (JsonNode item in items!)
            {
                item.WriteTo(writer);
                if (buffer.WrittenCount + writer.BytesPending > BufferLength)
                    Flush();
            }

            writer.WriteEndArray();
        }

        void Flush()
        {
            writer.Flush();
            Console.Out.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
            buffer.ResetWrittenCount();
        }
    }
}
