using LatchLab.Numerics;
using LatchLab.Paper.Comparison;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Complete trials whose adjoints underflow long before the beginning of a sequence.</summary>
public sealed class GradientUnderflowTrialTests
{
    private static readonly int[] Lengths = [90, 60];

    [Fact]
    public void Trials_of_long_sequences_are_the_same_on_every_lane_type()
    {
        foreach (Problem problem in new[] { Problem.Latch, Problem.TwoSequence, Problem.Parity })
        {
            var learner = TunedSettings.CreateLearner(
                problem, KnownAlgorithms.Backpropagation, Problem.PaperNoise);
            TrainingConfiguration[] configurations =
            [
                .. Lengths.Select(length =>
                {
                    TrainingConfiguration configuration = problem.CreateConfiguration(
                        KnownAlgorithms.Backpropagation, learner, length, noise: 0.2, budget: 120);
                    return configuration with
                    {
                        ConvergenceRule = configuration.ConvergenceRule with { TestSequences = 10 },
                    };
                }),
            ];
            SweepOutcomes expected = ContractConfigurations.Run(configurations, LaneKind.Scalar, trials: 12);
            foreach (LaneKind lane in SlowTests.LaneKinds.Where(lane => lane.IsSupported && lane != LaneKind.Scalar))
            {
                SweepOutcomes actual = ContractConfigurations.Run(configurations, lane, trials: 12);
                for (int index = 0; index < configurations.Length; index++)
                    Assert.Equal(expected.GetOutcomes(index).ToArray(), actual.GetOutcomes(index).ToArray());
            }
        }
    }
}
