using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;

namespace LatchLab.Sweeps.Format;

/// <summary>The values of one setting along an axis, as text.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Texts">[point]: the value.</param>
/// <param name="Locations">[point]: the location of the value, or of its range.</param>
/// <param name="IsLogarithmic">For a range, whether ratios are equal; null for a list.</param>
internal sealed record AxisValues(
    string Name, IReadOnlyList<string> Texts, IReadOnlyList<SourceLocation> Locations, bool? IsLogarithmic)
{
    private static readonly string[] RangeFields = ["from", "to", "points", "scale"];

    /// <summary>Reads a list or a range.</summary>
    /// <param name="syntax">The setting in the file.</param>
    /// <param name="setting">The definition of the setting.</param>
    /// <param name="errors">Receives errors.</param>
    /// <returns>The values; null if they are invalid.</returns>
    public static AxisValues? Read(SettingSyntax syntax, Setting setting, ValidationErrors errors)
    {
        switch (syntax.Value)
        {
            case TomlArray { Items.Count: > 0 } list:
                string?[] texts = [
                    .. list.Items.Select(item => SettingConverter.Convert(item, syntax.Name, setting, errors))];
                return texts.Contains(null)
                    ? null
                    : new(syntax.Name, texts!, [.. list.Items.Select(item => item.Location)], IsLogarithmic: null);
            case TomlTable table when setting.Kind is SettingKind.Number or SettingKind.Integer:
                var reader = new TomlTableReader(table, $"{syntax.Name}.", RangeFields, errors);
                return ReadRange(syntax.Name, reader, setting, errors);
            default:
                string expected = setting.Kind is SettingKind.Number or SettingKind.Integer
                    ? "a list, such as [5, 10, 20], or a range, such as { from = 5, to = 20, points = 4 },"
                    : "a list, such as [\"…\", \"…\"],";
                errors.Add(syntax.Value.Location, syntax.Name,
                    $"{syntax.Value.Describe()}, where {expected} is needed");
                return null;
        }
    }

    private static AxisValues? ReadRange(string name, TomlTableReader table, Setting setting, ValidationErrors errors)
    {
        TomlNumber? from = ReadRequired("from", "the first value"), to = ReadRequired("to", "the last value");
        long? points = table.GetInt64("points", 1, SweepFile.MaximumConfigurations);
        if (table.Find("points") is null)
            table.ReportMissing("points", "the number of values");
        bool isLogarithmic = table.GetChoice("scale", PartSyntax.ScaleNames) == PartSyntax.ScaleNames[1];
        if (from is null || to is null || points is null)
            return null;
        bool isInteger = setting.Kind == SettingKind.Integer, isSound = true;
        foreach ((string end, TomlNumber number) in new[] { ("from", from), ("to", to) })
        {
            if (isInteger && number.Integer is null)
                ReportInvalid(end, number, "a whole number");
            else if (isLogarithmic && number.Value <= 0.0)
                ReportInvalid(end, number, "a number above 0, because the scale is logarithmic,");
        }

        if (points == 1 != (from.Value == to.Value))
        {
            errors.Add(table.Table.Location, name, points == 1
                ? "a range with a single point, but different ends: give more points"
                : "a range whose ends are equal: give different ones, or a single value outside of [[axes]]");
            isSound = false;
        }

        if (!isSound)
            return null;
        var range = new SweepRange(from.Value, to.Value, (int)points, isLogarithmic);
        IReadOnlyList<string> texts = range.FormatValues(isInteger);
        int duplicateIndex = Enumerable.Range(1, texts.Count - 1).FirstOrDefault(i => texts[i] == texts[i - 1]);
        if (duplicateIndex > 0)
        {
            errors.Add(table.Table.Location, name,
                $"points {duplicateIndex} and {duplicateIndex + 1} of this range are both " +
                $"{texts[duplicateIndex]}: give fewer points, or a list");
            return null;
        }

        return new(name, texts, [.. Enumerable.Repeat(table.Table.Location, texts.Count)], isLogarithmic);

        TomlNumber? ReadRequired(string end, string meaning)
        {
            if (table.Find(end) is null)
                table.ReportMissing(end, meaning);
            return table.GetNumber(end);
        }

        void ReportInvalid(string end, TomlNumber number, string needed)
        {
            table.ReportInvalid(end, number, needed);
            isSound = false;
        }
    }
}
