using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>What is wrong with a cell of the minimal task that no single setting shows.</summary>
internal static class MinimalMistakes
{
    // Frozen noise of up to 64 lanes a thread: 512 bytes a step, 256 MB in all.
    private const long MostSteps = 500_000;

    /// <summary>The mistakes of a cell, each with the options that it lies between.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="length">The option that gave its length.</param>
    public static IEnumerable<(string[] Between, InputError Mistake)> Of(MinimalCell cell, string length = "--length")
    {
        MinimalTask task = cell.Task;
        int presentations = cell.Training.Presentations;
        if (task.Length <= task.TrainableInputs)
        {
            yield return Wrong(length, "--trainable-inputs", $"{task.Length} steps leave none after the " +
                $"{task.TrainableInputs} trainable inputs: give more than {task.TrainableInputs}");
        }

        if (presentations < task.Sequences)
        {
            yield return Wrong("--presentations", "--sequences", $"{presentations} are less than one " +
                $"epoch: give at least the number of sequences, {task.Sequences}");
        }

        if ((long)task.Sequences * task.Length > MostSteps)
        {
            yield return Wrong("--sequences", length, $"{task.Sequences} sequences of {task.Length} steps do not fit " +
                $"in memory: together at most {MostSteps} steps");
        }

        // Noise drawn afresh counts its blocks of four steps in 32 bits; a pass that judges comes at most after every
        // pass that learns.
        long passes = 2L * presentations / task.Sequences, blocks = (task.Length + 3) / 4;
        if (passes * blocks > uint.MaxValue)
        {
            yield return Wrong("--presentations", length, $"{presentations} presentations of sequences of " +
                $"{task.Length} steps need more random numbers than a stream has: give at most " +
                $"{uint.MaxValue / blocks * task.Sequences / 2}");
        }
    }

    private static (string[] Between, InputError Mistake) Wrong(string option, string other, string problem)
        => ([option, other], new(option, "", problem));
}
