using System.Text.Json;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Models.Json;
using LatchLab.Networks;
using LatchLab.Networks.Units;

namespace LatchLab.Models;

/// <summary>Reads the values of fields with the types that the caller expects, and collects errors.</summary>
internal sealed class JsonFieldReader(JsonFieldTable names, ValidationErrors errors) : IFieldReader
{
    public bool IsValid(string name) => !errors.HasErrorsFor(name);

    public string GetChoice(string name, IReadOnlyList<string> allowed)
    {
        string choices = string.Join(", ", allowed.Select(Escape.Quote));
        string expected = allowed.Count == 1 ? choices : $"one of {choices}";
        if (names.Find(name, expected) is not { } value)
            return allowed[0];
        string? text = value.Kind == JsonTokenType.String ? value.Value : null;
        if (text is not null && allowed.Contains(text))
            return text;
        ReportInvalid(name, value, expected, hint: text is null ? "" : NearestName.FormatSuggestion(text, allowed));
        return allowed[0];
    }

    public bool HasField(string name) => names.Has(name);

    /// <summary>A string that is not empty.</summary>
    public string GetString(string name)
    {
        const string expected = "a string that is not empty";
        if (names.Find(name, expected) is not { } value)
            return "";
        if (value.Kind == JsonTokenType.String && value.Value.Length > 0)
            return value.Value;
        ReportInvalid(name, value, expected);
        return "";
    }

    public void RequireExactlyOne(string name, string other) => names.RequireOne(name, other);

    public string GetUnitNames(string name, int? count)
    {
        string fallback = KnownUnits.Names[0];
        string expected = $"one of {string.Join(", ", KnownUnits.Names.Select(Escape.Quote))}, or a list of them";
        if (names.Find(name, expected) is not { } value)
            return fallback;
        if (value.Kind != JsonTokenType.String)
        {
            ReportInvalid(name, value, expected);
            return fallback;
        }

        string text = value.Value;
        if (KnownUnits.FindUnknownName(text) is { } unknown)
        {
            ReportInvalid(name, value, expected, hint: NearestName.FormatSuggestion(unknown, KnownUnits.Names));
            return fallback;
        }

        if (KnownUnits.Validate(text, count ?? KnownUnits.CountNames(text)) is not { } error)
            return text;
        errors.Add(value.Line, name, error);
        return fallback;
    }

    public double GetDouble(string name, double minimum, double maximum)
    {
        string expected = NumberFormat.DescribeRange(minimum, maximum);
        if (names.Find(name, expected) is not { } value)
            return 0.0;
        if (!value.TryGetDouble(out double number) || number < minimum || number > maximum)
            ReportInvalid(name, value, expected);
        return Math.Clamp(number, minimum, maximum);
    }

    public int GetInt32(string name, int minimum, int maximum)
    {
        string expected = minimum == maximum ? $"{minimum}" : $"a whole number from {minimum} to {maximum}";
        if (names.Find(name, expected) is not { } value)
            return minimum;
        if (TryWholeNumber(value, minimum, maximum, out int number))
            return number;
        ReportInvalid(name, value, expected);
        return minimum;
    }

    public IReadOnlyList<int> GetDistinctInt32s(string name, int minimum, int maximum)
    {
        string expected = minimum == maximum ? $"{minimum}" : $"a whole number from {minimum} to {maximum}";
        if (FindList(name, "a list of whole numbers") is not { } list)
            return [minimum];
        var numbers = new OrderedDictionary<int, int>();    // number → position of its element, from 1
        foreach ((int i, JsonTreeValue element) in list.Elements().Index())
        {
            if (!TryWholeNumber(element, minimum, maximum, out int number))
                ReportInvalid(name, element, expected, $"element {i + 1} is ");
            else if (!numbers.TryAdd(number, i + 1))
                errors.Add(element.Line, name, $"element {i + 1} is {number}, like element {numbers[number]}");
        }

        if (!list.Elements().Any())
            errors.Add(list.Line, name, "an empty list, where at least one number is needed");
        return [.. numbers.Keys];
    }

    /// <summary>The object of an optional field; null if the field is missing or no object.</summary>
    public JsonTreeValue? FindObject(string name)
    {
        if (!HasField(name) || names.Find(name, "an object") is not { } value)
            return null;
        if (value.Kind == JsonTokenType.StartObject)
            return value;
        ReportInvalid(name, value, "an object");
        return null;
    }

    /// <summary>A list of distinct strings, of the given length unless that is null; at least one.</summary>
    public IReadOnlyList<string> GetDistinctStrings(string name, int? length)
    {
        string expected = $"a list of {FormatCount(length, "string")}";
        if (FindList(name, expected) is not { } list)
            return [];
        var texts = new OrderedDictionary<string, int>();    // text → position of its element, from 1
        foreach ((int i, JsonTreeValue element) in list.Elements().Index())
        {
            if (element.Kind != JsonTokenType.String)
                ReportInvalid(name, element, "a string", $"element {i + 1} is ");
            else if (!texts.TryAdd(element.Value, i + 1))
                errors.Add(element.Line, name, $"element {i + 1} is the same as element {texts[element.Value]}");
        }

        int count = list.Elements().Count();
        if (count == 0 || (length is not null && count != length))
            errors.Add(list.Line, name, $"a list of length {count}, where {expected} is needed");
        return [.. texts.Keys];
    }

