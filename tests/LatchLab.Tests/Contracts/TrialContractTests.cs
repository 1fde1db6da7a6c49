using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>Invariants of every trial, for every task and learner.</summary>
public sealed class TrialContractTests
{
    public static TheoryData<string, string> All => ContractConfigurations.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Frozen_parameters_do_not_change_and_bounds_are_respected(string task, string learner)
    {
        TrainingConfiguration[] configurations = ContractConfigurations.Of(task, learner);
        SweepOutcomes outcomes = ContractConfigurations.Run(configurations, LaneKind.Widest);
        int changed = 0;
        for (int index = 0; index < configurations.Length; index++)
        {
            for (int trial = 0; trial < ContractConfigurations.Trials; trial++)
            {
                double[] parameters = outcomes.GetParameters(index, trial).ToArray();
                Assert.Equal(ContractConfigurations.Frozen, parameters[^1]);
                Assert.InRange(parameters[0], ContractConfigurations.Minimum, ContractConfigurations.Maximum);
                changed += parameters.SequenceEqual(
                    configurations[index].CreateTrialStart(ContractConfigurations.Seed, trial).InitialParameters)
                    ? 0
                    : 1;
            }
        }

        Assert.NotEqual(0, changed);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Budgets_are_respected_and_errors_are_shares(string task, string learner)
    {
        TrainingConfiguration[] configurations = ContractConfigurations.Of(task, learner);
        SweepOutcomes outcomes = ContractConfigurations.Run(configurations, LaneKind.Widest);
        for (int index = 0; index < configurations.Length; index++)
        {
            foreach (Outcome outcome in outcomes.GetOutcomes(index))
            {
                Assert.InRange(outcome.Presentations, 0, ContractConfigurations.Budget);
                Assert.Equal(0, outcome.Presentations % ContractConfigurations.Sequences);
                Assert.True(outcome.Presentations > 0
                    || outcome.GetDiagnostic(configurations[index].Learner, Curriculum.LearnedStages) > 0);
                Assert.InRange(outcome.SkippedPresentations, 0, outcome.Presentations);
                AssertIsShare(outcome.TestError, ContractConfigurations.TestSequences, outcome);
                if (configurations[index].HasFreshSequences)
                    Assert.Equal(double.NaN, outcome.TrainingError);
                else
                    AssertIsShare(outcome.TrainingError, ContractConfigurations.Sequences, outcome);
                if (outcome.IsConverged && !configurations[index].HasFreshSequences)
                    Assert.Equal(0.0, outcome.TrainingError);
                if (outcome.StopReason == StopReason.BudgetExhausted)
                    Assert.True(
                        outcome.Presentations > ContractConfigurations.Budget - ContractConfigurations.Sequences);
            }
        }
    }

    [Fact]
    public void All_learners_of_a_trial_start_from_the_same_parameters_with_and_without_noise()
    {
        foreach (NoisyTask task in KnownTasks.Generated.OfType<NoisyTask>())
        {
            TrainingConfiguration first = ContractConfigurations.Of(task, new Backpropagation());
            foreach (LearnerDefinition learner in ContractConfigurations.Learners.Values)
            {
                TrainingConfiguration other = ContractConfigurations.Of(task with { Noise = 0.0 }, learner);
                for (int trial = 0; trial < 3; trial++)
                {
                    Assert.Equal(first.CreateRandom(7, trial), other.CreateRandom(7, trial));
                    Assert.Equal(first.CreateTrialStart(7, trial).InitialParameters,
                        other.CreateTrialStart(7, trial).InitialParameters);
                    Assert.NotEqual(first.CreateTrialStart(7, trial).InitialParameters,
                        other.CreateTrialStart(7, trial + 1).InitialParameters);
                }
            }
        }
    }

    /// <summary>The error is a share of the sequences, except after divergence, where it is NaN.</summary>
    private static void AssertIsShare(double error, int count, in Outcome outcome)
    {
        if (outcome.StopReason == StopReason.Diverged)
        {
            Assert.Equal(double.NaN, error);
            return;
        }

        Assert.InRange(error, 0.0, 1.0);
        Assert.Equal(error, Math.Round(error * count) / count);
    }
}
