using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// What is wrong with a training setting that no single number shows: everything, with what would be right.
/// </summary>
internal static class ProblemMistakes
{
    // Training sequences of up to 64 lanes a thread: 512 bytes a step, half a gigabyte in all.
    private const long MostSteps = 1_000_000;

    // Items of random numbers over those of one training set.
    private const int MostStages = (RandomNumbers.MaximumItem + 1) >> TaskSequences<Scalar>.StageBits;

    public static IEnumerable<InputError> Of(ProblemCell cell)
    {
        TaskDefinition task = cell.Task;
        NetworkDesign network = cell.Network;
        var errors = new List<InputError>();
        if (KnownUnits.Mistake(network.Unit, network.Size) is { } units)
            errors.Add(new("--unit", "", units));
        else if (cell.Training.Refuses(network.Unit) is { } refusal)
            errors.Add(new("--learner", "", $"{cell.Training.Name} {refusal}"));
        if (cell.Training.Mistake is { } mistake)
            errors.Add(mistake);
        if (cell.Rule.Rule == RuleKind.FreshSequences && (cell.Training.IsSearch || cell.Stages.Count > 1))
        {
            errors.Add(new("--rule", "", $"fresh-sequences is no rule for the learner {cell.Training.Name}, which is " +
                "judged by its training sequences: give sign or sign-and-cost"));
        }

        if (task.TrainableInputs > 0 && network.Network != NetworkKind.Latch)
        {
            errors.Add(new("--network", "", $"the task {task.Name} has trainable inputs, which only the network " +
                "latch has: give latch"));
        }

        if (task.FewestSteps > task.Length)
        {
            errors.Add(new("--length", "", $"{task.Length} steps leave none after the first {task.FewestSteps - 1}: " +
                $"give at least {task.FewestSteps}"));
        }

        else if (task.FewestSteps > cell.Stages[0])
        {
            errors.Add(new("--first-length", "", $"{cell.Stages[0]} steps leave none after the first " +
                $"{task.FewestSteps - 1}: give at least {task.FewestSteps}"));
        }

        if (cell.Stages.Count > MostStages)
        {
            errors.Add(new("--growth", "", $"gives {cell.Stages.Count} training sets, and there are random numbers " +
                $"for {MostStages}: give a larger one"));
        }

        if (cell.Budget < task.Sequences)
        {
            errors.Add(new("--presentations", "", $"{cell.Budget} are less than one epoch: give at least the number " +
                $"of sequences, {task.Sequences}"));
        }

        if ((long)task.Sequences * task.Length > MostSteps)
        {
            errors.Add(new("--sequences", "", $"{task.Sequences} sequences of {task.Length} steps do not fit in " +
                $"memory: together at most {MostSteps} steps"));
        }

        const int mostUnitSteps = UnitChance<Scalar>.MostUnitSteps;
        if (KnownUnits.HasThreshold(network.Unit) && (long)task.Length * network.Size > mostUnitSteps)
        {
            errors.Add(new("--length", "", $"{task.Length} steps of {network.Size} units need more random numbers " +
                $"than a presentation has: give at most {mostUnitSteps / network.Size}"));
        }

        _ = new PriorKnowledge(network.Prior, network.ParameterNames(task.TrainableInputs), errors);
        return errors;
    }
}
