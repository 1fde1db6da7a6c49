using System.Collections.Concurrent;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>
/// The common structure of all configurations of a task with a learner: their fields, defaults and validation. The
/// training set of the task, fixed or fresh, selects the defaults of the convergence rule.
/// </summary>
public sealed class ConfigurationTemplate
{
    private static readonly string CurriculumName = new Curriculum().Name;

    private static readonly
        ConcurrentDictionary<(string Task, string Learner, string InnerLearner, string TrainingSet),
            ConfigurationTemplate> Cache = [];

    private readonly string _task, _learner;
    private readonly TrainingConfiguration _defaults;
    private readonly Dictionary<string, Setting> _settingsByField;
    private readonly string? _defaultTrainingSet;

    private ConfigurationTemplate(string task, string learner, string innerLearner, string trainingSet)
    {
        _task = task;
        _learner = learner;
        TaskDefinition definition = KnownTasks.All.Single(known => known.Name == task);
        _defaultTrainingSet = Settings.GetAll(definition, "task")
            .FirstOrDefault(setting => setting.Path == ConfigurationSettings.TrainingSetField)?.Value;
        var changes = new Dictionary<string, string>
        {
            [Settings.GetName(ConfigurationSettings.TrainingSetField)] = trainingSet,
        };
        _defaults = TrainingConfigurationFactory.CreateDefault(
            trainingSet.Length == 0 ? definition : Settings.With(definition, changes, errors: []),
            FindLearner(learner, innerLearner));
        Fields = ConfigurationSettings.GetSettings(_defaults);
        _settingsByField = Fields.ToDictionary(field => field.Path);
    }

    /// <summary>The template of a task with a learner.</summary>
    /// <param name="task">One of <see cref="Tasks"/>.</param>
    /// <param name="learner">One of <see cref="Learners"/>.</param>
    /// <param name="innerLearner">
    /// The inner learner of a curriculum, one of <see cref="InnerLearners"/>; empty for the default. Ignored by other
    /// learners.
    /// </param>
    /// <param name="trainingSet">The training set of the task; empty for the default, and if it is invalid.</param>
    public static ConfigurationTemplate Get(
        string task, string learner, string innerLearner = "", string trainingSet = "")
        => Cache.GetOrAdd(
            (task, learner, learner == CurriculumName ? innerLearner : "", trainingSet),
            static names => new(names.Task, names.Learner, names.InnerLearner, names.TrainingSet));

    /// <summary>The template of the names in a configuration's settings.</summary>
    internal static ConfigurationTemplate Get(IReadOnlyDictionary<string, string> values)
        => Get(values[ConfigurationSettings.TaskField], values[ConfigurationSettings.LearnerField],
            values.GetValueOrDefault(ConfigurationSettings.InnerLearnerField, ""),
            values.GetValueOrDefault(ConfigurationSettings.TrainingSetField, ""));

    /// <summary>Names of the tasks.</summary>
    public static IReadOnlyList<string> Tasks { get; } = [.. KnownTasks.All.Select(known => known.Name)];

    /// <summary>Names of the learners.</summary>
    public static IReadOnlyList<string> Learners { get; } = [.. KnownLearners.All.Select(known => known.Name)];

    /// <summary>Names of the learners that a curriculum can use.</summary>
    public static IReadOnlyList<string> InnerLearners { get; } =
        [.. KnownLearners.Inner.Select(known => known.Name)];

    /// <summary>Every field, with its default.</summary>
    public IReadOnlyList<Setting> Fields { get; }

    /// <summary>Returns a field; null if these configurations have no field of that name.</summary>
    public Setting? FindSetting(string field) => _settingsByField.GetValueOrDefault(field);

    /// <summary>Returns the default value of a field; null for the fields that select the template.</summary>
    public string? GetDefault(string field)
        => ConfigurationSettings.IsSelector(field) ? null
            : field == ConfigurationSettings.TrainingSetField ? _defaultTrainingSet
            : _settingsByField[field].Value;

    /// <summary>Whether a field has a default and this is its value.</summary>
    public bool IsDefault(string field, string value) => FindSetting(field) is not null && GetDefault(field) == value;

    /// <summary>Validates the value of one setting by itself.</summary>
    /// <returns>
    /// The value in the type of the setting, for a name that selects the template its text; null with an error message
    /// if it is invalid.
    /// </returns>
    public (object? Value, string? Error) Parse(string field, string text)
    {
        if (ConfigurationSettings.IsSelector(field))
            return (text, null);
        var errors = new List<ValidationError>();
        var values = Settings.Parse(_defaults, new Dictionary<string, string> { [field] = text }, errors);
        return (values.GetValueOrDefault(field), errors.FirstOrDefault()?.Message);
    }

    /// <summary>Creates a configuration from settings and the defaults, without validating it.</summary>
    /// <param name="values">Values by field; null for the default. Other fields than these configurations have are
    /// skipped.</param>
    public TrainingConfiguration Create(IReadOnlyDictionary<string, object?> values)
        => Settings.With(_defaults, values);

    /// <summary>For messages, for example <c>the task latch with the learner back-propagation</c>.</summary>
    public override string ToString() => $"the task {_task} with the learner {_learner}";

    private static LearnerDefinition FindLearner(string name, string innerLearner)
    {
        LearnerDefinition learner = KnownLearners.All.Single(known => known.Name == name);
        return learner.InnerLearner is not null && innerLearner.Length > 0
            ? learner.WithInnerLearner(KnownLearners.Inner.Single(known => known.Name == innerLearner)) : learner;
    }
}
