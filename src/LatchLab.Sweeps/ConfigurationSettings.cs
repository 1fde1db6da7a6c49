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

    /// <summary>The field of the training set of a task, which selects the defaults of the convergence rule.</summary>
    public const string TrainingSetField = "task.training-set";

    /// <summary>The field that names the learner.</summary>
    public const string LearnerField = "learner.name";

    /// <summary>The field that names the inner learner of a curriculum.</summary>
    public const string InnerLearnerField = TrainingConfigurationFactory.InnerLearnerPath;

    /// <summary>The sections, in the order of the fields.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["task", "network", "learner", "rule"];

    /// <summary>The fields that select the template of a configuration, and their allowed values.</summary>
    internal static IReadOnlyList<(string Field, IReadOnlyList<string> Known)> Selectors { get; } =
    [
        (TaskField, ConfigurationTemplate.Tasks),
        (LearnerField, ConfigurationTemplate.Learners),
        (InnerLearnerField, ConfigurationTemplate.InnerLearners),
    ];

    /// <summary>Whether a field selects the template of a configuration.</summary>
    public static bool IsSelector(string field) => field is TaskField or LearnerField or InnerLearnerField;

    /// <summary>Returns every setting of a configuration, in the order of the sections.</summary>
    public static IReadOnlyList<Setting> GetSettings(TrainingConfiguration configuration)
        =>
        [
            CreateNameSetting(TaskField, configuration.Task.Name),
            .. Settings.GetAll(configuration.Task, "task"),
            .. Settings.GetAll(configuration.Network, "network"),
            .. GetLearnerSettings(configuration.Learner),
            .. Settings.GetAll(configuration.ConvergenceRule, "rule"),
            .. Settings.GetAll(configuration.Limits, "rule"),
        ];

    /// <summary>Creates a configuration from settings and the defaults of its task and learner.</summary>
    /// <param name="values">Values by field; the fields of the task and the learner are required.</param>
    /// <param name="errors">Receives all errors. The location of an error in a field is empty.</param>
    /// <param name="source">Reads the dataset that a task names; null if no task names one.</param>
    /// <returns>The configuration, valid only if there are no errors; null if the task or learner is unknown.</returns>
    public static TrainingConfiguration? CreateConfiguration(
        IReadOnlyDictionary<string, string> values, ICollection<ValidationError> errors, IDatasetSource? source = null)
    {
        foreach ((string field, IReadOnlyList<string> known) in Selectors)
        {
            string? name = values.GetValueOrDefault(field);
            if ((name is null && field == InnerLearnerField) || known.Contains(name))
                continue;
            string complaint = name is null ? "is missing" : $"'{name}' is not known";
            errors.Add(new("", field, $"{complaint}; there are {string.Join(", ", known)}" +
                NearestName.FormatSuggestion(name ?? "", known)));
        }

        if (errors.Count > 0)
            return null;
        var template = ConfigurationTemplate.Get(values);
        var typed = new Dictionary<string, object?>();
        foreach ((string field, string text) in values)
        {
            (typed[field], string? error) = template.FindSetting(field) is null
                ? (null, $"is not a setting of {template}") : template.Parse(field, text);
            if (error is not null)
                errors.Add(new("", field, error));
        }

        return TrainingConfigurationFactory.Complete(
            template.Create(typed), [.. errors.Select(error => error.Field)], errors, source);
    }

    private static IEnumerable<Setting> GetLearnerSettings(LearnerDefinition learner)
    {
        yield return CreateNameSetting(LearnerField, learner.Name);
        if (learner.InnerLearner is { } inner)
            yield return TrainingConfigurationFactory.CreateInnerLearnerSetting(inner);
        foreach (Setting setting in Settings.GetAll(learner, "learner"))
            yield return setting;
    }

    private static Setting CreateNameSetting(string field, string name)
        => new(field, name, string.Join(", ", Selectors.First(selector => selector.Field == field).Known),
            field == TaskField ? "the task to learn" : "the learning algorithm", "")
        { Kind = SettingKind.Choice };
}
