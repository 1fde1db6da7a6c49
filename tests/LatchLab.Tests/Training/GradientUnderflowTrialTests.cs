using LatchLab.Numerics;
using LatchLab.Paper.Comparison;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Whole trials whose error signals fade long before they have come to the beginning of a sequence.</summary>
public sealed class GradientUnderflowTrialTests
{
    private static readonly int[] lengths = [90, 60];

    [Fact]
    public void Trials_of_long_sequences_are_the_same_on_every_lane()
    {
        foreach (Problem problem in new[] { Problem.Latch, Problem.TwoSequence, Problem.Parity })
        {
            var learner = TunedSettings.CreateLearner(problem, KnownAlgorithms.Backpropagation);
            TrainingConfiguration[] cells =
            [
                .. lengths.Select(length =>
                {
                    TrainingConfiguration cell = problem.CreateConfiguration(
                        KnownAlgorithms.Backpropagation, learner, length, noise: 0.2, budget: 120);
                    return cell with { ConvergenceRule = cell.ConvergenceRule with { FreshSequences = 10 } };
                }),
            ];
            SweepOutcomes expected = ContractConfigurations.Run(cells, LaneKind.Scalar, trials: 12);
            foreach (LaneKind lane in LaneKind.All.Where(lane => lane.IsSupported && lane != LaneKind.Scalar))
            {
                SweepOutcomes actual = ContractConfigurations.Run(cells, lane, trials: 12);
                for (int cell = 0; cell < cells.Length; cell++)
                    Assert.Equal(expected.GetOutcomes(cell).ToArray(), actual.GetOutcomes(cell).ToArray());
            }
        }
    }
}