    public IReadOnlyList<double> GetDoubles(
        string name, int? length, Func<int, (double Minimum, double Maximum)>? getRange = null)
    {
        string expected = $"a list of {FormatCount(length, "finite number")}";
        if (FindList(name, expected) is not { } list)
            return [];
        List<double> numbers = [];
        AppendNumbers(name, list, where: "", numbers, i => i < length ? getRange?.Invoke(i) : null);
        if (length is not null && numbers.Count != length)
            errors.Add(list.Line, name, $"a list of length {numbers.Count}, where {expected} is needed");
        return numbers;
    }

    public IReadOnlyList<double> GetMatrix(string name, int? rows, int? columns)
    {
        string expected =
            $"a list of {FormatCount(rows, "row")}, each a list of {FormatCount(columns, "finite number")},";
        if (FindList(name, expected) is not { } matrix)
            return [];
        if (matrix.Elements().Any() && matrix.Elements().All(row => row.Kind == JsonTokenType.Number))
        {
            errors.Add(matrix.Line, name, $"a flat list, where {expected} is needed");
            return [];
        }

        List<double> numbers = [];
        List<(int Line, int? Length)> shape = [];    // the length of an element that is not a list is null
        foreach (JsonTreeValue row in matrix.Elements())
        {
            int countBefore = numbers.Count;
            string where = $"row {shape.Count + 1}";
            if (row.Kind == JsonTokenType.StartArray)
                AppendNumbers(name, row, $"{where}, ", numbers, getRange: _ => null);
            else
                ReportInvalid(name, row, $"a list of {FormatCount(columns, "finite number")}", $"{where} is ");
            shape.Add((row.Line, row.Kind == JsonTokenType.StartArray ? numbers.Count - countBefore : null));
        }

        int expectedLength = columns ?? shape.Select(row => row.Length).FirstOrDefault(length => length > 0) ?? 1;
        if (rows is not null)
            ValidateShape(name, matrix, shape, rows.Value, expectedLength);
        return numbers;
    }

    /// <summary>Reports a matrix of an unexpected size once, and each row whose length differs separately.</summary>
    private void ValidateShape(
        string name, JsonTreeValue matrix, List<(int Line, int? Length)> shape, int rows, int columns)
    {
        if (shape.Count > 1 && shape[0].Length is { } commonLength && commonLength != columns
            && shape.All(row => row.Length == commonLength))
        {
            string found = $"{shape.Count} rows of length {commonLength}";
            errors.Add(matrix.Line, name, $"{found}, where {FormatCount(rows, "row")} of length {columns} are needed");
            return;
        }

        for (int i = 0; i < shape.Count; i++)
        {
            if (shape[i].Length is { } length && length != columns)
            {
                string found = $"row {i + 1} has length {length}";
                errors.Add(shape[i].Line, name, $"{found}, where {columns} is needed");
            }
        }

        if (shape.Count != rows)
            errors.Add(matrix.Line, name,
                $"{FormatCount(shape.Count, "row")}, where {FormatCount(rows, "row")} are needed");
    }

    /// <summary>Appends every element, an invalid one as 0, so that the length is the one that was given.</summary>
    private void AppendNumbers(
        string name, JsonTreeValue list, string where, List<double> numbers,
        Func<int, (double Minimum, double Maximum)?> getRange)
    {
        foreach ((int i, JsonTreeValue element) in list.Elements().Index())
        {
            (double minimum, double maximum) = getRange(i) ?? (double.NegativeInfinity, double.PositiveInfinity);
            if (!element.TryGetDouble(out double number) || number < minimum || number > maximum)
            {
                ReportInvalid(
                    name, element, NumberFormat.DescribeRange(minimum, maximum), $"{where}element {i + 1} is ");
            }

            numbers.Add(number);
        }
    }

    private static bool TryWholeNumber(JsonTreeValue value, int minimum, int maximum, out int number)
    {
        bool isWhole = value.TryGetDouble(out double read) && double.IsInteger(read) && read >= minimum
            && read <= maximum;
        number = isWhole ? (int)read : minimum;
        return isWhole;
    }

    private JsonTreeValue? FindList(string name, string expected)
    {
        if (names.Find(name, expected) is not { } value)
            return null;
        if (value.Kind == JsonTokenType.StartArray)
            return value;
        ReportInvalid(name, value, expected);
        return null;
    }

    private void ReportInvalid(string name, JsonTreeValue value, string expected, string where = "", string hint = "")
        => errors.Add(value.Line, name, $"{where}{value.Describe()}, where {expected} is needed{hint}");

    private static string FormatCount(int? count, string thing) => count switch
    {
        null => thing + "s",
        1 => $"1 {thing}",
        _ => $"{count} {thing}s",
    };
}
