using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>Validates a configuration of the minimal task across settings.</summary>
public static class MinimalTaskValidator
{
    // Frozen noise of up to 64 lanes per thread takes 512 bytes a step: 256 MB in all.
    private const long MaxSteps = 500_000;

    /// <summary>Returns the validation errors, each with the two options that conflict.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="lengthSetting">The option that gives the sequence length.</param>
    public static IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(
        MinimalTaskConfiguration configuration, string lengthSetting = "task.length")
    {
        foreach (var violation in configuration.Training.Validate(configuration.TrainingSequences))
            yield return violation;
        MinimalTask task = configuration.Task;
        int presentations = configuration.Limits.Presentations;
        if (task.Length <= task.TrainableInputs)
        {
            yield return CreateError(lengthSetting, "task.trainable-inputs",
                $"{task.Length} steps leave none after the " +
                $"{task.TrainableInputs} trainable inputs: give more than {task.TrainableInputs}");
        }

        if (presentations < task.Sequences)
        {
            yield return CreateError("rule.presentations", "task.sequences", $"{presentations} are less than one " +
                $"epoch: give at least the number of sequences, {task.Sequences}");
        }

        if ((long)task.Sequences * task.Length > MaxSteps)
        {
            yield return CreateError("task.sequences", lengthSetting,
                $"{task.Sequences} sequences of {task.Length} steps do not fit " +
                $"in memory: together at most {MaxSteps} steps");
        }

        // Noise drawn per pass counts its blocks of four steps in 32 bits. At most one evaluation pass follows each
        // training pass, hence the factor 2.
        long epochs = 2L * presentations / task.Sequences, blocks = (task.Length + 3) / 4;
        if (epochs * blocks > uint.MaxValue)
        {
            yield return CreateError("rule.presentations", lengthSetting,
                $"{presentations} presentations of sequences of " +
                $"{task.Length} steps need more random numbers than a stream has: give at most " +
                $"{uint.MaxValue / blocks * task.Sequences / 2}");
        }
    }

    private static (string[] RelatedSettings, ValidationError Error) CreateError(string setting, string otherSetting,
        string problem)
        => ([setting, otherSetting], new("", setting, problem));
}
