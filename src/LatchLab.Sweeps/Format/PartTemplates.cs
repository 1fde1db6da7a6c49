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
    /// <summary>Reads the names of the tasks and learners.</summary>
    public PartTemplates(PartSyntax part, ValidationErrors errors)
    {
        IReadOnlyList<string>[] names = [
            .. ConfigurationSettings.Selectors.Select(selector
                => ReadNames(part, selector.Field, selector.Known, errors))];
        Templates =
        [
            .. (from task in names[0]
                from learner in names[1]
                from innerLearner in names[2]
                select ConfigurationTemplate.Get(task, learner, innerLearner)).Distinct(),
        ];
    }

    /// <summary>Whether every name is known.</summary>
    public bool IsValid { get; private set; } = true;

    /// <summary>The templates of the configurations.</summary>
    public IReadOnlyList<ConfigurationTemplate> Templates { get; }

    /// <summary>Returns the templates that have a setting.</summary>
    public ConfigurationTemplate[] FindOwners(string name)
        => [.. Templates.Where(template => template.FindSetting(name) is not null)];

    private IReadOnlyList<string> ReadNames(
        PartSyntax part, string field, IReadOnlyList<string> known, ValidationErrors errors)
    {
        List<TomlValue> given = part.FindSetting(field)?.Value switch
        {
            null => [],
            TomlArray list when !part.FixedSettings.ContainsKey(field) => list.Items,
            { } single => [single],
        };
        if (given.Count == 0)
        {
            if (field == ConfigurationSettings.InnerLearnerField)
                return [""];
            errors.Add(part.Location, field, $"missing; one of {string.Join(", ", known)} is needed");
            IsValid = false;
        }

        foreach (TomlValue value in given)
        {
            string? name = (value as TomlString)?.Value;
            if (known.Contains(name))
                continue;
            string hint = name is null ? "" : NearestName.FormatSuggestion(name, known);
            errors.Add(value.Location, field,
                $"{value.Description}, where one of {string.Join(", ", known)} is needed{hint}");
            IsValid = false;
        }

        string[] names = [.. given.OfType<TomlString>().Select(name => name.Value).Distinct()];
        return names.Length > 0 && names.All(known.Contains) ? names : known;
    }
}
