using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>A parameter that becomes non-finite ends its own trial and no other.</summary>
public sealed class DivergenceTests
{
    private const int Trials = 5;

    [Fact]
    public void A_trial_whose_weights_overflow_ends_as_diverged_and_its_neighbours_continue()
    {
        // Everything starts at 0, so the first adjoint is 1/ε = 1e307; multiplied by a rate of 1000 it is infinite.
        TrainingConfiguration overflows = CreateConfiguration(rate: 1000.0), goesOn = CreateConfiguration(rate: 0.01);
        SweepOutcomes together = Run(overflows, goesOn);
        foreach (Outcome outcome in together.GetOutcomes(0))
        {
            Assert.Equal(StopReason.Diverged, outcome.StopReason);
            Assert.Equal(overflows.TrainingSequences, outcome.Presentations);
            Assert.True(double.IsNaN(outcome.TestError));
        }

        Assert.Equal(Run(goesOn).GetOutcomes(0).ToArray(), together.GetOutcomes(1).ToArray());
        Assert.DoesNotContain(together.GetOutcomes(1).ToArray(), outcome => outcome.StopReason == StopReason.Diverged);
    }

    private static SweepOutcomes Run(params TrainingConfiguration[] configurations)
    {
        var options = new RunOptions(Seed: 3, Threads: 1, LaneKind.Widest);
        return TrialRunner.Run([new Sweep("divergence", configurations, Trials)], options)[0];
    }

    private static TrainingConfiguration CreateConfiguration(double rate) => new()
    {
        Task = new LatchTask { Length = 20, Noise = 0.0 },
        Network = new NetworkDesign { Unit = "threshold", InitialRange = 0.0 },
        Learner = new DiscreteErrorPropagation { LearningRate = rate, ThresholdUnits = new() { Epsilon = 1e-307 } },
        ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost },
        Limits = new() { Presentations = 300 },
    };
}
