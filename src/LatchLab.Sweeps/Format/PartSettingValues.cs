using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Sweeps.Format;

/// <summary>The settings of a part of a plan that are not on its axes, for writing a sweep file.</summary>
internal sealed class PartSettingValues
{
    private readonly List<(ConfigurationTemplate Template, Dictionary<string, Setting> Values)>
        _templates = [];

    /// <summary>Collects the settings from one configuration of every combination of task and learner.</summary>
    public PartSettingValues(SweepPart part)
    {
        HashSet<string> varied = [.. part.Axes.SelectMany(axis => axis.Fields)];
        bool selectorsVary = varied.Any(ConfigurationSettings.IsSelector);
        var seen = new HashSet<(string, string, string)>();
        foreach (Configuration configuration in selectorsVary ? part.Configurations : part.Configurations.Take(1))
        {
            Dictionary<string, Setting> values =
                ConfigurationSettings.GetSettings(configuration).ToDictionary(setting => setting.Path);
            var names = (
                values[ConfigurationSettings.TaskField].Value,
                values[ConfigurationSettings.LearnerField].Value,
                values.GetValueOrDefault(ConfigurationSettings.InnerLearnerField)?.Value ?? "");
            if (seen.Add(names))
                _templates.Add((ConfigurationTemplate.Get(names.Item1, names.Item2, names.Item3), values));
        }

        Fields =
        [
            .. _templates.SelectMany(entry => entry.Template.Fields).Select(setting => setting.Path).Distinct()
                .Where(name => !varied.Contains(name)),
        ];
    }

    /// <summary>The fields of at least one configuration, in order.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Returns the kind of a setting.</summary>
    public SettingKind GetKind(string field)
        => _templates.Select(entry => entry.Template.FindSetting(field)).OfType<Setting>()
            .First().Kind;

    /// <summary>
    /// Returns the common value of a setting in all configurations that can have it; null if the values differ or one
    /// is missing.
    /// </summary>
    public string? GetCommonValue(string field)
    {
        string?[] values =
        [
            .. _templates.Where(entry => entry.Template.FindSetting(field) is not null)
                .Select(entry => entry.Values.GetValueOrDefault(field)?.Value).Distinct(),
        ];
        return values.Length == 1 ? values[0] : null;
    }

    /// <summary>Whether a setting must be written: its value is not the default in every configuration.</summary>
    public bool IsRequired(string field)
        => _templates.Any(entry => entry.Values.TryGetValue(field, out Setting? setting)
            && setting.Value != entry.Template.GetDefault(field));
}
