using System.Globalization;
using System.Text.Json.Nodes;

namespace LatchLab.Cli;

/// <summary>Numbers on the command line and in JSON documents.</summary>
internal static class Numbers
{
    /// <summary>Reads a finite number; notes a mistake under the option's name.</summary>
    public static double Read(string option, string text, ICollection<InputError> errors)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
            return number;
        errors.Add(new(option, "", $"'{text}' is not allowed: give a finite number, such as 1.25"));
        return double.NaN;
    }

    /// <summary>A JSON number; null where the value is no finite number.</summary>
    public static JsonNode? Json(double? value)
        => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    /// <summary>A JSON array of numbers.</summary>
    public static JsonArray Json(IEnumerable<double> values) => [.. values.Select(value => Json(value))];

    /// <summary>Prints the one document of a command on standard output.</summary>
    public static void Print(JsonObject document)
        => Console.Out.WriteLine(document.ToJsonString(new() { WriteIndented = true }));
}
