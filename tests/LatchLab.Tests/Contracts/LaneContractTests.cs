using LatchLab.Numerics;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// A trial is a pure function of configuration, seed and trial index. It does not depend on lane type, thread count or
/// the other trials of its batch.
/// </summary>
public sealed class LaneContractTests
{
    public static TheoryData<string, string> All => ContractConfigurations.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Every_lane_type_and_number_of_threads_gives_the_same_trials(string task, string learner)
    {
        TrainingConfiguration[] configurations = ContractConfigurations.Of(task, learner);
        SweepOutcomes expected = ContractConfigurations.Run(configurations, LaneKind.Scalar);
        foreach (LaneKind lane in SlowTests.LaneKinds)
        {
            for (int threads = lane == LaneKind.Scalar ? 2 : 1; threads <= 2; threads++)
            {
                SweepOutcomes actual = ContractConfigurations.Run(configurations, lane, threads);
                for (int index = 0; index < configurations.Length; index++)
                    AreEqual(expected, actual, index, ContractConfigurations.Trials);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_trial_run_alone_equals_the_same_trial_in_a_batch(string task, string learner)
    {
        TrainingConfiguration[] configurations = ContractConfigurations.Of(task, learner);
        SweepOutcomes together = ContractConfigurations.Run(configurations, LaneKind.Widest);
        for (int index = 0; index < configurations.Length; index++)
        {
            SweepOutcomes alone = ContractConfigurations.Run([configurations[index]], LaneKind.Widest, trials: 1);
            AreEqual(alone, together, index, trials: 1, alone: true);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_holds_for_the_test_error_rule(string task, string learner)
    {
        TrainingConfiguration[] configurations =
        [
            .. ContractConfigurations.Of(task, learner).Select(configuration => configuration with
            {
                ConvergenceRule = configuration.ConvergenceRule with
                {
                    Rule = ConvergenceRuleKind.TestSequences,
                    RequiredTestShare = 0.6,
                },
            }),
        ];
        if (configurations[0].Validate().Any())
            return;
        SweepOutcomes expected = ContractConfigurations.Run(configurations, LaneKind.Scalar);
        SweepOutcomes actual = ContractConfigurations.Run(configurations, LaneKind.Widest);
        for (int index = 0; index < configurations.Length; index++)
        {
            AreEqual(expected, actual, index, ContractConfigurations.Trials);
            AreEqual(ContractConfigurations.Run([configurations[index]], LaneKind.Widest, trials: 1), actual, index, 1,
                alone: true);
        }
    }

    private static void AreEqual(
        SweepOutcomes expected, SweepOutcomes actual, int index, int trials, bool alone = false)
    {
        int expectedIndex = alone ? 0 : index;
        for (int trial = 0; trial < trials; trial++)
        {
            Assert.Equal(expected.GetOutcomes(expectedIndex)[trial], actual.GetOutcomes(index)[trial]);
            Assert.Equal(
                expected.GetParameters(expectedIndex, trial).ToArray(), actual.GetParameters(index, trial).ToArray());
        }
    }
}
