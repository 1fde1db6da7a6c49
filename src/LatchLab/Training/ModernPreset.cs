using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks.Cells;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// Settings for datasets that stand for those that are not given, in place of the settings of the paper: gated
/// recurrent units (Cho et al. 2014) that Adam (Kingma and Ba 2015) trains with gradients clipped by their norm
/// (Pascanu, Mikolov and Bengio 2013), initial values as in Keras, and early stopping on validation sequences.
/// <see cref="SettingsSearch"/> chooses the learning rate and the number of units.
/// </summary>
public static class ModernPreset
{
    /// <summary>The paths of the settings that are searched unless they are given.</summary>
    public const string RatePath = "learner.learning-rate", UnitsPath = "network.units";

    private const string NetworkPath = "network.network", InitializationPath = "network.initialization",
        PresentationsPath = "rule.presentations", TolerancePath = "rule.tolerance", RulePath = "rule.rule",
        ValidationSharePath = "task.validation-share", MetricPath = "task.metric", LabelKindPath = "task.label-kind";

    // The default of Adam's paper, and the largest number of units that is searched.
    private const string Rate = "0.001", Units = "32";

    private const double ValidationShare = 0.2;     // of the sequences that are not test sequences
    private const int MinBudget = 100_000, MinEpochs = 10, MaxBudget = 1_000_000_000;
    private const double ToleranceShare = 0.1;      // of the range of the labels

    /// <summary>The initial values of Keras, by role; other blocks keep those of the paper.</summary>
    private static readonly (BlockRole Role, string Rule)[] InitialValues =
    [
        (BlockRole.Recurrent, "orthogonal"), (BlockRole.Input, "glorot"), (BlockRole.Bias, "0"),
        (BlockRole.Readout, "glorot"), (BlockRole.ReadoutBias, "0"),
    ];

    /// <summary>What the preset is, for lists and help.</summary>
    public static string Description
        => $"network=gru with optimizer=\"{Optimizer}\", initial values as in Keras, rule=validation with " +
            FormattableString.Invariant($"validation-share={ValidationShare}, presentations={MinBudget} or ") +
            $"{MinEpochs} epochs if those are more; for values metric=root-mean-square-error and a tolerance of a " +
            $"tenth of the range of the labels. A search on validation sequences chooses {SettingsSearch.Description}";

    private static string Optimizer => "clip-norm 1; adam";

    /// <summary>Why a learner cannot have the preset; null if it can.</summary>
    public static string? FindObstacle(LearnerDefinition learner)
        => Settings.GetAll(learner, "learner").Any(setting => setting.Path == OptimizerSettings.Path) ? null
            : $"{learner.Name} has no choice of update rules, which the preset modern makes";

    /// <summary>Creates a configuration of a dataset with the preset.</summary>
    /// <param name="learner">Name of the learner.</param>
    /// <param name="given">The names or paths of the settings that a user gives, and their values.</param>
    /// <param name="errors">Receives every validation error.</param>
    /// <param name="source">Reads the dataset.</param>
    /// <returns>The configuration, valid only if there are no errors.</returns>
    public static TrainingConfiguration Create(
        string learner, IReadOnlyDictionary<string, string> given, ICollection<ValidationError> errors,
        IDatasetSource source)
    {
        var found = new List<ValidationError>();
        Dictionary<string, string> settings = Select(given, FindFixed(given));
        TrainingConfiguration configuration = TrainingConfigurationFactory.Create(
            new DatasetTask().Name, learner, given.Concat(settings).ToDictionary(), found, source);
        if (found.Count == 0)
        {
            Dictionary<string, string> adapted = Select(given, FindAdapted(configuration, given));
            configuration = Settings.With(configuration, adapted, found);
            configuration = ResetIdle(configuration, settings.Keys.Concat(adapted.Keys));
            found.AddRange(configuration.FindConflicts([]));
        }

        found.ForEach(errors.Add);
        return configuration;
    }

