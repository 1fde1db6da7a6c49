using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>What every trial keeps to, whatever is learned and how.</summary>
public sealed class TrialContractTests
{
    public static TheoryData<string, string> All => ContractConfigurations.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Held_parameters_stay_and_bounds_are_kept(string task, string learner)
    {
        TrainingConfiguration[] cells = ContractConfigurations.Of(task, learner);
        SweepOutcomes outcomes = ContractConfigurations.Run(cells, LaneKind.Widest);
        int moved = 0;
        for (int cell = 0; cell < cells.Length; cell++)
        {
            for (int trial = 0; trial < ContractConfigurations.Trials; trial++)
            {
                double[] parameters = outcomes.GetParameters(cell, trial).ToArray();
                Assert.Equal(ContractConfigurations.Held, parameters[^1]);
                Assert.InRange(parameters[0], ContractConfigurations.Lowest, ContractConfigurations.Highest);
                moved += parameters.SequenceEqual(
                    cells[cell].CreateTrialStart(ContractConfigurations.Seed, trial).InitialParameters) ? 0 : 1;
            }
        }

        Assert.NotEqual(0, moved);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Budgets_are_kept_and_errors_are_shares(string task, string learner)
    {
        TrainingConfiguration[] cells = ContractConfigurations.Of(task, learner);
        SweepOutcomes outcomes = ContractConfigurations.Run(cells, LaneKind.Widest);
        for (int cell = 0; cell < cells.Length; cell++)
        {
            foreach (Outcome outcome in outcomes.GetOutcomes(cell))
            {
                Assert.InRange(outcome.Presentations, 0, ContractConfigurations.Budget);
                Assert.Equal(0, outcome.Presentations % ContractConfigurations.Sequences);
                Assert.True(outcome.Presentations > 0 || outcome.FinalStage > 0);
                Assert.InRange(outcome.SkippedPresentations, 0, outcome.Presentations);
                IsShare(outcome.TrainingError, ContractConfigurations.Sequences, outcome);
                IsShare(outcome.TestError, ContractConfigurations.FreshSequences, outcome);
                if (outcome.IsConverged)
                    Assert.Equal(0.0, outcome.TrainingError);
                if (outcome.StopReason == StopReason.OutOfPresentations)
                    Assert.True(
                        outcome.Presentations > ContractConfigurations.Budget - ContractConfigurations.Sequences);
            }
        }
    }

    [Fact]
    public void All_learners_of_a_trial_begin_alike_with_noise_and_without()
    {
        foreach (GeneratedTask task in KnownTasks.Generated)
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

    /// <summary>Tested however it ended, unless it diverged.</summary>
    private static void IsShare(double error, int count, in Outcome outcome)
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
