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
    private readonly ValidationErrors _errors;
    private readonly Dictionary<string, TomlField> _fields = [];

    /// <summary>Takes a table and reports every unknown field.</summary>
    /// <param name="table">The table.</param>
    /// <param name="prefix">The prefix of field names in messages, for example <c>report.</c>.</param>
    /// <param name="names">The allowed fields.</param>
    /// <param name="errors">Receives errors.</param>
    public TomlTableReader(TomlTable table, string prefix, IReadOnlyList<string> names, ValidationErrors errors)
    {
        Table = table;
        _prefix = prefix;
        _errors = errors;
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

    /// <summary>Returns a field; null if it is missing.</summary>
    public TomlField? Find(string name) => _fields.GetValueOrDefault(name);

    /// <summary>Reads a string on one line; null if it is missing or invalid.</summary>
    public string? GetString(string name, string expected)
    {
        if (Find(name) is not { } field)
            return null;
        if (field.Value is TomlString { Value.Length: > 0 } text && !text.Value.Any(char.IsControl))
            return text.Value;
        ReportInvalid(name, field.Value, $"{expected}, in quotes and on one line,");
        return null;
    }

    /// <summary>Reads one of several choices; null if it is missing or invalid.</summary>
    public string? GetChoice(string name, IReadOnlyList<string> choices)
    {
        if (Find(name) is not { } field)
            return null;
        if (field.Value is TomlString text && choices.Contains(text.Value))
            return text.Value;
        ReportInvalid(name, field.Value, string.Join(" or ", choices.Select(Escape.Quote)), Hint(field.Value, choices));
        return null;
    }

    /// <summary>Reads a whole number; null if it is missing or invalid.</summary>
    public long? GetInt64(string name, long minimum, long maximum)
    {
        if (Find(name) is not { } field)
            return null;
        if (field.Value is TomlNumber { Integer: { } whole } && whole >= minimum && whole <= maximum)
            return whole;
        ReportInvalid(name, field.Value, $"a whole number from {minimum} to {maximum}");
        return null;
    }

    /// <summary>
    /// Reads a whole number up to 2⁶⁴ − 1, in quotes above the range of TOML integers; null if missing or invalid.
    /// </summary>
    public ulong? GetUInt64(string name)
    {
        switch (Find(name)?.Value)
        {
            case null:
                return null;
            case TomlNumber { Integer: >= 0 and { } whole }:
                return (ulong)whole;
            case TomlString text when ulong.TryParse(
                text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed):
                return seed;
            case { } value:
                ReportInvalid(name, value,
                    $"a whole number from 0 to {long.MaxValue}, or in quotes to {ulong.MaxValue},");
                return null;
        }
    }

    /// <summary>Reads a finite number; null if it is missing or invalid.</summary>
    public TomlNumber? GetNumber(string name)
    {
        if (Find(name) is not { } field)
            return null;
        if (field.Value is TomlNumber number && double.IsFinite(number.Value))
            return number;
        ReportInvalid(name, field.Value, "a finite number");
        return null;
    }

    /// <summary>Reads a list of distinct choices; null if it is missing or not a list.</summary>
    public IReadOnlyList<string>? GetChoices(string name, IReadOnlyList<string> choices)
    {
        if (Find(name) is not { } field)
            return null;
        if (field.Value is not TomlArray { Items: [_, ..] items })
        {
            ReportInvalid(name, field.Value, $"a list of some of {string.Join(", ", choices.Select(Escape.Quote))}");
            return null;
        }

        List<string> result = [];
        foreach (TomlValue item in items)
        {
            string? choice = (item as TomlString)?.Value;
            if (choice is null || !choices.Contains(choice))
                ReportInvalid(name, item, $"one of {string.Join(", ", choices.Select(Escape.Quote))}",
                    Hint(item, choices));
            else if (result.Contains(choice))
                _errors.Add(item.Location, _prefix + name, $"has {Escape.Quote(choice)} twice");
            else
                result.Add(choice);
        }

        return result;
    }

    /// <summary>Reports an invalid value of a field.</summary>
    public void ReportInvalid(string name, TomlValue value, string expected, string hint = "")
        => _errors.Add(value.Location, _prefix + name, $"{value.Describe()}, where {expected} is needed{hint}");

    /// <summary>Reports a missing field.</summary>
    public void ReportMissing(string name, string expected)
        => _errors.Add(Table.Location, _prefix + name, $"missing; {expected} is needed");

    /// <summary>Suggests a choice: the nearest one, or one that starts with the given text.</summary>
    private static string Hint(TomlValue value, IReadOnlyList<string> choices)
    {
        if (value is not TomlString { Value: var text })
            return "";
        string? completion = choices.FirstOrDefault(word
            => text.Length > 2 && word.StartsWith(text, StringComparison.Ordinal));
        return NearestName.FormatSuggestion(completion ?? text, choices);
    }
}
