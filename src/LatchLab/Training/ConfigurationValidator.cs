using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// Validates a training configuration across settings: every conflict between settings, with the allowed values. A
/// conflict that involves a setting already found invalid is not reported, because that setting has its default here.
/// </summary>
internal static class ConfigurationValidator
{
    // Training sets for which the random number counter has items.
    private const int MaxStages = (RandomNumbers.MaximumItem + 1) >> TrialProgress.StageShift;

    // The largest number of units of a network to be trained.
    private const int MaxOutputUnits = NetworkDesign.MaximumUnits;

    private static readonly string[] SizeSettings = ["network.network", "network.units"];

    /// <summary>Returns the validation errors of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="invalidSettings">Paths of the settings already found invalid.</param>
    public static IEnumerable<ValidationError> Validate(TrainingConfiguration configuration,
        IReadOnlyCollection<string> invalidSettings)
        => ValidateUnits(configuration).Concat(ValidateTask(configuration)).Concat(ValidateNetworkShape(configuration))
            .Concat(configuration.Learner.Validate(CountSequences(configuration)))
            .Concat(TrainingSetValidator.Validate(configuration)).Concat(ValidateLearner(configuration))
            .Concat(configuration.Task.FindConflicts())
            .Where(
                violation => !violation.RelatedSettings.Append(violation.Error.Field).Intersect(invalidSettings).Any())
            .Select(violation => violation.Error);

    /// <summary>The number of training sequences; unlimited for a dataset that has not been read.</summary>
    private static int CountSequences(TrainingConfiguration configuration)
        => configuration.Task.HasSequences ? configuration.TrainingSequences : int.MaxValue;

    private static IEnumerable<(string[] RelatedSettings, ValidationError Error)> ValidateUnits(
        TrainingConfiguration configuration)
    {
        NetworkDesign network = configuration.Network;
        if (KnownUnits.Validate(network.Unit, network.UnitCount) is { } unitError)
            yield return (SizeSettings, new("", "network.unit", unitError));
        else if (network.Kind.HasUnits
            && configuration.Learner.UnsupportedReason(network.Unit) is { } unsupportedReason)
            yield return (["learner.name"],
                new("", "network.unit", $"{configuration.Learner.Name} {unsupportedReason}"));
        if (!network.Kind.HasCurvature && configuration.Learner.NeedsCurvature)
        {
            yield return (["learner.name"], new("", "network.network",
                $"{configuration.Learner.Name} needs the curvature, which the network " +
                $"{network.Network} does not have: " +
                $"give {NamesOf(kind => kind.HasCurvature)}"));
        }

        if (!network.Kind.PropagatesThroughThresholds && configuration.Learner.Propagation is not null)
        {
            yield return (["learner.name"], new("", "network.network",
                $"{configuration.Learner.Name} propagates through threshold units, which the network " +
                $"{network.Network} does not support: give {NamesOf(kind => kind.PropagatesThroughThresholds)}"));
        }

        const int maxUnitSteps = StochasticUnitDraws<Scalar>.MaxUnitSteps;
        if (KnownUnits.HasThreshold(network.Unit) && (long)configuration.MaxLength * network.UnitCount > maxUnitSteps)
        {
            yield return ([.. SizeSettings, "network.unit"],
                new("", "task.length", $"{configuration.MaxLength} steps of {network.UnitCount} units " +
                $"need more random numbers than a presentation has: give at most {maxUnitSteps / network.UnitCount}"));
        }
    }

    private static IEnumerable<(string[] RelatedSettings, ValidationError Error)> ValidateTask(
        TrainingConfiguration configuration)
    {
        TaskDefinition task = configuration.Task;
        NetworkDesign network = configuration.Network;
        if (task.TrainableInputs > 0 && !network.Kind.SupportsTrainableInputs)
        {
            yield return ([], new("", "network.network", $"the task {task.Name} has trainable inputs, which the " +
                $"network {network.Network} does not support: give {NamesOf(kind => kind.SupportsTrainableInputs)}"));
        }

        if (task.MinimumLength > configuration.MaxLength)
        {
            yield return (["task.inputs"],
                new("", "task.length", $"{configuration.MaxLength} steps leave none after the first " +
                $"{task.MinimumLength - 1}: give at least {task.MinimumLength}"));
        }
        else if (task.MinimumLength > configuration.StageLengths[0])
        {
            yield return (["task.inputs", "task.length"],
                new("", "learner.first-length", $"{configuration.StageLengths[0]} steps leave none " +
                $"after the first {task.MinimumLength - 1}: give at least {task.MinimumLength}"));
        }

        if (configuration.StageLengths.Count > MaxStages)
        {
            yield return (["task.length"],
                new("", "learner.growth", $"gives {configuration.StageLengths.Count} training sets, more than " +
                $"the limit of {MaxStages}: give a larger value"));
        }

        if (configuration.Budget < configuration.TrainingSequences)
        {
            yield return (["task.sequences"],
                new("", "rule.presentations", $"{configuration.Budget} are less than one epoch: give " +
                $"at least the number of sequences, {configuration.TrainingSequences}"));
        }

        // At most one evaluation pass follows each training pass, hence the factor 2.
        else if (2L * configuration.Budget / Math.Max(1, configuration.TrainingSequences) > task.MaxPasses)
        {
            yield return (["task.sequences", "task.length"],
                new("", "rule.presentations", $"{configuration.Budget} presentations of sequences of " +
                $"{configuration.MaxLength} steps need more random numbers than a stream has: give at most " +
                $"{task.MaxPasses * configuration.TrainingSequences / 2}"));
        }
    }

