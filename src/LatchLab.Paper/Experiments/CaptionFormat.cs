using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Paper.Experiments;

/// <summary>Describes the settings of a figure's runs for its caption.</summary>
internal static class CaptionFormat
{
    /// <summary>Formats the training settings of a configuration for a caption.</summary>
    public static string FormatTrainingSettings(MinimalTaskConfiguration configuration)
        => $"L = {configuration.Task.TrainableInputs}, {configuration.Task.Sequences} training sequences, η = " +
            $"{NumberFormat.Short(configuration.Training.LearningRate)}, at most " +
            $"{configuration.Limits.Presentations} presentations, inputs from " +
            $"U[−{NumberFormat.Short(configuration.Start.InitialInputs)}, " +
            $"{NumberFormat.Short(configuration.Start.InitialInputs)}]";
}
