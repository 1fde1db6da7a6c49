using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>A setting of a configuration.</summary>
/// <param name="Field">The name with its section, for example <c>task.length</c>.</param>
/// <param name="Setting">The setting, with its value in the configuration.</param>
public sealed record ConfigurationSetting(string Field, Setting Setting)
{
    /// <summary>The value as the user writes it.</summary>
    public string Value => Setting.Value;
}

/// <summary>
/// Converts configurations to and from fields and text values, for sweep files, ledgers and reports. The fields are
/// sufficient to recreate the configuration. The sections are <c>task</c>, <c>network</c>, <c>learner</c> and
/// <c>rule</c>.
/// </summary>
public static class ConfigurationSettings
{
    /// <summary>The field that names the task.</summary>
    public const string TaskField = "task.name";

    /// <summary>The field that names the learner.</summary>
    public const string LearnerField = "learner.name";

    /// <summary>The field that names the inner learner of a curriculum.</summary>
    public const string InnerLearnerField = "learner.learner";

    /// <summary>The sections, in the order of the fields.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["task", "network", "learner", "rule"];

    /// <summary>Returns every setting of a configuration, in the order of the sections.</summary>
    public static IReadOnlyList<ConfigurationSetting> GetSettings(Configuration configuration)
    {
        var settings = new List<ConfigurationSetting>();
        var seenNames = new HashSet<string>();
        foreach ((string section, IEnumerable<Setting> sectionSettings) in GetSections(configuration))
        {
            // The minimal task lists its learning rate twice: under the learner and under the rule. The first is kept.
            settings.AddRange(sectionSettings.Where(setting => seenNames.Add(setting.Name) || setting.Name == "name")
                .Select(setting => new ConfigurationSetting($"{section}.{setting.Name}", setting)));
        }

        return settings;
    }

    /// <summary>Creates a configuration from settings and the defaults of its task and learner.</summary>
    /// <param name="values">Values by field; the fields of the task and the learner are required.</param>
    /// <param name="errors">Receives all errors. The location of an error in a field is empty.</param>
    /// <param name="source">Reads the dataset that a task names; null if no task names one.</param>
    /// <returns>The configuration, valid only if there are no errors; null if the task or learner is unknown.</returns>
    public static Configuration? CreateConfiguration(
        IReadOnlyDictionary<string, string> values, ICollection<ValidationError> errors, IDatasetSource? source = null)
    {
        string task = ReadName(TaskField, ConfigurationTemplate.Tasks),
            learner = ReadName(LearnerField, ConfigurationTemplate.Learners);
        string innerLearner = values.ContainsKey(InnerLearnerField)
            ? ReadName(InnerLearnerField, ConfigurationTemplate.InnerLearners) : "";
        if (errors.Count > 0)
            return null;
        var template = ConfigurationTemplate.Get(task, learner, innerLearner);
        foreach (string field in values.Keys.Where(field => template.FindSetting(field) is null))
            errors.Add(new("", field, $"is not a setting of {template}"));
        return template.CreateConfiguration(values.Where(value => template.FindSetting(value.Key) is not null), errors,
            source);

        string ReadName(string field, IReadOnlyList<string> known)
        {
            string? name = values.GetValueOrDefault(field);
            if (name is null || !known.Contains(name))
            {
                string complaint = name is null ? "is missing" : $"'{name}' is not known";
                errors.Add(new("", field, $"{complaint}; there are {string.Join(", ", known)}" +
                    NearestName.FormatSuggestion(name ?? "", known)));
            }

            return name ?? "";
        }
    }

    private static IEnumerable<(string Section, IEnumerable<Setting> Settings)> GetSections(Configuration configuration)
        => configuration switch
        {
            TrainingConfiguration training =>
            [
                ("task", [CreateTaskNameSetting(training.Task.Name), .. GetSettings(training.Task)]),
                ("network", GetSettings(training.Network)),
                ("learner", GetLearnerSettings(training.Training)),
                ("rule", [.. GetSettings(training.ConvergenceRule), .. GetSettings(training.Limits)]),
            ],
            MinimalTaskConfiguration minimal =>
            [
                ("task", [CreateTaskNameSetting(ConfigurationTemplate.MinimalTaskName), .. GetSettings(minimal.Task)]),
                ("network", GetSettings(minimal.Start)),
                ("learner", GetLearnerSettings(minimal.Learner)),
                ("rule", [.. GetSettings(minimal.ConvergenceRule), .. GetSettings(minimal.Training)]),
            ],
            _ => throw new ArgumentException(
                $"A {configuration.GetType().Name} has no sections.", nameof(configuration)),
        };

    private static IReadOnlyList<Setting> GetSettings(object definition) => Settings.GetAll(definition);

    private static IEnumerable<Setting> GetLearnerSettings(LearnerDefinition learner)
    {
        yield return CreateNameSetting(learner.Name, ConfigurationTemplate.Learners, "the learning algorithm");
        if (learner is Curriculum curriculum)
            yield return TrainingConfigurationFactory.CreateInnerLearnerSetting(curriculum);
        foreach (Setting setting in GetSettings(learner))
            yield return setting;
    }

    private static Setting CreateTaskNameSetting(string name)
        => CreateNameSetting(name, ConfigurationTemplate.Tasks, "the task to learn");

    private static Setting CreateNameSetting(string name, IReadOnlyList<string> known, string meaning)
        => new("name", name, string.Join(", ", known), meaning, "") { Kind = SettingKind.Choice };
}
