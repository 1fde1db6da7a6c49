using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;

namespace LatchLab.Sweeps.Format;

/// <summary>The values of a setting: one, or one for each point of an axis.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Texts">[point]: the value as the user writes it.</param>
/// <param name="Locations">[point]: the location of the value, or of its range.</param>
/// <param name="IsLogarithmic">For a range, whether ratios are equal; otherwise null.</param>
internal sealed record SettingValues(
    string Name, IReadOnlyList<string> Texts, IReadOnlyList<SourceLocation> Locations, bool? IsLogarithmic = null)
{
    private static readonly string[] RangeFields = ["from", "to", "points", "scale"];

    private readonly Dictionary<SettingKind, object?[]> _values = []; // [point]

    /// <summary>Returns a value in the type that a template has for the setting; null if it is invalid.</summary>
    public object? GetValue(ConfigurationTemplate template, int point)
        => _values.GetValueOrDefault(template.FindSetting(Name)!.Kind)?[point];

    /// <summary>Validates a value by the templates that have the setting. Returns an error; null if valid.</summary>
    public string? Validate(int point, IEnumerable<ConfigurationTemplate> owners)
    {
        string? firstError = null;
        foreach (ConfigurationTemplate owner in owners)
        {
            // The inputs of a task are numbers, those of a dataset the names of columns.
            SettingKind kind = owner.FindSetting(Name)!.Kind;
            if (!_values.TryGetValue(kind, out object?[]? values))
                _values.Add(kind, values = new object?[Texts.Count]);
            (object? value, string? error) = owner.Parse(Name, Texts[point]);
            values[point] ??= value;
            firstError ??= error;
        }

        if (firstError is not null)
            Array.ForEach([.. _values.Values], values => values[point] = null);
        return firstError;
    }

    /// <summary>Reads the list or the range of a setting on an axis; null if it is invalid.</summary>
    public static SettingValues? ReadAxis(SettingSyntax given, Setting setting, ValidationErrors errors)
    {
        bool isNumeric = setting.Kind is SettingKind.Number or SettingKind.Integer;
        switch (given.Value)
        {
            case TomlArray { Items: [_, ..] items }:
                string?[] texts = [
                    .. items.Select(item => SettingConverter.Convert(item, given.Name, setting, errors))];
                return texts.Contains(null) ? null
                    : new(given.Name, texts!, [.. items.Select(item => item.Location)]);
            case TomlTable table when isNumeric:
                return ReadRange(new(table, $"{given.Name}.", RangeFields, errors), given.Name,
                    setting.Kind == SettingKind.Integer);
            default:
                string expected = isNumeric
                    ? "a list, such as [5, 10, 20], or a range, such as { from = 5, to = 20, points = 4 },"
                    : "a list, such as [\"…\", \"…\"],";
                errors.Add(given.Value.Location, given.Name,
                    $"{given.Value.Description}, where {expected} is needed");
                return null;
        }
    }

    private static SettingValues? ReadRange(TomlTableReader table, string name, bool isInteger)
    {
        foreach ((string field, string meaning) in RangeFields.Zip(
            ["the first value", "the last value", "the number of values"]))
        {
            if (table.Find(field) is null)
                table.ReportMissing(field, meaning);
        }

        TomlNumber? from = table.GetNumber("from"), to = table.GetNumber("to");
        long? points = table.GetInt64("points", 1, SweepFile.MaximumConfigurations);
        bool isLogarithmic = table.GetChoice("scale", PartSyntax.ScaleNames) == PartSyntax.ScaleNames[1];
        if (from is null || to is null || points is null)
            return null;
        bool isSound = true;
        foreach ((string end, TomlNumber number) in new[] { ("from", from), ("to", to) })
        {
            string? needed = isInteger && number.Integer is null ? "a whole number"
                : isLogarithmic && number.Value <= 0.0 ? "a number above 0, because the scale is logarithmic," : null;
            if (needed is not null)
                table.ReportInvalid(end, number, needed);
            isSound &= needed is null;
        }

        if (points == 1 != (from.Value == to.Value))
        {
            table.Errors.Add(table.Table.Location, name, points == 1
                ? "a range with a single point, but different ends: give more points"
                : "a range whose ends are equal: give different ones, or a single value outside of [[axes]]");
            isSound = false;
        }

        if (!isSound)
            return null;
        IReadOnlyList<string> texts = new SweepRange(from.Value, to.Value, (int)points, isLogarithmic)
            .FormatValues(isInteger);
        int duplicate = Enumerable.Range(1, texts.Count - 1).FirstOrDefault(i => texts[i] == texts[i - 1]);
        if (duplicate == 0)
            return new(name, texts, [.. Enumerable.Repeat(table.Table.Location, texts.Count)], isLogarithmic);
        table.Errors.Add(table.Table.Location, name, $"points {duplicate} and {duplicate + 1} of this range are both " +
            $"{texts[duplicate]}: give fewer points, or a list");
        return null;
    }
}
