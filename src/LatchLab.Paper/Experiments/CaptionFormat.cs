using LatchLab.Foundation;

namespace LatchLab.Paper.Experiments;

/// <summary>Describes the settings of a figure's runs for its caption.</summary>
internal static class CaptionFormat
{
    /// <summary>Formats the training settings of the base configuration for a caption.</summary>
    public static string FormatTrainingSettings(ReproductionSettings settings)
    {
        string range = NumberFormat.Short(settings.BaseConfiguration.Network.InitialRange);
        return $"L = {settings.BaseTask.Inputs}, {settings.BaseTask.Sequences} training sequences, η = " +
            $"{NumberFormat.Short(settings.BaseLearner.LearningRate)}, at most " +
            $"{settings.BaseConfiguration.Budget} presentations, inputs from U[−{range}, {range}]";
    }
}
