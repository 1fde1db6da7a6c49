using LatchLab.Experiments;
using LatchLab.Formats.Toml;

namespace LatchLab.Formats.Sweeps;

/// <summary>
/// Reads the settings of a part: whether its cells have them, and whether they allow the values. A setting with one
/// value holds for every cell that has such a setting; one on an axis must be a setting of every cell, or some cells
/// would be the same.
/// </summary>
/// <param name="part">The part, whole.</param>
/// <param name="names">Its tasks and learners.</param>
/// <param name="toldValues">Values that were told to be wrong: parts share what the top level says.</param>
/// <param name="mistakes">Receives what is wrong.</param>
internal sealed class SettingReader(PartText part, PartNames names, HashSet<TomlValue> toldValues, Mistakes mistakes)
{
    /// <summary>What counts together: mistakes in names that are no fields.</summary>
    public const string Unknown = "unknown";

    private static readonly Mistakes _ignored = new("");

    private readonly HashSet<string> _wrong = [];

    /// <summary>Whether a value of a setting is wrong, so that no more is to be said of it.</summary>
    public bool IsWrong(string name) => _wrong.Contains(name);

    /// <summary>Whether some cells have a setting.</summary>
    public bool IsKnown(string name) => OwnersOf(name).Length > 0;

    /// <summary>Reads a setting with one value; null where no cell has it.</summary>
    public string? Read(GivenSetting given)
    {
        CellTemplate[] owners = OwnersOf(given.Name);
        if (owners.Length == 0)
        {
            // Of what is taken over, some other part may have such cells.
            if (!part.TakenOver.Contains(given.Name))
                TellUnknown(given, names.Templates, mistakes);
            return null;
        }

        if (PartNames.Has(given.Name))
            return (given.Value as TomlText)?.Text;
        Mistakes untold = Untold(given.Value);
        string? text = SettingText.Of(given.Value, given.Name, owners[0].Find(given.Name)!.Setting, untold);
        if (text is null || Problem(given.Name, text, owners) is not { } problem)
        {
            if (text is null)
                TakeForWrong(given);
            return text ?? SettingText.None;
        }

        untold.Add(given.Value.Place, given.Name, problem);
        TakeForWrong(given);
        return text;
    }

    /// <summary>Reads a setting on an axis; null where it is not one, or has no values.</summary>
    public AxisValues? ReadVaried(GivenSetting given)
    {
        CellTemplate[] owners = OwnersOf(given.Name);
        if (owners.Length == 0)
        {
            TellUnknown(given, names.Templates, mistakes);
            return null;
        }

        if (names.AreKnown && names.Templates.Except(owners).FirstOrDefault() is { } lacking)
        {
            mistakes.Add(given.Place, given.Name, $"is not a setting of {lacking}, whose cells would be the same at " +
                "every value: make a part of them, with [[parts]]");
            return null;
        }

        Mistakes untold = Untold(given.Value);
        AxisValues? values = AxisValues.Read(given, owners[0].Find(given.Name)!.Setting, untold);
        if (values is null)
            toldValues.Add(given.Value);
        if (values is null || PartNames.Has(given.Name))
            return values;

        TextPlace? told = null;
        foreach ((string text, TextPlace place) in values.Texts.Zip(values.Places))
        {
            // All points of a range stand at one place.
            if (place == told || Problem(given.Name, text, owners) is not { } problem)
                continue;
            told = place;
            untold.Add(place, given.Name, problem);
            TakeForWrong(given);
        }

        return values;
    }

    /// <summary>Tells that no cell has a setting.</summary>
    /// <param name="given">The setting.</param>
    /// <param name="cells">What cells there are.</param>
    /// <param name="mistakes">Receives the mistake.</param>
    public static void TellUnknown(GivenSetting given, IEnumerable<CellTemplate> cells, Mistakes mistakes)
    {
        string problem = mistakes.IsFull(Unknown) ? "unknown" : ExplainUnknown(given.Name, [.. cells]);
        mistakes.Add(given.Place, Quotation.Plain(given.Name), problem, Unknown);
    }

    private static string ExplainUnknown(string name, CellTemplate[] cells)
    {
        string[] names = [.. cells.SelectMany(template => template.Fields).Select(field => field.Field).Distinct()];
        int point = name.IndexOf('.', StringComparison.Ordinal) + 1;
        string[] here = [.. names.Where(known => known.StartsWith(name[..point], StringComparison.Ordinal))];
        string? meant = NearestName.Of(name, here)
            ?? names.FirstOrDefault(known => known.EndsWith($".{name[point..]}", StringComparison.Ordinal));
        return meant is not null
            ? $"unknown; did you mean {Quotation.Of(meant)}?"
            : $"unknown; {cells[0]} has {string.Join(", ", here)}";
    }

    private CellTemplate[] OwnersOf(string name)
        => [.. names.Templates.Where(template => template.Find(name) is not null)];

    /// <summary>Why cells that have a setting do not allow a value; null if all do.</summary>
    private static string? Problem(string name, string text, CellTemplate[] owners)
    {
        string? problem = owners.Select(owner => owner.Mistake(name, text))
            .FirstOrDefault(mistake => mistake is not null);
        return text.Length == 0 ? problem : problem?.Replace(text, Quotation.Plain(text), StringComparison.Ordinal);
    }

    private Mistakes Untold(TomlValue value) => toldValues.Contains(value) ? _ignored : mistakes;

    private void TakeForWrong(GivenSetting given)
    {
        toldValues.Add(given.Value);
        _wrong.Add(given.Name);
    }
}
