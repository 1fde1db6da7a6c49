using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// What is wrong with a training setting that no single number shows: everything, with what would be right. A mistake
/// between settings one of which is wrong by itself is none: it would be told of a value that nobody gave.
/// </summary>
internal static class ConfigurationValidator
{
    // Training sequences of up to 64 lanes a thread: 512 bytes a step, half a gigabyte in all.
    private const long MaxSteps = 1_000_000;

    // Items of random numbers over those of one training set.
    private const int MaxStages = (RandomNumbers.MaximumItem + 1) >> GeneratedSequences<Scalar>.StageShift;

    private static readonly string[] SizeOptions = ["--network", "--units"];

    /// <summary>The mistakes of a cell.</summary>
    /// <param name="configuration">The cell.</param>
    /// <param name="invalidOptions">Options already found wrong.</param>
    public static IEnumerable<ValidationError> Validate(TrainingConfiguration configuration,
        IReadOnlyCollection<string> invalidOptions)
        => ValidateUnits(configuration).Concat(ValidateTask(configuration)).Concat(ValidateNetworkShape(configuration))
            .Concat(ValidateLearner(configuration))
            .Concat(configuration.Task is DatasetTask datasetTask
                ? DatasetValidator.Validate(configuration, datasetTask) : [])
            .Where(
                violation => !violation.RelatedOptions.Append(violation.Error.Location).Intersect(invalidOptions).Any())
            .Select(violation => violation.Error);

    private static IEnumerable<(string[] RelatedOptions, ValidationError Error)> ValidateUnits(
        TrainingConfiguration configuration)
    {
        NetworkDesign network = configuration.Network;
        if (KnownUnits.Validate(network.Unit, network.UnitCount) is { } unitError)
            yield return (SizeOptions, new("--unit", "", unitError));
        else if (configuration.Training.UnsupportedReason(network.Unit) is { } unsupportedReason)
            yield return (["--learner"], new("--unit", "", $"{configuration.Training.Name} {unsupportedReason}"));

        const int maxUnitSteps = StochasticUnitDraws<Scalar>.MaxUnitSteps;
        if (KnownUnits.HasThreshold(network.Unit) && (long)configuration.MaxLength * network.UnitCount > maxUnitSteps)
        {
            yield return ([.. SizeOptions, "--unit"],
                new("--length", "", $"{configuration.MaxLength} steps of {network.UnitCount} units " +
                $"need more random numbers than a presentation has: give at most {maxUnitSteps / network.UnitCount}"));
        }
    }

    private static IEnumerable<(string[] RelatedOptions, ValidationError Error)> ValidateTask(
        TrainingConfiguration configuration)
    {
        TaskDefinition task = configuration.Task;
        NetworkDesign network = configuration.Network;
        if (task.TrainableInputs > 0 && network.Network != NetworkKind.Latch)
        {
            yield return ([], new("--network", "", $"the task {task.Name} has trainable inputs, which only the " +
                "network latch has: give latch"));
        }

        if (task.MinimumLength > configuration.MaxLength)
        {
            yield return (["--inputs"],
                new("--length", "", $"{configuration.MaxLength} steps leave none after the first " +
                $"{task.MinimumLength - 1}: give at least {task.MinimumLength}"));
        }
        else if (task.MinimumLength > configuration.StageLengths[0])
        {
            yield return (["--inputs", "--length"],
                new("--first-length", "", $"{configuration.StageLengths[0]} steps leave none " +
                $"after the first {task.MinimumLength - 1}: give at least {task.MinimumLength}"));
        }

        if (configuration.StageLengths.Count > MaxStages)
        {
            yield return (["--length"],
                new("--growth", "", $"gives {configuration.StageLengths.Count} training sets, and there are " +
                $"random numbers for {MaxStages}: give a larger one"));
        }

        if (configuration.Budget < configuration.TrainingSequences)
        {
            yield return (["--sequences"],
                new("--presentations", "", $"{configuration.Budget} are less than one epoch: give " +
                $"at least the number of sequences, {configuration.TrainingSequences}"));
        }

        if (task is GeneratedTask
            && (long)configuration.TrainingSequences * configuration.MaxLength * task.InputsPerStep > MaxSteps)
        {
            yield return (["--length"],
                new("--sequences", "",
                    $"{configuration.TrainingSequences} sequences of {configuration.MaxLength} steps " +
                $"do not fit in memory: together at most {MaxSteps / task.InputsPerStep} steps"));
        }
    }

