using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LatchLab.Ledger.Sqlite;

/// <summary>
/// Converts numbers to and from JSON, with names or without. They read back to the same bits; a number that is not
/// finite becomes null, which reads as NaN.
/// </summary>
internal static class NumbersJson
{
    /// <summary>Returns an object with the values by name; null if there are none.</summary>
    public static string? Serialize(IReadOnlyList<string> names, IReadOnlyList<double> values)
        => names.Count == 0 ? null
            : $"{{{string.Join(", ", names.Zip(values, (name, value) => $"\"{name}\": {Format(value)}"))}}}";

    /// <summary>Returns a list of the values; null if there are none.</summary>
    public static string? Serialize(IReadOnlyList<double> values)
        => values.Count == 0 ? null : $"[{string.Join(", ", values.Select(Format))}]";

    /// <summary>
    /// Reads the values of an object or a list, in their order; null if the text is neither, or has another number of
    /// values. An empty text has none.
    /// </summary>
    public static double[]? TryParse(string text, int count)
    {
        if (text.Length == 0)
            return count == 0 ? [] : null;
        var values = new List<double>(count);
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            while (json.Read())
            {
                if (json.TokenType is JsonTokenType.Number or JsonTokenType.Null)
                    values.Add(json.TokenType == JsonTokenType.Null ? double.NaN : json.GetDouble());
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return values.Count == count ? [.. values] : null;
    }

    private static string Format(double value)
        => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "null";
}
