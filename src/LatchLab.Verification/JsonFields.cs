using System.Numerics;
using System.Text.Json;

namespace LatchLab.Verification;

/// <summary>
/// The fields of a certificate. An unknown field could change the meaning of the others, so unknown fields are
/// rejected. All methods throw <see cref="FormatException"/> for what is missing or invalid.
/// </summary>
internal static class JsonFields
{
    /// <summary>Parses a text.</summary>
    /// <exception cref="JsonException">The text is not JSON, or contains a field twice.</exception>
    public static JsonDocument Parse(string json)
        => JsonDocument.Parse(
            json.TrimStart('\uFEFF'), new JsonDocumentOptions { AllowDuplicateProperties = false });

    public static Dictionary<string, JsonElement> GetFields(JsonElement value, string place, params string[] known)
    {
        Require(value.ValueKind == JsonValueKind.Object, $"{place}: must be an object");
        var fields = value.EnumerateObject().ToDictionary(field => field.Name, field => field.Value);
        Require(fields.Keys.All(known.Contains), $"{place}: has a field other than {string.Join(", ", known)}");
        return fields;
    }

    public static JsonElement GetField(Dictionary<string, JsonElement> fields, string name)
        => fields.TryGetValue(name, out JsonElement value) ? value : throw new FormatException($"{name}: is missing");

    public static string GetString(Dictionary<string, JsonElement> fields, string name)
        => GetField(fields, name) is { ValueKind: JsonValueKind.String } word
            ? word.GetString()! : throw new FormatException($"{name}: must be a string");

    public static int GetInt32(Dictionary<string, JsonElement> fields, string name)
    {
        BigInteger units = GetNumber(GetField(fields, name), name);
        Require(units.Sign >= 0 && (units % FixedPointInterval.One).IsZero && units / FixedPointInterval.One <= 1000,
            $"{name}: must be a whole number from 0 to 1000");
        return (int)(units / FixedPointInterval.One);
    }

    public static BigInteger[][] GetMatrix(Dictionary<string, JsonElement> fields, string name, int count, int? length)
    {
        BigInteger[][] rows = [.. GetArray(GetField(fields, name), name).Select(row => GetNumbers(row, name, length))];
        Require(rows.Length == count, $"{name}: must have {count} rows");
        Require(rows.All(row => row.Length == rows[0].Length), $"{name}: must have rows of equal length");
        return rows;
    }

    public static BigInteger[] GetNumbers(JsonElement list, string place, int? count)
    {
        BigInteger[] numbers = [.. GetArray(list, place).Select(item => GetNumber(item, place))];
        Require(count is null || numbers.Length == count, $"{place}: must have {count} numbers, not {numbers.Length}");
        return numbers;
    }

    public static JsonElement.ArrayEnumerator GetArray(JsonElement list, string place)
        => list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray() : throw new FormatException($"{place}: must be a list");

    public static BigInteger GetNumber(JsonElement value, string place)
        => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double x) && double.IsFinite(x)
            ? FixedPointInterval.FromDouble(x) : throw new FormatException($"{place}: must be a finite number");

    public static void Require(bool condition, string message)
    {
        if (!condition)
            throw new FormatException(message);
    }
}
