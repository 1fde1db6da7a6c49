using LatchLab.Figures;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Properties of complete trials: against a naive program, and against the perfect latch.</summary>
public sealed class MinimalTaskTrainingTests
{
    private const string PerfectLatch = "w:=1.25; u1:=20; u0:=-20";

    private static readonly int[] Lengths = [4, 6, 9, 14];
    private static readonly RunOptions Options = new(Seed: 3, Threads: 1, LaneKind.Widest);

    [Theory]
    [InlineData(
        NoiseDraw.Frozen, ConvergenceRuleKind.Sign, WeightUse.Trained, SequenceOrder.Shuffled, UpdateTime.OnLine)]
    [InlineData(
        NoiseDraw.Frozen, ConvergenceRuleKind.Sign, WeightUse.Frozen, SequenceOrder.Shuffled, UpdateTime.OnLine)]
    [InlineData(NoiseDraw.Frozen, ConvergenceRuleKind.Sign, WeightUse.Trained, SequenceOrder.Sorted, UpdateTime.OnLine)]
    [InlineData(
        NoiseDraw.Afresh, ConvergenceRuleKind.Sign, WeightUse.Trained, SequenceOrder.Shuffled, UpdateTime.OnLine)]
    [InlineData(NoiseDraw.Afresh, ConvergenceRuleKind.Sign, WeightUse.Trained, SequenceOrder.Sorted, UpdateTime.OnLine)]
    [InlineData(
        NoiseDraw.Frozen, ConvergenceRuleKind.TestSequences, WeightUse.Trained, SequenceOrder.Shuffled,
        UpdateTime.OnLine)]
    [InlineData(
        NoiseDraw.Afresh, ConvergenceRuleKind.TestSequences, WeightUse.Trained, SequenceOrder.Shuffled,
        UpdateTime.OnLine)]
    [InlineData(
        NoiseDraw.Frozen, ConvergenceRuleKind.Sign, WeightUse.Trained, SequenceOrder.Shuffled, UpdateTime.Batch)]
    [InlineData(NoiseDraw.Afresh, ConvergenceRuleKind.Sign, WeightUse.Frozen, SequenceOrder.Shuffled, UpdateTime.Batch)]
    [InlineData(
        NoiseDraw.Frozen, ConvergenceRuleKind.TestSequences, WeightUse.Trained, SequenceOrder.Shuffled,
        UpdateTime.Batch)]
    [InlineData(
        NoiseDraw.Frozen, ConvergenceRuleKind.Sign, WeightUse.Trained, SequenceOrder.Shuffled, UpdateTime.MiniBatch)]
    [InlineData(
        NoiseDraw.Afresh, ConvergenceRuleKind.TestSequences, WeightUse.Frozen, SequenceOrder.Shuffled,
        UpdateTime.MiniBatch)]
    public void Trials_equal_a_naive_program(
        NoiseDraw draw, ConvergenceRuleKind rule, WeightUse weight, SequenceOrder order, UpdateTime updates)
    {
        TrainingConfiguration configuration = MinimalConfigurations.Create(
            new() { Length = 9, Noise = 0.1, NoiseDrawn = draw, Order = order },
            new() { Rule = rule, TestSequences = rule == ConvergenceRuleKind.TestSequences ? 50 : 200 },
            new()
            {
                LearningRate = 0.1,
                Updates = updates,
                BatchSize = updates == UpdateTime.MiniBatch ? 3 : 5,    // a pass of 20 leaves one incomplete
            },
            presentations: 100,
            weight);
        SweepOutcomes ours = TrialRunner.Run(
            [new Sweep("test", [configuration], 40) { StoredParameters = 7 }], Options, null,
            CancellationToken.None)[0];
        for (int trial = 0; trial < 40; trial++)
        {
            (bool converged, int presentations, double[] parameters) =
                NaiveTraining.Run(configuration, Options.Seed, trial);
            Outcome outcome = ours.GetOutcomes(0)[trial];
            Assert.Equal(converged, outcome.IsConverged);
            Assert.Equal(presentations, outcome.Presentations);
            for (int i = 0; i < parameters.Length; i++)
            {
                // Two tanh implementations that differ by 2 ulp, in 100 updates of rate 0.1: each update propagates an
                // error by a factor near 1 and adds at most 0.1·T·2 ulp, 100·0.1·9·4e-16 = 4e-14 in all.
                Assert.Equal(parameters[i], ours.GetParameters(0, trial)[i], 1e-11);
            }
        }
    }

    [Fact]
    public void The_replay_of_a_converged_run_has_every_sign_correct()
    {
        TrainingConfiguration configuration = MinimalConfigurations.Create(
            new() { Noise = 0.05 }, weight: WeightUse.Trained);
        var sweep = new Sweep("test", [configuration], 20) { StoredParameters = 7 };
        SweepOutcomes outcomes = TrialRunner.Run([sweep], Options, null, CancellationToken.None)[0];
        Assert.NotEqual(0, outcomes.CountConverged(0));
        for (int trial = 0; trial < 20; trial++)
        {
            if (!outcomes.GetOutcomes(0)[trial].IsConverged)
                continue;
            double[] parameters = outcomes.GetParameters(0, trial).ToArray();
            for (int p = 0; p < configuration.TrainingSequences; p++)
            {
                TrialReplay replay = TrialReplay.Compute(configuration, trial, Options.Seed, parameters, p);
                Assert.Equal(GeneratedTask.ClassOf(p) == 1, replay.States[^1] > 0.0);
            }
        }
    }

