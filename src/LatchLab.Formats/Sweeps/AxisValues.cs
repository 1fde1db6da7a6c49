using LatchLab.Experiments;
using LatchLab.Formats.Toml;

namespace LatchLab.Formats.Sweeps;

/// <summary>The values of one setting along an axis, as texts.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Texts">[point].</param>
/// <param name="Places">[point]: where the value stands, or the range that it comes from.</param>
/// <param name="IsLogarithmic">Of a range: whether ratios are equal.</param>
internal sealed record AxisValues(
    string Name, IReadOnlyList<string> Texts, IReadOnlyList<TextPlace> Places, bool? IsLogarithmic)
{
    private static readonly string[] RangeFields = ["from", "to", "points", "scale"];

    /// <summary>Reads a list or a range.</summary>
    /// <param name="given">The setting as it is given.</param>
    /// <param name="setting">What it is.</param>
    /// <param name="mistakes">Receives what is wrong.</param>
    /// <returns>Null if it is neither.</returns>
    public static AxisValues? Read(GivenSetting given, Setting setting, Mistakes mistakes)
    {
        switch (given.Value)
        {
            case TomlList { Items.Count: > 0 } list:
                string?[] texts = [.. list.Items.Select(item => SettingText.Of(item, given.Name, setting, mistakes))];
                return texts.Contains(null)
                    ? null
                    : new(given.Name, texts!, [.. list.Items.Select(item => item.Place)], IsLogarithmic: null);
            case TomlTable table when setting.Kind is SettingKind.Number or SettingKind.WholeNumber:
                var reader = new TableReader(table, $"{given.Name}.", RangeFields, mistakes);
                return OfRange(given.Name, reader, setting, mistakes);
            default:
                string needed = setting.Kind is SettingKind.Number or SettingKind.WholeNumber
                    ? "a list, such as [5, 10, 20], or a range, such as { from = 5, to = 20, points = 4 },"
                    : "a list, such as [\"…\", \"…\"],";
                mistakes.Add(given.Value.Place, given.Name, $"{given.Value.Describe()}, where {needed} is needed");
                return null;
        }
    }

    private static AxisValues? OfRange(string name, TableReader table, Setting setting, Mistakes mistakes)
    {
        TomlNumber? from = Needed("from", "the first value"), to = Needed("to", "the last value");
        long? points = table.WholeNumber("points", 1, SweepFile.MostCells);
        if (table.Find("points") is null)
            table.Miss("points", "the number of values");
        bool isLogarithmic = table.Word("scale", PartText.Scales) == PartText.Scales[1];
        if (from is null || to is null || points is null)
            return null;
        bool whole = setting.Kind == SettingKind.WholeNumber, isSound = true;
        foreach ((string end, TomlNumber number) in new[] { ("from", from), ("to", to) })
        {
            if (whole && number.Whole is null)
                Refuse(end, number, "a whole number");
            else if (isLogarithmic && number.Number <= 0.0)
                Refuse(end, number, "a number above 0, as the scale is logarithmic,");
        }

        if (points == 1 != (from.Number == to.Number))
        {
            mistakes.Add(table.Table.Place, name, points == 1
                ? "a range with a single point, but different ends: give more points"
                : "a range whose ends are equal: give different ones, or a single value outside of [[axes]]");
            isSound = false;
        }

        if (!isSound)
            return null;
        var range = new SweepRange(from.Number, to.Number, (int)points, isLogarithmic);
        IReadOnlyList<string> texts = range.Texts(whole);
        int same = Enumerable.Range(1, texts.Count - 1).FirstOrDefault(i => texts[i] == texts[i - 1]);
        if (same > 0)
        {
            mistakes.Add(table.Table.Place, name, $"points {same} and {same + 1} of this range are both " +
                $"{texts[same]}: give fewer points, or a list");
            return null;
        }

        return new(name, texts, [.. Enumerable.Repeat(table.Table.Place, texts.Count)], isLogarithmic);

        TomlNumber? Needed(string end, string meaning)
        {
            if (table.Find(end) is null)
                table.Miss(end, meaning);
            return table.Number(end);
        }

        void Refuse(string end, TomlNumber number, string needed)
        {
            table.Refuse(end, number, needed);
            isSound = false;
        }
    }
}
