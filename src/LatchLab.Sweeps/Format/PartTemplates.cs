using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// The tasks and learners of a part, which determine the settings of its configurations. If one is missing or unknown,
/// the settings of all tasks or learners are accepted, to avoid follow-up errors.
/// </summary>
internal sealed class PartTemplates
{
    private static readonly (string Field, IReadOnlyList<string> Known)[] SelectorFields =
    [
        (ConfigurationSettings.TaskField, ConfigurationTemplate.Tasks),
        (ConfigurationSettings.LearnerField, ConfigurationTemplate.Learners),
        (ConfigurationSettings.InnerLearnerField, ConfigurationTemplate.InnerLearners),
    ];

    /// <summary>Reads the names of the tasks and learners.</summary>
    public PartTemplates(PartSyntax part, ValidationErrors errors)
    {
        var given = SelectorFields.ToDictionary(field => field.Field, field => GetValues(part, field.Field));
        foreach ((string field, IReadOnlyList<string> known) in SelectorFields)
        {
            bool isOptional = field == ConfigurationSettings.InnerLearnerField;
            if (given[field].Length == 0 && !isOptional)
            {
                errors.Add(part.Location, field, $"missing; one of {string.Join(", ", known)} is needed");
                IsValid = false;
            }

            foreach (TomlValue value in given[field])
            {
                var text = value as TomlString;
                if (text is not null && known.Contains(text.Value))
                    continue;
                string hint = text is null ? "" : NearestName.FormatSuggestion(text.Value, known);
                errors.Add(
                    value.Location, field,
                    $"{value.Describe()}, where one of {string.Join(", ", known)} is needed{hint}");
                IsValid = false;
            }
        }

        IReadOnlyList<string> innerLearners = given[ConfigurationSettings.InnerLearnerField].Length == 0 ? [""]
            : GetKnownOrAll(ConfigurationSettings.InnerLearnerField);
        Templates =
        [
            .. (from task in GetKnownOrAll(ConfigurationSettings.TaskField)
                from learner in GetKnownOrAll(ConfigurationSettings.LearnerField)
                from innerLearner in innerLearners
                select ConfigurationTemplate.Get(task, learner, innerLearner)).Distinct(),
        ];

        IReadOnlyList<string> GetKnownOrAll(string field)
        {
            string[] texts = [.. given[field].OfType<TomlString>().Select(text => text.Value).Distinct()];
            IReadOnlyList<string> known = SelectorFields.Single(entry => entry.Field == field).Known;
            return texts.Length > 0 && texts.All(known.Contains) ? texts : known;
        }
    }

    /// <summary>Whether a setting names the task or a learner.</summary>
    public static bool IsSelector(string name) => SelectorFields.Any(field => field.Field == name);

    /// <summary>Whether every name is known.</summary>
    public bool IsValid { get; } = true;

    /// <summary>The templates of the configurations.</summary>
    public IReadOnlyList<ConfigurationTemplate> Templates { get; }

    /// <summary>Returns the template of a configuration.</summary>
    /// <param name="values">The values of the configuration by setting.</param>
    public static ConfigurationTemplate GetTemplate(Dictionary<string, string> values)
        => ConfigurationTemplate.Get(
            values[ConfigurationSettings.TaskField],
            values[ConfigurationSettings.LearnerField],
            values.GetValueOrDefault(ConfigurationSettings.InnerLearnerField, ""));

    /// <summary>Returns the values of a setting, fixed or on an axis.</summary>
    private static TomlValue[] GetValues(PartSyntax part, string name)
    {
        if (part.FixedSettings.TryGetValue(name, out SettingSyntax? setting))
            return [setting.Value];
        TomlValue? varied = part.Axes?.SelectMany(axis => axis.Settings).FirstOrDefault(one => one.Name == name)?.Value;
        return varied is TomlArray list ? [.. list.Items] : varied is null ? [] : [varied];
    }
}