    private static IEnumerable<(string[] RelatedSettings, ValidationError Error)> ValidateNetworkShape(
        TrainingConfiguration configuration)
    {
        (TaskDefinition task, NetworkDesign network) = (configuration.Task, configuration.Network);
        NetworkKind kind = network.Kind;
        if (!kind.SupportsSeveralInputsAndOutputs && (task.InputsPerStep > 1 || task.Outputs > 1))
        {
            string requirement = $"{NumberFormat.WithNoun(task.InputsPerStep, "input")} a step and " +
                $"{NumberFormat.WithNoun(task.Outputs, "output")}";
            yield return ([],
                new("", "network.network", $"the task {task.Name} has {requirement}, and the network {kind.Name} " +
                $"has one of each: give {NamesOf(other => other.SupportsSeveralInputsAndOutputs)}"));
        }

        else if (kind.HasOutputUnits && task.Outputs > MaxOutputUnits)
        {
            yield return ([],
                new("", "network.network", $"the outputs of {kind.Name} are units, at most {MaxOutputUnits}, and the " +
                $"task {task.Name} has {task.Outputs} outputs: give {NamesOf(other => !other.HasOutputUnits)}"));
        }

        else if (kind.HasOutputUnits && network.UnitCount < task.Outputs)
        {
            yield return (["network.network"],
                new("", "network.units", $"{network.Units} are fewer than the outputs of the task " +
                $"{task.Name}: give at least {task.Outputs}"));
        }

        if (configuration.Limits.Criterion == ErrorCriterion.CrossEntropy && !kind.HasBoundedOutputs(network))
        {
            yield return ([.. SizeSettings, "network.unit", "network.readout"],
                new("", "rule.criterion",
                    "cross-entropy needs outputs between two bounds: give squared or absolute, or " +
                (kind.HasOutputUnits ? "other units than relu" : "the readout tanh")));
        }

        foreach (var violation in kind.Validate(network, configuration.NetworkShape))
            yield return violation;
        var errors = new List<ValidationError>();
        configuration.ReadInitialization(errors);
        foreach (ValidationError error in errors)
            yield return ([.. SizeSettings, "network.layers", "task.inputs"], error);
    }

    private static string NamesOf(Func<NetworkKind, bool> predicate)
        => string.Join(", ", KnownNetworkKinds.All.Where(predicate).Select(kind => kind.Name));

    private static IEnumerable<(string[] RelatedSettings, ValidationError Error)> ValidateLearner(
        TrainingConfiguration configuration)
    {
        if (configuration.Task.Targets == TargetKind.Values && configuration.Limits.Tolerance == 0.0)
        {
            yield return ([],
                new("", "rule.tolerance", $"the targets of the task {configuration.Task.Name} are numbers: give " +
                "the largest distance between a correct output and its target, for example 0.1"));
        }

        var errors = new List<ValidationError>();
        PriorKnowledge prior = configuration.ReadPrior(errors);
        foreach (ValidationError error in errors)
            yield return ([.. SizeSettings, "task.inputs"], error);
        if (errors.Count == 0 && prior.HasOtherRules && !configuration.Learner.UsesInitialParameters)
        {
            // Without other rules the whole setting has no effect, which is reported where it was given.
            foreach (string rule in prior.InitialValueRules)
            {
                yield return ([.. SizeSettings, "learner.name"],
                    new("", "network.prior", $"'{rule}' has no effect: {configuration.UnusedInitialValues}"));
            }
        }

        if (errors.Count == 0 && ValidateSearchStart(configuration) is { } startError)
            yield return ([.. SizeSettings, "task.inputs", "network.prior"], startError);
    }

    /// <summary>
    /// The error that prevents a search from starting within the bounds; null if there is none, or if learning is
    /// on-line.
    /// </summary>
    private static ValidationError? ValidateSearchStart(TrainingConfiguration configuration)
    {
        try
        {
            if (configuration.Learner.IsSearch)
                configuration.Learner.CreateSearch(configuration.CreateTrialStart(seed: 0, trialIndex: 0));
            return null;
        }
        catch (ValidationException exception)
        {
            // A search names its own setting, or what the prior rules give it: the parameters, their bounds, the start.
            ValidationError error = exception.Errors[0];
            return Settings.GetAll(configuration.Learner, "learner").FirstOrDefault(item => item.Name == error.Field)
                is { } setting
                    ? error with { Field = setting.Path }
                    : new("", "network.prior", $"{error.Field} {error.Message}");
        }
    }
}
