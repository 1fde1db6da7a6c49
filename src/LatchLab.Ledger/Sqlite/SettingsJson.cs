using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using LatchLab.Training;

namespace LatchLab.Ledger.Sqlite;

/// <summary>
/// Converts settings to and from a JSON object, preserving their order. A value in the form of a JSON number is written
/// verbatim as a number, so that SQL can compare it and it reads back unchanged. All other values are strings.
/// </summary>
internal static partial class SettingsJson
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns the JSON text of settings.</summary>
    public static string Serialize(IReadOnlyList<(string Field, string Value)> settings)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, WriterOptions))
        {
            json.WriteStartObject();
            foreach ((string field, string value) in settings)
            {
                json.WritePropertyName(field);
                if (JsonNumberPattern().IsMatch(value))
                    json.WriteRawValue(value);
                else
                    json.WriteStringValue(value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Parses settings from JSON text. Former names are replaced by the current ones.</summary>
    public static IReadOnlyList<(string Field, string Value)> Deserialize(string text)
    {
        using var document = JsonDocument.Parse(text);
        return
        [
            .. from field in document.RootElement.EnumerateObject()
               let name = FormerNames.GetName(field.Name)
               select (name, field.Value.ValueKind == JsonValueKind.String
                   ? FormerNames.GetValue(name, field.Value.GetString()!)
                   : field.Value.GetRawText()),
        ];
    }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z")]
    private static partial Regex JsonNumberPattern();
}
