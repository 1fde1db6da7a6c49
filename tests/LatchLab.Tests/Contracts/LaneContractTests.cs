using LatchLab.Numerics;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// A trial is a pure function of cell, seed and number: neither lanes nor threads nor neighbours matter.
/// </summary>
public sealed class LaneContractTests
{
    public static TheoryData<string, string> All => ContractConfigurations.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Every_lane_type_and_number_of_threads_gives_the_same_trials(string task, string learner)
    {
        TrainingConfiguration[] cells = ContractConfigurations.Of(task, learner);
        SweepOutcomes expected = ContractConfigurations.Run(cells, LaneKind.Scalar);
        foreach (LaneKind lane in LaneKind.All)
        {
            for (int threads = lane == LaneKind.Scalar ? 2 : 1; threads <= 2; threads++)
            {
                SweepOutcomes actual = ContractConfigurations.Run(cells, lane, threads);
                for (int cell = 0; cell < cells.Length; cell++)
                    AreEqual(expected, actual, cell, ContractConfigurations.Trials);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_trial_run_alone_is_the_same_as_among_others(string task, string learner)
    {
        TrainingConfiguration[] cells = ContractConfigurations.Of(task, learner);
        SweepOutcomes together = ContractConfigurations.Run(cells, LaneKind.Widest);
        for (int cell = 0; cell < cells.Length; cell++)
        {
            SweepOutcomes alone = ContractConfigurations.Run([cells[cell]], LaneKind.Widest, trials: 1);
            AreEqual(alone, together, cell, trials: 1, alone: true);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_holds_where_fresh_sequences_are_the_judge(string task, string learner)
    {
        TrainingConfiguration[] cells = [.. ContractConfigurations.Of(task, learner).Select(cell => cell with
        {
            ConvergenceRule = cell.ConvergenceRule with { Rule = ConvergenceRuleKind.FreshSequences, FreshShare = 0.6 },
        })];
        if (cells[0].Validate().Any())
            return;
        SweepOutcomes expected = ContractConfigurations.Run(cells, LaneKind.Scalar);
        SweepOutcomes actual = ContractConfigurations.Run(cells, LaneKind.Widest);
        for (int cell = 0; cell < cells.Length; cell++)
        {
            AreEqual(expected, actual, cell, ContractConfigurations.Trials);
            AreEqual(ContractConfigurations.Run([cells[cell]], LaneKind.Widest, trials: 1), actual, cell, 1,
                alone: true);
        }
    }

    private static void AreEqual(
        SweepOutcomes expected, SweepOutcomes actual, int cell, int trials, bool alone = false)
    {
        int expectedCell = alone ? 0 : cell;
        for (int trial = 0; trial < trials; trial++)
        {
            Assert.Equal(expected.GetOutcomes(expectedCell)[trial], actual.GetOutcomes(cell)[trial]);
            Assert.Equal(
                expected.GetParameters(expectedCell, trial).ToArray(), actual.GetParameters(cell, trial).ToArray());
        }
    }
}
