using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The order of pending trials, which changes only how long a run takes.</summary>
public sealed class TrialQueueOrderTests
{
    private static readonly Sweep Annealing = Create(new SimulatedAnnealing(), 5, 9),
        Multigrid = Create(new MultigridRandomSearch(), 20, 8);

    [Theory]
    [InlineData("LLLLLLLL", 9, 9, 5, 5, 20, 20, 8, 8)]
    [InlineData("SSSSSSSS", 5, 5, 9, 9, 8, 8, 20, 20)]
    [InlineData("LSLSLSLS", 9, 5, 9, 5, 20, 8, 20, 8)]
    public void Large_budgets_come_first_and_then_long_or_short_sequences(string order, params int[] expected)
    {
        TrialQueue queue = Assert.Single(TrialQueue.GroupByBatchKey([Multigrid, Annealing]));
        Assert.Equal(20, queue.MaxLength);
        var trials = new List<PendingTrial>();
        foreach (char end in order)
        {
            Assert.True(queue.HasMore);
            Assert.True(queue.TryDequeue(shortestFirst: end == 'S', out PendingTrial trial));
            trials.Add(trial);
        }

        Assert.False(queue.HasMore);
        Assert.False(queue.TryDequeue(shortestFirst: false, out _));
        Assert.Equal(expected, trials.Select(trial => trial.Configuration.MaxLength));
        Assert.Equal(trials.Count, trials.Distinct().Count());
    }

    [Fact]
    public void Trials_of_both_kinds_in_one_batch_have_the_outcomes_that_they_have_alone()
    {
        var options = new RunOptions(Seed: 5, Threads: 1, LaneKind.Widest);
        IReadOnlyList<SweepOutcomes> together = TrialRunner.Run(
            [Multigrid, Annealing], options, null, TestContext.Current.CancellationToken);
        foreach ((int i, Sweep sweep) in new[] { Multigrid, Annealing }.Index())
        {
            SweepOutcomes alone = TrialRunner.Run([sweep], options, null, TestContext.Current.CancellationToken)[0];
            for (int configuration = 0; configuration < sweep.Configurations.Count; configuration++)
            {
                Assert.Equal(
                    alone.GetOutcomes(configuration).ToArray(), together[i].GetOutcomes(configuration).ToArray());
            }
        }
    }

    private static Sweep Create(LearnerDefinition learner, params int[] lengths)
        => new(
            learner.Name,
            [
                .. lengths.Select(length => new TrainingConfiguration
                {
                    Task = new LatchTask { Length = length },
                    Network = new() { Network = NetworkKind.Latch },
                    Training = learner,
                    ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost },
                    Limits = new() { Presentations = 900 },
                }),
            ],
            TrialsPerConfiguration: 2);
}
