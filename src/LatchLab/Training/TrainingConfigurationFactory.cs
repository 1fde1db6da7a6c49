using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// Creates a configuration from the names that a user gives: a task, a learner and some settings. Other settings have
/// the defaults of the task (network, tolerance), of its training set (convergence rule) or of the learner (units,
/// budget).
/// </summary>
public static class TrainingConfigurationFactory
{
    /// <summary>The path of the setting that names the learner of a curriculum.</summary>
    public const string InnerLearnerPath = "learner.learner";

    private const int LargeBudget = 5_000_000;

    private const string TaskPath = "task.name", LearnerPath = "learner.name";

    /// <summary>The paths of all settings of any task with any learner, by name.</summary>
    private static readonly Lazy<ILookup<string, string>> KnownPaths = new(() =>
        (from task in KnownTasks.All
         from learner in KnownLearners.All
         from setting in GetSettings(CreateDefault(task, learner))
         select setting.Path).Distinct().ToLookup(Settings.GetName));

    /// <summary>Creates the configuration of a task and a learner with default settings.</summary>
    public static TrainingConfiguration CreateDefault(TaskDefinition task, LearnerDefinition learner) => new()
    {
        Task = task,
        Learner = learner,
        Network = new()
        {
            Network = task.DefaultNetwork,
            Unit = learner.DefaultUnit,
            Biases = task.HasBiasesAndInputWeightsByDefault ? BiasUse.Yes : BiasUse.No,
            InputWeights = task.HasBiasesAndInputWeightsByDefault ? InputWeightUse.Always
                : InputWeightUse.SeveralInputs,
            InitialRange = task.DefaultInitialRange,
            Weight = task.FreezesWeightByDefault ? WeightUse.Frozen : WeightUse.Drawn,
        },
        ConvergenceRule = task.HasFreshSequences
            ? new() { Rule = ConvergenceRuleKind.TestSequences, TestSequences = 1000, RequiredTestShare = 0.99 }
            : new()
            {
                Rule = task.IsLearnedBySignByDefault ? ConvergenceRuleKind.Sign : ConvergenceRuleKind.SignAndCost,
            },
        Limits = new()
        {
            Presentations = learner.NeedsLargeBudget ? LargeBudget : task.DefaultPresentations,
            Tolerance = task.DefaultTolerance,
        },
    };

    /// <summary>
    /// Changes settings of a default configuration. A changed training set has other defaults of the convergence rule.
    /// </summary>
    /// <param name="defaults">A configuration with default settings.</param>
    /// <param name="values">Values by path, as <see cref="Settings.Parse"/> returns them.</param>
    private static TrainingConfiguration With(
        TrainingConfiguration defaults, IReadOnlyDictionary<string, object?> values)
    {
        TrainingConfiguration changed = Settings.With(defaults, values);
        return changed.HasFreshSequences == defaults.HasFreshSequences ? changed
            : Settings.With(CreateDefault(changed.Task, defaults.Learner), values);
    }

    /// <summary>Returns every setting of a configuration.</summary>
    public static IReadOnlyList<Setting> GetSettings(TrainingConfiguration configuration)
        => configuration.Learner.InnerLearner is { } inner
            ? [.. Settings.GetAll(configuration), CreateInnerLearnerSetting(inner)] : Settings.GetAll(configuration);

    /// <summary>Creates the configuration of a task and a learner with some settings changed.</summary>
    /// <param name="task">Name of the task; null if it is missing and the caller has reported that.</param>
    /// <param name="learner">Name of the learner; null likewise.</param>
    /// <param name="changes">
    /// Names or paths of settings, and their new values; <c>learner.learner</c> is the learner that a curriculum
    /// trains.
    /// </param>
    /// <param name="errors">
    /// Receives every validation error. The field of an error is the path of the setting; an error in a dataset file
    /// has the file name and line as its location.
    /// </param>
    /// <param name="source">Reads the dataset that a task names; null if datasets cannot be read.</param>
    /// <returns>The configuration, valid only if there are no errors.</returns>
    public static TrainingConfiguration Create(
        string? task,
        string? learner,
        IReadOnlyDictionary<string, string> changes,
        ICollection<ValidationError> errors,
        IDatasetSource? source = null)
    {
        var foundErrors = new List<ValidationError>();
        IReadOnlyList<TaskDefinition> tasks = FindByName(KnownTasks.All, definition => definition.Name, task, TaskPath,
            foundErrors);
        IReadOnlyList<LearnerDefinition> learners = [
            .. FindByName(KnownLearners.All, definition => definition.Name, learner, LearnerPath, foundErrors)
                .SelectMany(
                    definition => SetInnerLearner(definition, changes.GetValueOrDefault(InnerLearnerPath) ??
                        changes.GetValueOrDefault(Settings.GetName(InnerLearnerPath)),
                        foundErrors))];

        // If the task or the learner is unknown, a setting is accepted if any task or learner has it.
        TrainingConfiguration[] candidates = [.. from t in tasks from l in learners select CreateDefault(t, l)];
        AddUnknownSettings(candidates, changes, foundErrors);
        TrainingConfiguration[] configurations = [
            .. candidates.Select(candidate => With(candidate, Settings.Parse(candidate, changes, foundErrors)))];
        if (configurations.Length == 1)
            configurations[0] = Complete(
                configurations[0], [.. foundErrors.Select(error => error.Field)], foundErrors, source);
        foreach (ValidationError error in foundErrors.Distinct())
            errors.Add(error);
        return configurations[0];
    }

