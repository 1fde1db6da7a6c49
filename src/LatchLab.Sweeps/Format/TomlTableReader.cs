using System.Globalization;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// Reads a table with a known set of fields. A misspelt name counts as one error: its value is read under the nearest
/// known name.
/// </summary>
internal sealed class TomlTableReader
{
    private readonly string _prefix;
    private readonly Dictionary<string, TomlField> _fields = [];

    /// <summary>Takes a table and reports every field other than those of the given names.</summary>
    /// <remarks>The prefix stands before field names in messages, for example <c>report.</c>.</remarks>
    public TomlTableReader(TomlTable table, string prefix, IReadOnlyList<string> names, ValidationErrors errors)
    {
        (Table, Errors, _prefix) = (table, errors, prefix);
        foreach (TomlField field in table.Fields.Where(field => names.Contains(field.Name)))
            _fields.Add(field.Name, field);
        foreach (TomlField field in table.Fields.Where(field => !names.Contains(field.Name)))
        {
            // Names of one or two letters are too short for a meaningful suggestion.
            string? nearest = field.Name.Length < 3
                ? null
                : NearestName.Find(field.Name, names.Where(name => !_fields.ContainsKey(name)));
            if (nearest is not null)
                _fields.Add(nearest, field);
            string problem = nearest is not null
                ? $"unknown; did you mean {Escape.Quote(nearest)}?"
                : $"unknown; allowed here are {string.Join(", ", names)}";
            string hint = field.Name.Contains('.', StringComparison.Ordinal)
                ? "; write a dotted name without quotes"
                : "";
            errors.Add(field.Location, prefix + Escape.Text(field.Name), problem + hint, SettingReader.UnknownGroup);
        }
    }

    /// <summary>The table.</summary>
    public TomlTable Table { get; }

    /// <summary>Receives errors.</summary>
    public ValidationErrors Errors { get; }

    /// <summary>Returns a field; null if it is missing.</summary>
    public TomlField? Find(string name) => _fields.GetValueOrDefault(name);

    /// <summary>Reads a string on one line; null if it is missing or invalid.</summary>
    public string? GetString(string name, string expected)
        => Read(name, $"{expected}, in quotes and on one line,",
            value => value is TomlString { Value: { Length: > 0 } text } && !text.Any(char.IsControl) ? text : null);

    /// <summary>Reads one of several choices; null if it is missing or invalid.</summary>
    public string? GetChoice(string name, IReadOnlyList<string> choices)
        => Read(name, string.Join(" or ", choices.Select(Escape.Quote)),
            value => value is TomlString text && choices.Contains(text.Value) ? text.Value : null, choices);

    /// <summary>Reads a whole number; null if it is missing or invalid.</summary>
    public long? GetInt64(string name, long minimum, long maximum)
        => Read<long?>(name, $"a whole number from {minimum} to {maximum}",
            value => value is TomlNumber { Integer: { } whole } && minimum <= whole && whole <= maximum ? whole : null);

    /// <summary>
    /// Reads a whole number up to 2⁶⁴ − 1, in quotes above the range of TOML integers; null if missing or invalid.
    /// </summary>
    public ulong? GetUInt64(string name)
        => Read<ulong?>(name, $"a whole number from 0 to {long.MaxValue}, or in quotes to {ulong.MaxValue},",
            value => value is TomlNumber { Integer: >= 0 and { } whole } ? (ulong)whole
                : value is TomlString text && ulong.TryParse(
                    text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null);

    /// <summary>Reads a finite number; null if it is missing or invalid.</summary>
    public TomlNumber? GetNumber(string name)
        => Read(name, "a finite number",
            value => value is TomlNumber number && double.IsFinite(number.Value) ? number : null);

    /// <summary>Reads a list of distinct choices; null if it is missing or not a list.</summary>
    public IReadOnlyList<string>? GetChoices(string name, IReadOnlyList<string> choices)
    {
        string known = string.Join(", ", choices.Select(Escape.Quote));
        TomlArray? list = Read(name, $"a list of some of {known}",
            value => value is TomlArray { Items: [_, ..] } items ? items : null);
        var result = new List<string>();
        foreach (TomlValue item in list?.Items ?? [])
        {
            string? choice = (item as TomlString)?.Value;
            if (choice is null || !choices.Contains(choice))
                ReportInvalid(name, item, $"one of {known}", Hint(item, choices));
            else if (result.Contains(choice))
                Errors.Add(item.Location, _prefix + name, $"has {Escape.Quote(choice)} twice");
            else
                result.Add(choice);
        }

        return list is null ? null : result;
    }

    /// <summary>Reads the tables that begin with <c>[[name]]</c> each; null if there are none.</summary>
    public IReadOnlyList<TomlTable>? GetTables(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case { Value: TomlArray list } when list.Items.All(item => item is TomlTable):
                return [.. list.Items.Cast<TomlTable>()];
            case { Value: TomlTable single } field:
                Errors.Add(field.Location, field.Name, $"begins with [[{field.Name}]] in double brackets");
                return [single];
            case { } field:
                Errors.Add(field.Value.Location, field.Name,
                    $"{field.Value.Description}, where tables are needed that begin with [[{field.Name}]] each");
                return [];
        }
    }

    /// <summary>Reports an invalid value of a field.</summary>
    public void ReportInvalid(string name, TomlValue value, string expected, string hint = "")
        => Errors.Add(value.Location, _prefix + name, $"{value.Description}, where {expected} is needed{hint}");

    /// <summary>Reports a missing field.</summary>
    public void ReportMissing(string name, string expected)
        => Errors.Add(Table.Location, _prefix + name, $"missing; {expected} is needed");

    private TResult? Read<TResult>(
        string name, string expected, Func<TomlValue, TResult?> convert, IReadOnlyList<string>? choices = null)
    {
        if (Find(name)?.Value is not { } value)
            return default;
        TResult? result = convert(value);
        if (result is null)
            ReportInvalid(name, value, expected, Hint(value, choices ?? []));
        return result;
    }

    private static string Hint(TomlValue value, IReadOnlyList<string> choices)
        => value is TomlString text ? NearestName.FormatSuggestion(text.Value, choices) : "";
}
