using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Paper.Experiments;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Tests.Training;

/// <summary>Configurations of the minimal task, as those of Figure 2: the latching neuron, no final test.</summary>
internal static class MinimalConfigurations
{
    public static TrainingConfiguration Create(
        MinimalTask? task = null, ConvergenceRule? rule = null, Backpropagation? learner = null,
        int? presentations = null, WeightUse weight = WeightUse.Frozen, double initialWeight = 1.25, string prior = "")
    {
        TrainingConfiguration configuration = ReproductionSettings.DefaultConfiguration;
        return configuration with
        {
            Task = task ?? configuration.Task,
            Network = configuration.Network with { Weight = weight, InitialWeight = initialWeight, Prior = prior },
            Learner = learner ?? configuration.Learner,
            ConvergenceRule = (rule ?? new()) with { FinalTest = FinalTest.No },
            Limits = presentations is { } budget ? new() { Presentations = budget } : configuration.Limits,
        };
    }
}