    private static IEnumerable<(string[] RelatedOptions, ValidationError Error)> ValidateNetworkShape(
        TrainingConfiguration configuration)
    {
        (TaskDefinition task, NetworkDesign network) = (configuration.Task, configuration.Network);
        string networkName = Settings.FormatValue(network.Network);
        if (network.Network != NetworkKind.FullyConnected)
        {
            if (task.InputsPerStep > 1 || task.Outputs > 1)
            {
                string requirement =
                    $"{FormatCount(task.InputsPerStep, "input")} a step and {FormatCount(task.Outputs, "output")}";
                yield return ([],
                    new("--network", "", $"the task {task.Name} has {requirement}, and the network {networkName} " +
                    "has one of each: give fully-connected"));
            }

            if (network.Biases == BiasUse.Yes)
            {
                yield return (["--network"],
                    new("--biases", "", $"the network {networkName} has no choice of biases: give " +
                    "no, or the network fully-connected"));
            }

            if (network.InputWeights == InputWeightUse.Always)
            {
                yield return (["--network"],
                    new("--input-weights", "", $"the network {networkName} has no choice of input " +
                    "weights: give several-inputs, or the network fully-connected"));
            }

            yield break;
        }

        if (network.Units < task.Outputs && task.Outputs <= DatasetValidator.MaxClasses)
        {
            yield return (["--network"], new("--units", "", $"{network.Units} are fewer than the outputs of the task " +
                $"{task.Name}: give at least {task.Outputs}"));
        }
        else if (KnownUnits.Validate(network.Unit, network.UnitCount) is null
            && network.GetOutputUnits(task.Outputs).DistinctBy(unit => KnownUnits.GetOutputRange(network.Unit, unit))
                .Count() > 1)
        {
            yield return (SizeOptions,
                new("--unit", "", $"the last {task.Outputs} units are the outputs, and they must " +
                "have one range: give none of them, or all, as logistic"));
        }
    }

    private static string FormatCount(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static IEnumerable<(string[] RelatedOptions, ValidationError Error)> ValidateLearner(
        TrainingConfiguration configuration)
    {
        if (configuration.Training.ValidationError is { } learnerError)
            yield return ([.. Settings.GetAll(configuration.Training).Select(setting => $"--{setting.Name}")],
                learnerError);
        if (configuration.Task.Targets == TargetKind.Values && configuration.Limits.Tolerance == 0.0)
        {
            yield return ([],
                new("--tolerance", "", $"the targets of the task {configuration.Task.Name} are numbers: give " +
                "how near to them an output must be to be right, for example 0.1"));
        }

        if (configuration.ConvergenceRule.Rule == ConvergenceRuleKind.FreshSequences
            && configuration.Task is not GeneratedTask)
        {
            yield return ([],
                new("--rule", "", $"fresh-sequences is no rule for the task {configuration.Task.Name}, which " +
                "has no fresh ones: give sign or sign-and-cost"));
        }
        else if (configuration.ConvergenceRule.Rule == ConvergenceRuleKind.FreshSequences
            && (configuration.Training.IsSearch || configuration.StageLengths.Count > 1))
        {
            yield return ([],
                new("--rule", "", $"fresh-sequences is no rule for the learner {configuration.Training.Name}, " +
                "which is judged by its training sequences: give sign or sign-and-cost"));
        }

        var errors = new List<ValidationError>();
        _ = new PriorKnowledge(configuration.Network.Prior, configuration.ParameterNames, errors);
        foreach (ValidationError error in errors)
            yield return ([.. SizeOptions, "--inputs"], error);
        if (errors.Count == 0 && ValidateSearchStart(configuration) is { } startError)
            yield return ([.. SizeOptions, "--inputs", "--prior"], startError);
    }

    /// <summary>Why a search cannot begin within the bounds; null if it can, or where learning is on-line.</summary>
    private static ValidationError? ValidateSearchStart(TrainingConfiguration configuration)
    {
        try
        {
            if (configuration.Training.IsSearch)
                configuration.Training.CreateSearch(configuration.CreateTrialStart(seed: 0, trialIndex: 0));
            return null;
        }
        catch (ValidationException exception)
        {
            return exception.Errors[0] with { Location = $"--{exception.Errors[0].Field}", Field = "" };
        }
    }
}
