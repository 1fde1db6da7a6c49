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

    /// <summary>Parses settings from JSON text. Former settings are replaced by the current ones.</summary>
    public static IReadOnlyList<(string Field, string Value)> Deserialize(string text)
    {
        using var document = JsonDocument.Parse(text);
        var settings = new List<(string Field, string Value)>();
        var rules = new List<string>();
        foreach (JsonProperty field in document.RootElement.EnumerateObject())
        {
            string name = FormerNames.GetName(field.Name), value = field.Value.ValueKind == JsonValueKind.String
                ? FormerNames.GetValue(name, field.Value.GetString()!) : field.Value.GetRawText();
            if (FormerNames.FindRule(name, value) is { } rule)
                rules.Add(rule);
            else
                settings.Add((name, value));
        }

        return rules.Count == 0 ? settings : [.. settings, ("network.prior", string.Join("; ", rules))];
    }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z")]
    private static partial Regex JsonNumberPattern();
}
