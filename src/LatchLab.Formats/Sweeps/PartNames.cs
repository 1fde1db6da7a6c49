using LatchLab.Experiments;
using LatchLab.Formats.Toml;

namespace LatchLab.Formats.Sweeps;

/// <summary>
/// The tasks and learners of a part, which say what settings its cells have. Where one is missing or not known, the
/// part may have the settings of all of them, so that nothing else is called wrong because of it.
/// </summary>
internal sealed class PartNames
{
    private static readonly (string Field, IReadOnlyList<string> Known)[] Fields =
    [
        (CellSettings.Task, CellTemplate.Tasks),
        (CellSettings.Learner, CellTemplate.Learners),
        (CellSettings.LedLearner, CellTemplate.LedLearners),
    ];

    /// <summary>Reads the names.</summary>
    public PartNames(PartText part, Mistakes mistakes)
    {
        var given = Fields.ToDictionary(field => field.Field, field => ValuesOf(part, field.Field));
        foreach ((string field, IReadOnlyList<string> known) in Fields)
        {
            bool isOptional = field == CellSettings.LedLearner;
            if (given[field].Length == 0 && !isOptional)
            {
                mistakes.Add(part.Place, field, $"missing; one of {string.Join(", ", known)} is needed");
                AreKnown = false;
            }

            foreach (TomlValue value in given[field])
            {
                var text = value as TomlText;
                if (text is not null && known.Contains(text.Text))
                    continue;
                string hint = text is null ? "" : NearestName.Hint(text.Text, known);
                mistakes.Add(
                    value.Place, field, $"{value.Describe()}, where one of {string.Join(", ", known)} is needed{hint}");
                AreKnown = false;
            }
        }

        IReadOnlyList<string> leds = given[CellSettings.LedLearner].Length == 0 ? [""] : Of(CellSettings.LedLearner);
        Templates =
        [
            .. (from task in Of(CellSettings.Task)
                from learner in Of(CellSettings.Learner)
                from led in leds
                select CellTemplate.Of(task, learner, led)).Distinct(),
        ];

        IReadOnlyList<string> Of(string field)
        {
            string[] texts = [.. given[field].OfType<TomlText>().Select(text => text.Text).Distinct()];
            IReadOnlyList<string> known = Fields.Single(one => one.Field == field).Known;
            return texts.Length > 0 && texts.All(known.Contains) ? texts : known;
        }
    }

    /// <summary>Whether a setting is one of these names.</summary>
    public static bool Has(string name) => Fields.Any(field => field.Field == name);

    /// <summary>Whether every name is known.</summary>
    public bool AreKnown { get; } = true;

    /// <summary>What cells there are, as far as their settings are concerned.</summary>
    public IReadOnlyList<CellTemplate> Templates { get; }

    /// <summary>The template of a cell.</summary>
    /// <param name="values">Its values by their settings.</param>
    public static CellTemplate TemplateOf(Dictionary<string, string> values)
        => CellTemplate.Of(
            values[CellSettings.Task],
            values[CellSettings.Learner],
            values.GetValueOrDefault(CellSettings.LedLearner, ""));

    /// <summary>The values that a setting has anywhere.</summary>
    private static TomlValue[] ValuesOf(PartText part, string name)
    {
        if (part.Fixed.TryGetValue(name, out GivenSetting? setting))
            return [setting.Value];
        TomlValue? varied = part.Axes?.SelectMany(axis => axis.Settings).FirstOrDefault(one => one.Name == name)?.Value;
        return varied is TomlList list ? [.. list.Items] : varied is null ? [] : [varied];
    }
}
