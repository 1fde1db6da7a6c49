using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Trials of the pseudo-Newton methods with adaptive μ against a naive program.</summary>
public sealed class PseudoNewtonTrialTests
{
    [Theory]
    [InlineData(false, CurvatureChoice.Positive, 0.3, StepLimit.Cap, 1)]
    [InlineData(false, CurvatureChoice.Full, 0.3, StepLimit.Rescale, 1)]
    [InlineData(false, CurvatureChoice.Positive, 0.0, StepLimit.Cap, 1)]
    [InlineData(true, CurvatureChoice.Positive, 0.3, StepLimit.Cap, 1)]
    [InlineData(true, CurvatureChoice.Positive, 0.3, StepLimit.Rescale, 4)]
    [InlineData(true, CurvatureChoice.Full, 0.3, StepLimit.Cap, 2)]
    public void The_first_presentations_equal_a_naive_program(
        bool timeWeighted, CurvatureChoice form, double stepBound, StepLimit limit, int newtonSteps)
    {
        int adapted = 0;
        foreach (double mu in (double[])[1.0, 0.01, 1e-5])
        {
            DampingSettings damping = new() { Damping = mu, NewtonSteps = newtonSteps };
            StepBoundSettings steps = new() { StepBound = stepBound, Limit = limit };
            TrainingConfiguration configuration = new()
            {
                Task = new LatchTask { Length = 9, Sequences = 6 },
                Network = new(),
                Learner = timeWeighted
                    ? new TimeWeightedPseudoNewton { Curvature = form, Damping = damping, Steps = steps }
                    : new PseudoNewton
                    {
                        LearningRate = 0.05,
                        Curvature = form,
                        Damping = damping,
                        Steps = steps,
                    },
                ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost, CostThreshold = 1e-9 }, // never
                Limits = new() { Presentations = 30 },
            };
            SweepOutcomes outcomes = ContractConfigurations.Run([configuration], LaneKind.Widest, trials: 30);
            for (int trial = 0; trial < 30; trial++)
            {
                var naive = new NaivePseudoNewton(
                    configuration, ContractConfigurations.Seed, trial, damping, steps, timeWeighted,
                    form == CurvatureChoice.Full);
                double[] expected = naive.Run(epochs: 5);
                for (int i = 0; i < 3; i++)
                    Assert.Equal(expected[i], outcomes.GetParameters(0, trial)[i], 1e-9);
                adapted += naive.Mu != mu ? 1 : 0;
            }
        }

        Assert.NotEqual(0, adapted);
    }
}