    /// <summary>The preset, and what of it depends on the dataset, whose values here pass every check.</summary>
    private static IEnumerable<(string Path, string Value)> FindFixed(IReadOnlyDictionary<string, string> given)
    {
        yield return (NetworkPath, "gru");
        yield return (UnitsPath, Units);
        yield return (OptimizerSettings.Path, Optimizer);
        yield return (RatePath, Rate);
        yield return (PresentationsPath, Settings.FormatValue(MaxBudget));
        if (GetGiven(given, LabelKindPath) != Settings.FormatValue(LabelKind.Values))
            yield break;
        yield return (MetricPath, Settings.FormatValue(TestMetric.RootMeanSquareError));
        yield return (TolerancePath, "1");
    }

    private static IEnumerable<(string Path, string Value)> FindAdapted(
        TrainingConfiguration configuration, IReadOnlyDictionary<string, string> given)
    {
        string validation = Settings.FormatValue(ConvergenceRuleKind.Validation);
        TrainingConfiguration validated = WithValidation(configuration, given);
        if (validated.ValidationSequences > 0 && (GetGiven(given, RulePath) ?? validation) == validation)
        {
            yield return (RulePath, validation);
            yield return (ValidationSharePath, Settings.FormatValue(ValidationShare));
            configuration = validated;
        }

        TaskDefinition task = configuration.Task;
        yield return (PresentationsPath, Settings.FormatValue(
            (int)Math.Clamp((long)MinEpochs * task.TrainingSequences, MinBudget, MaxBudget)));
        if (task.Targets == TargetKind.Values)
        {
            double labelRange = 2.0 * task.Target * task.GetLabelUnitsPerOutput(halfRange: 1.0);
            yield return (TolerancePath, Settings.FormatValue(ToleranceShare * labelRange));
        }

        if (GetGiven(given, "network.initial-range") is not null)
            yield break;
        var roles = configuration.Network.Kind.GetBlocks(configuration.Network, configuration.NetworkShape)
            .Select(block => block.Role).ToHashSet();
        yield return (InitializationPath, string.Join("; ", InitialValues.Where(value => roles.Contains(value.Role))
            .Select(value => $"{Settings.FormatValue(value.Role)}={value.Rule}")));
    }

    /// <summary>A configuration with the validation sequences of the preset, unless their share is given.</summary>
    internal static TrainingConfiguration WithValidation(
        TrainingConfiguration configuration, IReadOnlyDictionary<string, string> given)
        => GetGiven(given, ValidationSharePath) is not null ? configuration
            : Settings.With(
                configuration,
                new Dictionary<string, object?> { [ValidationSharePath] = ValidationShare });

    /// <summary>The settings that the user does not give.</summary>
    private static Dictionary<string, string> Select(
        IReadOnlyDictionary<string, string> given, IEnumerable<(string Path, string Value)> settings)
        => settings.Where(setting => GetGiven(given, setting.Path) is null)
            .ToDictionary(setting => setting.Path, setting => setting.Value);

    /// <summary>Returns settings without effect to their defaults: the user has not given them.</summary>
    private static TrainingConfiguration ResetIdle(TrainingConfiguration configuration, IEnumerable<string> paths)
    {
        string[] idle = [.. Settings.FindIdle(configuration).Keys.Intersect(paths)];
        return Settings.With(
            configuration,
            TrainingConfigurationFactory.GetSettings(
                TrainingConfigurationFactory.CreateDefault(configuration.Task, configuration.Learner))
                .Where(setting => idle.Contains(setting.Path))
                .ToDictionary(setting => setting.Path, setting => setting.Value),
            []);
    }

    /// <summary>The value of a setting that the user gives by its name or path; null if there is none.</summary>
    public static string? GetGiven(IReadOnlyDictionary<string, string> given, string path)
        => given.GetValueOrDefault(path) ?? given.GetValueOrDefault(Settings.GetName(path));
}
