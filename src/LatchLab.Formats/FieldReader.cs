using System.Text.Json;
using LatchLab.Formats.Json;
using LatchLab.Networks;
using LatchLab.Networks.Units;

namespace LatchLab.Formats;

/// <summary>Reads the values of fields for whoever knows what they must be, and collects what is wrong.</summary>
/// <param name="names">The fields by their names.</param>
/// <param name="mistakes">Receives what is wrong.</param>
internal sealed class FieldReader(FieldNames names, Mistakes mistakes) : IFieldReader
{
    private const string FiniteNumber = "a finite number";

    /// <inheritdoc/>
    public bool IsSound(string name) => !mistakes.Concern(name);

    /// <inheritdoc/>
    public string Word(string name, IReadOnlyList<string> allowed)
    {
        string quoted = string.Join(", ", allowed.Select(Quotation.Of));
        string needed = allowed.Count == 1 ? quoted : $"one of {quoted}";
        if (names.Find(name, needed) is not { } value)
            return allowed[0];
        string? word = value.Kind == JsonTokenType.String ? value.Text : null;
        if (word is not null && allowed.Contains(word))
            return word;
        Refuse(name, value, needed, hint: word is null ? "" : NearestName.Hint(word, allowed));
        return allowed[0];
    }

    /// <inheritdoc/>
    public bool Has(string name) => names.Has(name);

    /// <inheritdoc/>
    public void RequireOne(string name, string other) => names.RequireOne(name, other);

    /// <inheritdoc/>
    public string Units(string name, int? count)
    {
        string standIn = KnownUnits.Names[0];
        string needed = $"one of {string.Join(", ", KnownUnits.Names.Select(Quotation.Of))}, or a list of them";
        if (names.Find(name, needed) is not { } value)
            return standIn;
        if (value.Kind != JsonTokenType.String)
        {
            Refuse(name, value, needed);
            return standIn;
        }

        string text = value.Text;
        if (KnownUnits.Unknown(text) is { } unknown)
        {
            Refuse(name, value, needed, hint: NearestName.Hint(unknown, KnownUnits.Names));
            return standIn;
        }

        if (KnownUnits.Mistake(text, count ?? KnownUnits.Count(text)) is not { } mistake)
            return text;
        mistakes.Add(value.Line, name, mistake);
        return standIn;
    }

    /// <inheritdoc/>
    public double Number(string name)
    {
        if (names.Find(name, FiniteNumber) is not { } value)
            return 0.0;
        if (!value.TryNumber(out double number))
            Refuse(name, value, FiniteNumber);
        return number;
    }

