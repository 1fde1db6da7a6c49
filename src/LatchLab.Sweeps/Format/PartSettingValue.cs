using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Sweeps.Format;

/// <summary>A setting of a part of a plan, for writing a sweep file.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Value">
/// Its value in all configurations that can have it; null if the values differ or one is missing.
/// </param>
/// <param name="IsRequired">Whether it must be written: its value is not the default in every configuration.</param>
internal sealed record PartSettingValue(SettingKind Kind, string? Value, bool IsRequired)
{
    /// <summary>Collects the settings from one configuration of every combination of task and learner.</summary>
    /// <returns>The settings of at least one configuration by field, in order, also those on axes.</returns>
    public static OrderedDictionary<string, PartSettingValue> Collect(SweepPart part)
    {
        var collected = new OrderedDictionary<string, PartSettingValue>();
        bool selectorsVary = part.Axes.SelectMany(axis => axis.Fields).Any(ConfigurationSettings.IsSelector);
        var seen = new HashSet<ConfigurationTemplate>();
        foreach (TrainingConfiguration configuration in part.Configurations.Take(selectorsVary ? int.MaxValue : 1))
        {
            Dictionary<string, string> values = ConfigurationSettings.GetSettings(configuration)
                .ToDictionary(setting => setting.Path, setting => setting.Value);
            var template = ConfigurationTemplate.Get(values);
            foreach (Setting setting in seen.Add(template) ? template.Fields : [])
            {
                string? value = values.GetValueOrDefault(setting.Path);
                bool isRequired = value is not null && value != template.GetDefault(setting.Path);
                PartSettingValue other = collected.GetValueOrDefault(setting.Path, new(setting.Kind, value, false));
                collected[setting.Path] = new(
                    other.Kind, other.Value == value ? value : null, other.IsRequired || isRequired);
            }
        }

        return collected;
    }
}
