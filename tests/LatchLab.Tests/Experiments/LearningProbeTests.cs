using System.Collections.Concurrent;
using LatchLab.Experiments;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Experiments;

/// <summary>The log of a trial's checks, against the gradients of single sequences.</summary>
public sealed class LearningProbeTests
{
    private const ulong Seed = 11;

    private static readonly ProblemCell Latch = ProblemSetup.Of(
        new LatchTask { Length = 15, Sequences = 6 }, new Backpropagation { LearningRate = 0.3 }) with
    {
        Limits = new() { Presentations = 600 },
    };

    [Fact]
    public void The_first_check_shows_the_initial_network()
    {
        TrialCheck first = Run([Latch], 1, LaneKind.Scalar)[(0, 0)].Checks[0];
        TrialStart start = Latch.StartOf(Seed, 0);
        NetworkDefinition network = Latch.NetworkWith(start.Values);
        double cost = 0.0, wrong = 0.0, old = 0.0, total = 0.0;
        var gradient = new double[start.Values.Count];
        for (int p = 0; p < Latch.Sequences; p++)
        {
            (double[] inputs, double target) = TrainingSequence(p);
            GradientTerms terms = GradientTerms.Of(network, inputs, target);
            cost += 0.5 * (terms.Output - target) * (terms.Output - target) / Latch.Sequences;
            wrong += terms.Output * target > 0.0 ? 0.0 : 1.0 / Latch.Sequences;
            old += terms.Norms.SkipLast(10).Sum();
            total += terms.Norms.Sum();
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] += terms.Gradient[i] / Latch.Sequences;
        }

        // Sums of some dozens of numbers of one sign, in another order: each is off by less than 100 roundings.
        const double rounding = 100 * 1.2e-16;
        Assert.Equal(0, first.Presentations);
        Assert.Equal(1.0, first.Cost / cost, rounding);
        Assert.Equal(wrong, first.Error, rounding);
        Assert.Equal(Math.Abs(start.Values[0]), first.SpectralRadius);
        Assert.Equal(1.0, first.OldGradientShare / (old / total), rounding);
        Assert.Equal(Math.Sqrt(gradient.Sum(g => g * g)), first.GradientNorm, rounding);
    }

    [Fact]
    public void The_last_check_shows_the_network_that_the_trial_ended_with()
    {
        foreach ((Outcome outcome, IReadOnlyList<TrialCheck> checks, double[] parameters) in
            Run([Latch], 8, LaneKind.Widest).Values)
        {
            Assert.Equal(outcome.Presentations, checks[^1].Presentations);
            Assert.Equal(outcome.TrainingError, checks[^1].Error, 1e-15);
            Assert.Equal(Math.Abs(parameters[0]), checks[^1].SpectralRadius);
            Assert.All(
                checks.Zip(checks.Skip(1)),
                pair => Assert.True(pair.First.Presentations < pair.Second.Presentations));
        }
    }

    [Fact]
    public void Looks_come_after_one_to_eight_passes_and_then_four_times_while_they_double()
        => Assert.Equal(
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64],
            Enumerable.Range(0, 65).Where(LearningProbe.LooksAfter));

    [Fact]
    public void Logs_are_the_same_on_every_lane_and_change_nothing_of_a_trial()
    {
        ProblemCell[] cells =
        [
            .. from task in KnownTasks.All
               where task is GeneratedTask
               from learner in KnownLearners.All
               let small = (GeneratedTask)task with { Length = 12, Sequences = 4 }
               let cell = ProblemSetup.Of(small, learner)
               select cell with { Limits = new() { Presentations = 40 } },
        ];
        var expected = Run(cells, 2, LaneKind.Scalar);
        foreach (LaneKind lane in LaneKind.All.Where(lane => lane.IsSupported))
        {
            var actual = Run(cells, 2, lane);
            foreach ((var key, (Outcome outcome, IReadOnlyList<TrialCheck> checks, _)) in expected)
            {
                Assert.Equal(outcome, actual[key].Outcome);
                Assert.Equal(checks, actual[key].Checks);
            }
        }

        SweepOutcomes unlogged = Runner.Run(
            [new("", cells, 2)],
            new(Seed, 1, LaneKind.Widest),
            cancellation: TestContext.Current.CancellationToken)[0];
        Assert.All(expected, trial => Assert.Equal(
            trial.Value.Outcome, unlogged.OfCell(trial.Key.Cell)[trial.Key.Trial]));
    }

    private static (double[] Inputs, double Target) TrainingSequence(int number)
    {
        var task = (LatchTask)Latch.Task;
        TrialRandom random = Latch.RandomOf(Seed, trial: 0);
        var inputs = new double[task.LengthOf(random, Purpose.TrainingSequences, number, task.Length)];
        task.Write(random, Purpose.TrainingSequences, number, inputs);
        return (inputs[task.Inputs..], number % 2 == 0 ? 0.8 : -0.8);
    }

    private static ConcurrentDictionary<(int Cell, int Trial), Ended> Run(
        IReadOnlyList<Cell> cells, int trials, LaneKind lane)
    {
        var sink = new Sink(trials);
        Runner.Run(
            [new("", cells, trials)],
            new(Seed, 2, lane),
            sink,
            isWanted: null,
            cancellation: TestContext.Current.CancellationToken);
        return sink.Ended;
    }

    private sealed class Sink(int trials) : ITrialSink
    {
        public ConcurrentDictionary<(int Cell, int Trial), Ended> Ended { get; } = [];

        public bool WantsChecks(in QueuedTrial trial) => true;

        public void Record(
            in QueuedTrial trial,
            in Outcome outcome,
            ReadOnlySpan<double> parameters,
            IReadOnlyList<TrialCheck> checks)
            => Ended[(trial.Index / trials, trial.Trial)] = new(outcome, checks, parameters.ToArray());
    }

    private sealed record Ended(Outcome Outcome, IReadOnlyList<TrialCheck> Checks, double[] Parameters);
}