    /// <summary>Reads the dataset that the task names, and finds the conflicts between the settings.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="invalidSettings">Paths of the settings already found invalid, which have their defaults.</param>
    /// <param name="errors">Receives every validation error.</param>
    /// <param name="source">Reads the dataset; null if datasets cannot be read.</param>
    /// <returns>The configuration with its dataset, valid only if there are no errors.</returns>
    public static TrainingConfiguration Complete(
        TrainingConfiguration configuration, IReadOnlyCollection<string> invalidSettings,
        ICollection<ValidationError> errors, IDatasetSource? source)
    {
        var found = new List<ValidationError>();
        configuration = configuration with { Task = configuration.Task.ReadDataset(source, found) };
        found.AddRange(configuration.FindConflicts([.. invalidSettings, .. found.Select(error => error.Field)]));
        found.ForEach(errors.Add);
        return configuration;
    }

    /// <summary>Returns the definition of that name, or all definitions if there is none.</summary>
    private static IReadOnlyList<TDefinition> FindByName<TDefinition>(
        IReadOnlyList<TDefinition> all, Func<TDefinition, string> nameOf, string? name, string path,
        List<ValidationError> errors)
    {
        if (all.FirstOrDefault(definition => nameOf(definition) == name) is { } match)
            return [match];
        IReadOnlyList<string> names = [.. all.Select(nameOf)];
        if (name is not null)
        {
            string definition = string.Join(", ", names);
            errors.Add(
                new("", path,
                    $"'{name}' is not known; there are {definition}{NearestName.FormatSuggestion(name, names)}"));
        }

        return all;
    }

    /// <summary>Returns the learner; a curriculum is returned with its inner learner set.</summary>
    private static IEnumerable<LearnerDefinition> SetInnerLearner(
        LearnerDefinition learner, string? innerLearnerName, List<ValidationError> errors)
    {
        if (learner.InnerLearner is null || innerLearnerName is null)
            return [learner];

        if (innerLearnerName == learner.Name)
        {
            string names = string.Join(", ", KnownLearners.Inner.Select(definition => definition.Name));
            errors.Add(new("", InnerLearnerPath, $"a curriculum cannot train a curriculum; give {names}"));
            innerLearnerName = null;
        }

        return FindByName(
            KnownLearners.Inner, definition => definition.Name, innerLearnerName, InnerLearnerPath, errors)
            .Select(learner.WithInnerLearner);
    }

    private static void AddUnknownSettings(
        TrainingConfiguration[] candidates, IReadOnlyDictionary<string, string> changes, List<ValidationError> errors)
    {
        string[] names = [.. candidates.SelectMany(GetSettings).Select(setting => setting.Name).Distinct()];
        HashSet<string> paths = [.. candidates.SelectMany(GetSettings).Select(setting => setting.Path)];
        string subject = candidates.Length == 1
            ? $"the task {candidates[0].Task.Name} with the learner {candidates[0].Learner.Name}"
            : "any task with any learner";
        foreach (string name in changes.Keys.Where(key => !names.Contains(key) && !paths.Contains(key)))
        {
            errors.Add(
                new("", KnownPaths.Value[name].FirstOrDefault(name),
                    $"is not a setting of {subject}; there are {string.Join(", ", names)}" +
                (names.Contains(Settings.GetName(name))
                    ? $"; did you mean \"{Settings.GetName(name)}\"?"
                    : NearestName.FormatSuggestion(name, names))));
        }
    }

    /// <summary>Creates the setting of the learner that a curriculum trains.</summary>
    public static Setting CreateInnerLearnerSetting(LearnerDefinition learner) => new(
        InnerLearnerPath,
        learner.Name,
        string.Join(", ", KnownLearners.Inner.Select(definition => definition.Name)),
        "the learner that a curriculum uses; its settings can also be given",
        "decision; paper, Section VI")
    {
        Group = "curriculum",
        Kind = SettingKind.Choice,
    };
}