    /// <inheritdoc/>
    public int WholeNumber(string name, int minimum, int maximum)
    {
        string needed = minimum == maximum ? $"{minimum}" : $"a whole number from {minimum} to {maximum}";
        if (names.Find(name, needed) is not { } value)
            return minimum;
        if (TryWholeNumber(value, minimum, maximum, out int number))
            return number;
        Refuse(name, value, needed);
        return minimum;
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> DistinctNumbers(string name, int minimum, int maximum)
    {
        string needed = minimum == maximum ? $"{minimum}" : $"a whole number from {minimum} to {maximum}";
        if (FindList(name, "a list of whole numbers") is not { } list)
            return [minimum];
        var numbers = new OrderedDictionary<int, int>();    // each with the number of its element
        foreach ((int i, JsonValue element) in list.Elements().Index())
        {
            if (!TryWholeNumber(element, minimum, maximum, out int number))
                Refuse(name, element, needed, $"element {i + 1} is ");
            else if (!numbers.TryAdd(number, i + 1))
                mistakes.Add(element.Line, name, $"element {i + 1} is {number}, as is element {numbers[number]}");
        }

        if (!list.Elements().Any())
            mistakes.Add(list.Line, name, "an empty list, where at least one number is needed");
        return [.. numbers.Keys];
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Numbers(string name, int? length)
    {
        string needed = $"a list of {Some(length, "finite number")}";
        if (FindList(name, needed) is not { } list)
            return [];
        List<double> numbers = [];
        AddNumbers(name, list, where: "", numbers);
        if (length is not null && numbers.Count != length)
            mistakes.Add(list.Line, name, $"a list of length {numbers.Count}, where {needed} is needed");
        return numbers;
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Matrix(string name, int? rows, int? columns)
    {
        string needed = $"a list of {Some(rows, "row")}, each a list of {Some(columns, "finite number")},";
        if (FindList(name, needed) is not { } matrix)
            return [];
        if (matrix.Elements().Any() && matrix.Elements().All(row => row.Kind == JsonTokenType.Number))
        {
            mistakes.Add(matrix.Line, name, $"a flat list, where {needed} is needed");
            return [];
        }

        List<double> numbers = [];
        List<(int Line, int? Length)> shape = [];     // what is no row has no length
        foreach (JsonValue row in matrix.Elements())
        {
            int before = numbers.Count;
            string where = $"row {shape.Count + 1}";
            if (row.Kind == JsonTokenType.StartArray)
                AddNumbers(name, row, $"{where}, ", numbers);
            else
                Refuse(name, row, $"a list of {Some(columns, "finite number")}", $"{where} is ");
            shape.Add((row.Line, row.Kind == JsonTokenType.StartArray ? numbers.Count - before : null));
        }

        int longEnough = columns ?? shape.Select(row => row.Length).FirstOrDefault(length => length > 0) ?? 1;
        if (rows is not null)
            CheckShape(name, matrix, shape, rows.Value, longEnough);
        return numbers;
    }

    /// <summary>A matrix of another size is one mistake; a row that differs from the others is its own.</summary>
    private void CheckShape(
        string name, JsonValue matrix, List<(int Line, int? Length)> shape, int rows, int columns)
    {
        if (shape.Count > 1 && shape[0].Length is { } common && common != columns
            && shape.All(row => row.Length == common))
        {
            string found = $"{shape.Count} rows of length {common}";
            mistakes.Add(matrix.Line, name, $"{found}, where {Some(rows, "row")} of length {columns} are needed");
            return;
        }

        for (int i = 0; i < shape.Count; i++)
        {
            if (shape[i].Length is { } length && length != columns)
            {
                string found = $"row {i + 1} has length {length}";
                mistakes.Add(shape[i].Line, name, $"{found}, where {columns} is needed");
            }
        }

        if (shape.Count != rows)
            mistakes.Add(matrix.Line, name, $"{Some(shape.Count, "row")}, where {Some(rows, "row")} are needed");
    }

    /// <summary>Adds every element, a wrong one as a stand-in: the length stays what the user wrote.</summary>
    private void AddNumbers(string name, JsonValue list, string where, List<double> numbers)
    {
        foreach ((int i, JsonValue element) in list.Elements().Index())
        {
            if (!element.TryNumber(out double number))
                Refuse(name, element, FiniteNumber, $"{where}element {i + 1} is ");
            numbers.Add(number);
        }
    }

    private static bool TryWholeNumber(JsonValue value, int minimum, int maximum, out int number)
    {
        bool isWhole = value.TryNumber(out double read) && double.IsInteger(read) && read >= minimum && read <= maximum;
        number = isWhole ? (int)read : minimum;
        return isWhole;
    }

    private JsonValue? FindList(string name, string needed)
    {
        if (names.Find(name, needed) is not { } value)
            return null;
        if (value.Kind == JsonTokenType.StartArray)
            return value;
        Refuse(name, value, needed);
        return null;
    }

    private void Refuse(string name, JsonValue value, string needed, string where = "", string hint = "")
        => mistakes.Add(value.Line, name, $"{where}{value.Describe()}, where {needed} is needed{hint}");

    private static string Some(int? count, string thing) => count switch
    {
        null => thing + "s",
        1 => $"1 {thing}",
        _ => $"{count} {thing}s",
    };
}
