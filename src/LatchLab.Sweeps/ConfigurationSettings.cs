using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Sweeps;

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
    public const string InnerLearnerField = TrainingConfigurationFactory.InnerLearnerPath;

    /// <summary>The sections, in the order of the fields.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["task", "network", "learner", "rule"];

    /// <summary>Returns every setting of a configuration, in the order of the sections.</summary>
    public static IReadOnlyList<Setting> GetSettings(Configuration configuration)
        => configuration switch
        {
            TrainingConfiguration training =>
            [
                CreateNameSetting(TaskField, training.Task.Name),
                .. Settings.GetAll(training.Task, "task"),
                .. Settings.GetAll(training.Network, "network"),
                .. GetLearnerSettings(training.Training),
                .. Settings.GetAll(training.ConvergenceRule, "rule"),
                .. Settings.GetAll(training.Limits, "rule"),
            ],
            MinimalTaskConfiguration minimal =>
            [
                CreateNameSetting(TaskField, ConfigurationTemplate.MinimalTaskName),
                .. Settings.GetAll(minimal.Task, "task"),
                .. Settings.GetAll(minimal.Start, "network"),
                .. GetLearnerSettings(minimal.Learner),
                .. Settings.GetAll(minimal.ConvergenceRule, "rule"),
                .. Settings.GetAll(minimal.Limits, "rule"),
            ],
            _ => throw new ArgumentException(
                $"A {configuration.GetType().Name} has no sections.", nameof(configuration)),
        };

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

    private static IEnumerable<Setting> GetLearnerSettings(LearnerDefinition learner)
    {
        yield return CreateNameSetting(LearnerField, learner.Name);
        if (learner is Curriculum curriculum)
            yield return TrainingConfigurationFactory.CreateInnerLearnerSetting(curriculum);
        foreach (Setting setting in Settings.GetAll(learner, "learner"))
            yield return setting;
    }

    private static Setting CreateNameSetting(string field, string name)
        => field == TaskField
            ? CreateNameSetting(field, name, ConfigurationTemplate.Tasks, "the task to learn")
            : CreateNameSetting(field, name, ConfigurationTemplate.Learners, "the learning algorithm");

    private static Setting CreateNameSetting(string field, string name, IReadOnlyList<string> known, string meaning)
        => new(field, name, string.Join(", ", known), meaning, "") { Kind = SettingKind.Choice };
}