    [Theory]
    [InlineData(-2.0, ConvergenceRuleKind.Sign, 0.05)]
    [InlineData(-1.2, ConvergenceRuleKind.TestSequences, 0.05)]
    [InlineData(0.7, ConvergenceRuleKind.Sign, 0.05)]
    [InlineData(3.0, ConvergenceRuleKind.SignAndCost, 0.015)]
    public void The_upper_bound_of_figure_2b_holds_for_every_run_with_frozen_w(double weight, ConvergenceRuleKind rule,
        double threshold)
    {
        ReproductionSettings settings = new()
        {
            BaseConfiguration = MinimalConfigurations.Create(
                rule: new() { Rule = rule, CostThreshold = threshold }, presentations: 400, initialWeight: weight),
            Resolution = new() { Lengths = 5, LongestLength = 14, Trials = 40 },
        };
        IExperiment figure = KnownExperiments.All.Single(experiment => experiment.Id == "figure-2b");
        IReadOnlyList<SweepOutcomes> outcomes = TrialRunner.Run(figure.Plan(settings), Options, null,
            CancellationToken.None);
        Table data = figure.Analyze(settings, Options.Seed, outcomes).Figures[0].Data;
        int Column(string name) => data.Columns.ToList().IndexOf(name);
        int converged = 0;
        foreach (IReadOnlyList<string> row in data.Rows.Where(row => row[0] == "frozen"))
        {
            Assert.Equal(row[Column("converged")], row[Column("converged_where_perfect_latch_did")]);
            converged += int.Parse(row[Column("converged")], null);
        }

        Assert.NotEqual(0, converged);
    }

    [Fact]
    public void With_a_frozen_weight_a_run_converges_only_if_the_perfect_latch_does()
    {
        // x_T increases with every input of its sequence because w > 0, so very large inputs are optimal.
        int converged = 0;
        var settings = new ReproductionSettings
        {
            BaseConfiguration = MinimalConfigurations.Create(presentations: 1000),
        };
        var chosen = Interpretation.From(settings);
        foreach (Interpretation interpretation in chosen.SingleChanges.Prepend(chosen))
        {
            TrainingConfiguration[] configurations = [.. Lengths.Select(length => interpretation.Configure(
                settings, task => task with { Length = length }, WeightUse.Frozen))];
            TrainingConfiguration[] perfect = [.. configurations.Select(configuration => configuration with
            {
                Network = configuration.Network with { Prior = PerfectLatch },
                Learner = new Backpropagation(),
                ConvergenceRule = interpretation.Rule == ConvergenceRuleKind.SignAndCost
                    ? new() { FinalTest = FinalTest.No }
                    : configuration.ConvergenceRule,
            })];
            IReadOnlyList<SweepOutcomes> outcomes = TrialRunner.Run(
                [new Sweep("learned", configurations, 60), new Sweep("perfect", perfect, 60)],
                Options,
                null,
                CancellationToken.None);
            for (int i = 0; i < configurations.Length; i++)
            {
                for (int trial = 0; trial < 60; trial++)
                {
                    if (!outcomes[0].GetOutcomes(i)[trial].IsConverged)
                        continue;
                    Assert.True(
                        outcomes[1].GetOutcomes(i)[trial].IsConverged,
                        $"{interpretation}, T = {configurations[i].MaxLength}, {trial}");
                    converged++;
                }
            }
        }

        Assert.InRange(converged, 250, 6 * 4 * 60);
    }

    [Fact]
    public void The_perfect_latch_fails_as_often_as_an_independent_simulation()
    {
        // Published with the task: at w = 1.25 and variance 0.2, the probability of an incorrect sign is 0.21 at T =
        // 10. This is the same quantity from a plain simulation with the random numbers and tanh of .NET.
        const int sequences = 40_000, length = 10;
        var random = new Random(1);
        int incorrect = 0;
        for (int n = 0; n < sequences; n++)
        {
            double x = 1.0;
            for (int t = 4; t <= length; t++)
            {
                double normal = Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble()))
                    * Math.Cos(2.0 * Math.PI * random.NextDouble());
                x = Math.Tanh((1.25 * x) + (Math.Sqrt(0.2) * normal));
            }

            incorrect += x > 0.0 ? 0 : 1;
        }

        TrainingConfiguration configuration = MinimalConfigurations.Create(
            new() { Length = length, Sequences = 2 }, presentations: 2, prior: PerfectLatch);
        const int trials = 20_000;
        var sweep = new Sweep("test", [configuration], trials);
        SweepOutcomes outcomes = TrialRunner.Run([sweep], Options, null, CancellationToken.None)[0];

        // A trial of two sequences converges with probability (1 − q)². Five standard errors of either estimate.
        double q = (double)incorrect / sequences, expected = (1.0 - q) * (1.0 - q);
        double error = Math.Sqrt((expected * (1.0 - expected) / trials) + (4.0 * q * (1.0 - q) / sequences));
        Assert.InRange(q, 0.19, 0.23);
        Assert.InRange(outcomes.CountConverged(0) / (double)trials, expected - (5.0 * error), expected + (5.0 * error));
    }

    [Fact]
    public void A_huge_learning_rate_ends_as_diverged_or_not_converged_but_always_ends()
    {
        TrainingConfiguration configuration = MinimalConfigurations.Create(
            learner: new() { LearningRate = 1000.0 }, presentations: 500, weight: WeightUse.Trained,
            initialWeight: 100.0);
        SweepOutcomes outcomes = TrialRunner.Run([new Sweep("test", [configuration], 100)], Options, null,
            CancellationToken.None)[0];
        foreach (Outcome outcome in outcomes.GetOutcomes(0))
            Assert.InRange(outcome.Presentations, 20, 500);
    }

    [Fact]
    public void A_cancelled_run_ends()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => TrialRunner.Run([new Sweep("test", [MinimalConfigurations.Create()], 5)], Options, null,
                source.Token));
    }
}
