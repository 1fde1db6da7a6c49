using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// What is wrong with a training setting that no single number shows: everything, with what would be right. A mistake
/// between settings one of which is wrong by itself is none: it would be told of a value that nobody gave.
/// </summary>
internal static class ProblemMistakes
{
    // Training sequences of up to 64 lanes a thread: 512 bytes a step, half a gigabyte in all.
    private const long MostSteps = 1_000_000;

    // Items of random numbers over those of one training set.
    private const int MostStages = (RandomNumbers.MaximumItem + 1) >> TaskSequences<Scalar>.StageBits;

    private static readonly string[] Sizes = ["--network", "--units"];

    /// <summary>The mistakes of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="wrong">Options already found wrong.</param>
    public static IEnumerable<InputError> Of(ProblemCell cell, IReadOnlyCollection<string> wrong)
        => OfUnits(cell).Concat(OfTask(cell)).Concat(OfWiring(cell)).Concat(OfLearner(cell))
            .Concat(cell.Task is SequencesTask own ? SequencesMistakes.Of(cell, own) : [])
            .Where(mistake => !mistake.Between.Append(mistake.Error.Place).Intersect(wrong).Any())
            .Select(mistake => mistake.Error);

    private static IEnumerable<(string[] Between, InputError Error)> OfUnits(ProblemCell cell)
    {
        NetworkDesign network = cell.Network;
        if (KnownUnits.Mistake(network.Unit, network.Size) is { } units)
            yield return (Sizes, new("--unit", "", units));
        else if (cell.Training.Refuses(network.Unit) is { } refusal)
            yield return (["--learner"], new("--unit", "", $"{cell.Training.Name} {refusal}"));

        const int most = UnitChance<Scalar>.MostUnitSteps;
        if (KnownUnits.HasThreshold(network.Unit) && (long)cell.Length * network.Size > most)
        {
            yield return ([.. Sizes, "--unit"], new("--length", "", $"{cell.Length} steps of {network.Size} units " +
                $"need more random numbers than a presentation has: give at most {most / network.Size}"));
        }
    }

    private static IEnumerable<(string[] Between, InputError Error)> OfTask(ProblemCell cell)
    {
        TaskDefinition task = cell.Task;
        NetworkDesign network = cell.Network;
        if (task.TrainableInputs > 0 && network.Network != NetworkKind.Latch)
        {
            yield return ([], new("--network", "", $"the task {task.Name} has trainable inputs, which only the " +
                "network latch has: give latch"));
        }

        if (task.FewestSteps > cell.Length)
        {
            yield return (["--inputs"], new("--length", "", $"{cell.Length} steps leave none after the first " +
                $"{task.FewestSteps - 1}: give at least {task.FewestSteps}"));
        }
        else if (task.FewestSteps > cell.Stages[0])
        {
            yield return (["--inputs", "--length"], new("--first-length", "", $"{cell.Stages[0]} steps leave none " +
                $"after the first {task.FewestSteps - 1}: give at least {task.FewestSteps}"));
        }

        if (cell.Stages.Count > MostStages)
        {
            yield return (["--length"], new("--growth", "", $"gives {cell.Stages.Count} training sets, and there are " +
                $"random numbers for {MostStages}: give a larger one"));
        }

        if (cell.Budget < cell.Sequences)
        {
            yield return (["--sequences"], new("--presentations", "", $"{cell.Budget} are less than one epoch: give " +
                $"at least the number of sequences, {cell.Sequences}"));
        }

        if (task is GeneratedTask && (long)cell.Sequences * cell.Length * task.InputsPerStep > MostSteps)
        {
            yield return (["--length"], new("--sequences", "", $"{cell.Sequences} sequences of {cell.Length} steps " +
                $"do not fit in memory: together at most {MostSteps / task.InputsPerStep} steps"));
        }
    }

    private static IEnumerable<(string[] Between, InputError Error)> OfWiring(ProblemCell cell)
    {
        (TaskDefinition task, NetworkDesign network) = (cell.Task, cell.Network);
        string kind = Settings.InWords(network.Network);
        if (network.Network != NetworkKind.FullyConnected)
        {
            if (task.InputsPerStep > 1 || task.Outputs > 1)
            {
                string needed = $"{Number(task.InputsPerStep, "input")} a step and {Number(task.Outputs, "output")}";
                yield return ([], new("--network", "", $"the task {task.Name} has {needed}, and the network {kind} " +
                    "has one of each: give fully-connected"));
            }

            if (network.Biases == BiasUse.Yes)
            {
                yield return (["--network"], new("--biases", "", $"the network {kind} has no choice of biases: give " +
                    "no, or the network fully-connected"));
            }

            if (network.InputWeights == InputWeightUse.Always)
            {
                yield return (["--network"], new("--input-weights", "", $"the network {kind} has no choice of input " +
                    "weights: give several-inputs, or the network fully-connected"));
            }

            yield break;
        }

        if (network.Units < task.Outputs && task.Outputs <= SequencesMistakes.MostClasses)
        {
            yield return (["--network"], new("--units", "", $"{network.Units} are fewer than the outputs of the task " +
                $"{task.Name}: give at least {task.Outputs}"));
        }
        else if (KnownUnits.Mistake(network.Unit, network.Size) is null
            && network.OutputUnits(task.Outputs).DistinctBy(unit => KnownUnits.Range(network.Unit, unit)).Count() > 1)
        {
            yield return (Sizes, new("--unit", "", $"the last {task.Outputs} units are the outputs, and they must " +
                "have one range: give none of them, or all, as logistic"));
        }
    }

    private static string Number(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";

    private static IEnumerable<(string[] Between, InputError Error)> OfLearner(ProblemCell cell)
    {
        if (cell.Training.Mistake is { } mistake)
            yield return ([.. Settings.Of(cell.Training).Select(setting => $"--{setting.Name}")], mistake);
        if (cell.Task.Targets == TargetKind.Values && cell.Limits.Tolerance == 0.0)
        {
            yield return ([], new("--tolerance", "", $"the targets of the task {cell.Task.Name} are numbers: give " +
                "how near to them an output must be to be right, for example 0.1"));
        }

        if (cell.Rule.Rule == RuleKind.FreshSequences && cell.Task is not GeneratedTask)
        {
            yield return ([], new("--rule", "", $"fresh-sequences is no rule for the task {cell.Task.Name}, which " +
                "has no fresh ones: give sign or sign-and-cost"));
        }
        else if (cell.Rule.Rule == RuleKind.FreshSequences && (cell.Training.IsSearch || cell.Stages.Count > 1))
        {
            yield return ([], new("--rule", "", $"fresh-sequences is no rule for the learner {cell.Training.Name}, " +
                "which is judged by its training sequences: give sign or sign-and-cost"));
        }

        var errors = new List<InputError>();
        _ = new PriorKnowledge(cell.Network.Prior, cell.ParameterNames, errors);
        foreach (InputError error in errors)
            yield return ([.. Sizes, "--inputs"], error);
        if (errors.Count == 0 && Starts(cell) is { } refused)
            yield return ([.. Sizes, "--inputs", "--prior"], refused);
    }

    /// <summary>Why a search cannot begin within the bounds; null if it can, or where learning is on-line.</summary>
    private static InputError? Starts(ProblemCell cell)
    {
        try
        {
            if (cell.Training.IsSearch)
                cell.Training.CreateSearch(cell.StartOf(seed: 0, trial: 0));
            return null;
        }
        catch (InputException refused)
        {
            return refused.Errors[0] with { Place = $"--{refused.Errors[0].Field}", Field = "" };
        }
    }
}
