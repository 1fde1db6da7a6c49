using System.Collections.Concurrent;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The diagnostic snapshots of a trial, against the gradients of single sequences.</summary>
public sealed class TrainingDiagnosticsTests
{
    private const ulong Seed = 11;

    private static readonly TrainingConfiguration Latch = TrainingConfigurationFactory.CreateDefault(
        new LatchTask { Length = 15, Sequences = 6 }, new Backpropagation { LearningRate = 0.3 }) with
    {
        Limits = new() { Presentations = 600 },
    };

    [Fact]
    public void The_first_snapshot_shows_the_initial_network()
    {
        DiagnosticSnapshot first = Run([Latch], 1, LaneKind.Scalar)[(0, 0)].Snapshots[0];
        TrialStart start = Latch.CreateTrialStart(Seed, 0);
        NetworkDefinition network = Latch.CreateNetwork(start.InitialParameters);
        double cost = 0.0, incorrect = 0.0, longTerm = 0.0, total = 0.0;
        var gradient = new double[start.InitialParameters.Count];
        for (int p = 0; p < Latch.TrainingSequences; p++)
        {
            (double[] inputs, double target) = TrainingSequence(p);
            GradientDecomposition terms = GradientDecomposition.Compute(network, inputs, target);
            cost += 0.5 * (terms.Output - target) * (terms.Output - target) / Latch.TrainingSequences;
            incorrect += terms.Output * target > 0.0 ? 0.0 : 1.0 / Latch.TrainingSequences;
            longTerm += terms.TermNorms.SkipLast(10).Sum();
            total += terms.TermNorms.Sum();
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] += terms.Gradient[i] / Latch.TrainingSequences;
        }

        // Sums of some dozens of numbers of one sign, in different orders: each is off by less than 100 roundings.
        const double rounding = 100 * 1.2e-16;
        Assert.Equal(0, first.Presentations);
        Assert.Equal(1.0, first.Cost / cost, rounding);
        Assert.Equal(incorrect, first.Error, rounding);
        Assert.Equal(Math.Abs(start.InitialParameters[0]), first.SpectralRadius);
        Assert.Equal(1.0, first.LongTermGradientShare / (longTerm / total), rounding);
        Assert.Equal(Math.Sqrt(gradient.Sum(g => g * g)), first.GradientNorm, rounding);
    }

    [Fact]
    public void The_last_snapshot_shows_the_final_network()
    {
        foreach ((Outcome outcome, IReadOnlyList<DiagnosticSnapshot> snapshots, double[] parameters) in
            Run([Latch], 8, LaneKind.Widest).Values)
        {
            Assert.Equal(outcome.Presentations, snapshots[^1].Presentations);
            Assert.Equal(outcome.TrainingError, snapshots[^1].Error, 1e-15);
            Assert.Equal(Math.Abs(parameters[0]), snapshots[^1].SpectralRadius);
            Assert.All(
                snapshots.Zip(snapshots.Skip(1)),
                pair => Assert.True(pair.First.Presentations < pair.Second.Presentations));
        }
    }

    [Fact]
    public void Snapshots_follow_the_first_eight_passes_and_then_four_per_doubling()
        => Assert.Equal(
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64],
            Enumerable.Range(0, 65).Where(TrainingDiagnostics.IsDueAfter));

    [Fact]
    public void Snapshots_are_the_same_on_every_lane_type_and_do_not_affect_a_trial()
    {
        SlowTests.SkipUnlessRequested();
        TrainingConfiguration[] configurations =
        [
            .. from task in KnownTasks.All
               where task is GeneratedTask
               from learner in KnownLearners.All
               where ContractConfigurations.CanTrain(task, learner)
               from set in Enum.GetValues<TrainingSet>()
               where set == TrainingSet.Fixed || (!learner.IsSearch && learner is not Curriculum)
               let small = (GeneratedTask)task with { Length = 12, Sequences = 4, TrainingSet = set }
               let configuration = TrainingConfigurationFactory.CreateDefault(small, learner)
               select configuration with { Limits = configuration.Limits with { Presentations = 40 } },
        ];
        var expected = Run(configurations, 2, LaneKind.Scalar);
        foreach (LaneKind lane in SlowTests.LaneKinds.Where(lane => lane.IsSupported))
        {
            var actual = Run(configurations, 2, lane);
            foreach ((var key, (Outcome outcome, IReadOnlyList<DiagnosticSnapshot> snapshots, _)) in expected)
            {
                Assert.Equal(outcome, actual[key].Outcome);
                Assert.Equal(snapshots, actual[key].Snapshots);
            }
        }

        SweepOutcomes unlogged = TrialRunner.Run(
            [new("", configurations, 2)],
            new(Seed, 1, LaneKind.Widest),
            cancellation: TestContext.Current.CancellationToken)[0];
        Assert.All(expected, trial => Assert.Equal(
            trial.Value.Outcome, unlogged.GetOutcomes(trial.Key.Configuration)[trial.Key.Trial]));
    }

    private static (double[] Inputs, double Target) TrainingSequence(int number)
    {
        var task = (LatchTask)Latch.Task;
        TrialRandom random = Latch.CreateRandom(Seed, trialIndex: 0);
        var inputs = new double[task.LengthOf(random, Purpose.TrainingSequences, number, task.Length)];
        task.Write(random, Purpose.TrainingSequences, number, inputs);
        return (inputs[task.Inputs..], number % 2 == 0 ? 0.8 : -0.8);
    }

    private static ConcurrentDictionary<(int Configuration, int Trial), FinishedTrial> Run(
        IReadOnlyList<TrainingConfiguration> configurations, int trials, LaneKind lane,
        DiagnosticDetail detail = DiagnosticDetail.All)
    {
        var sink = new Sink(trials, detail);
        TrialRunner.Run(
            [new("", configurations, trials)],
            new(Seed, 2, lane),
            sink,
            filter: null,
            cancellation: TestContext.Current.CancellationToken);
        return sink.FinishedTrials;
    }

    private sealed class Sink(int trials, DiagnosticDetail detail) : ITrialSink
    {
        public ConcurrentDictionary<(int Configuration, int Trial), FinishedTrial> FinishedTrials { get; } = [];

        public DiagnosticDetail GetDetail(in PendingTrial trial) => detail;

        public void Record(
            in PendingTrial trial,
            in Outcome outcome,
            ReadOnlySpan<double> parameters,
            IReadOnlyList<DiagnosticSnapshot> snapshots)
            => FinishedTrials[(trial.ResultIndex / trials, trial.TrialIndex)] =
                new(outcome, snapshots, parameters.ToArray());
    }

    private sealed record FinishedTrial(Outcome Outcome, IReadOnlyList<DiagnosticSnapshot> Snapshots,
        double[] Parameters);
}
