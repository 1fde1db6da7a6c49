using LatchLab.Learning;
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
        TrialQueue queue = Assert.Single(TrialQueue.GroupByBatch([Multigrid, Annealing], seed: 5));
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
    public void Sweeps_with_different_seeds_that_run_together_have_the_outcomes_that_they_have_alone()
    {
        var minimal = new Sweep(
            "minimal", [MinimalConfigurations.Create(presentations: 400)], 9);
        var gradient = new Sweep("gradient", Create(new Backpropagation(), 7).Configurations, 9);
        foreach (Sweep sweep in (Sweep[])[minimal, gradient, Annealing, Multigrid])
        {
            foreach (LaneKind lane in SlowTests.LaneKinds.Where(lane => lane.IsSupported))
            {
                IReadOnlyList<SweepOutcomes> together = Run(
                    new(Seed: 5, Threads: 2, lane), sweep with { Seed = 11 }, sweep, sweep with { Seed = 12 });
                Outcome[][] alone =
                    [.. new ulong[] { 11, 5, 12 }.Select(seed => Outcomes(Run(new(seed, Threads: 1, lane), sweep)[0]))];
                Assert.Equal(alone, together.Select(Outcomes));
                Assert.NotEqual(alone[0], alone[1]);
                Assert.NotEqual(alone[0], alone[2]);
            }
        }

        static IReadOnlyList<SweepOutcomes> Run(RunOptions options, params Sweep[] sweeps)
            => TrialRunner.Run(sweeps, options, null, TestContext.Current.CancellationToken);
        static Outcome[] Outcomes(SweepOutcomes outcomes)
            => [.. Enumerable.Range(0, outcomes.Sweep.Configurations.Count)
                .SelectMany(configuration => outcomes.GetOutcomes(configuration).ToArray())];
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
                    Network = new() { Network = "latch" },
                    Learner = learner,
                    ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost },
                    Limits = new() { Presentations = 900 },
                }),
            ],
            TrialsPerConfiguration: 2);
}
