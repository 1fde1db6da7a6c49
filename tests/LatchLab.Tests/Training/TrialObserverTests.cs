using System.Collections.Concurrent;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The snapshots of running trials, against single gradients and naive sequences.</summary>
public sealed class TrialObserverTests
{
    private const ulong Seed = 11;

    private static readonly TrainingConfiguration Latch = Small(new LatchTask(), new Backpropagation(), length: 15);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Snapshots_are_the_same_in_any_company_and_observing_changes_no_outcome()
    {
        SlowTests.SkipUnlessRequested();
        TrainingConfiguration[] configurations = [.. CreateAll(length: 9), .. CreateAll(length: 6)];
        const int trials = 2;
        var expected = Observe(configurations, trials, interval: 3, LaneKind.Scalar, threads: 1);
        Assert.Equal(configurations.Length * trials, expected.Count);
        SweepOutcomes unobserved = TrialRunner.Run(
            [new("", configurations, trials)], new(Seed, 1, LaneKind.Widest), cancellation: Stop)[0];
        foreach (LaneKind lane in SlowTests.LaneKinds.Where(lane => lane.IsSupported))
        {
            var actual = Observe(configurations, trials, interval: 3, lane, threads: 2);
            foreach ((int index, (Outcome outcome, List<TrialSnapshot> snapshots)) in expected)
            {
                Assert.Equal(outcome, actual[index].Outcome);
                Assert.Equal(snapshots.Select(Describe), actual[index].Snapshots.Select(Describe));
                Assert.Equal(unobserved.GetOutcomes(index / trials)[index % trials], outcome);
            }
        }

        foreach (int index in (int[])[0, 9, expected.Count - 1])
        {
            var alone = Observe(
                configurations, trials, interval: 3, LaneKind.Widest, threads: 1, filter: trial => trial == index);
            Assert.Equal(
                expected[index].Snapshots.Select(Describe), Assert.Single(alone.Values).Snapshots.Select(Describe));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_snapshot_follows_every_k_presentations(int interval)
    {
        foreach ((Outcome outcome, List<TrialSnapshot> snapshots) in
            Observe([.. CreateAll(length: 6)], 2, interval, LaneKind.Widest, threads: 1).Values)
        {
            Assert.Equal(
                Enumerable.Range(0, (outcome.Presentations / interval) + 1).Select(n => n * interval),
                snapshots.Select(snapshot => snapshot.Values.Presentations));
        }
    }

    [Fact]
    public void Between_passes_a_snapshot_has_the_values_of_the_diagnostics()
    {
        TrainingConfiguration[] configurations = [.. CreateAll(length: 9)];
        int compared = 0;
        foreach ((_, List<TrialSnapshot> observed, IReadOnlyList<DiagnosticSnapshot> recorded) in
            Run(configurations, 1, interval: 4, LaneKind.Widest, threads: 1, filter: null).Values)
        {
            foreach (DiagnosticSnapshot expected in recorded)
            {
                TrialSnapshot actual = observed.Single(
                    snapshot => snapshot.Values.Presentations == expected.Presentations);
                Assert.Equal(expected, actual.Values);
                compared++;
            }
        }

        Assert.True(compared > 2 * configurations.Length);
    }

    [Fact]
    public void Successive_snapshots_differ_by_the_step_of_one_presentation()
    {
        List<TrialSnapshot> snapshots = ObserveOne(Latch, interval: 1);
        double rate = Latch.Learner.Rate;
        for (int n = 0; n + 1 < snapshots.Count; n++)
        {
            (double[] inputs, int @class) = NaiveSequences.Presented(
                Latch, Seed, 0, Purpose.TrainingSequences, first: 0, Latch.TrainingSequences, Latch.MaxLength,
                epoch: n / Latch.TrainingSequences)[n % Latch.TrainingSequences];
            GradientDecomposition terms = Decompose(Latch, snapshots[n].Parameters, inputs, @class);
            for (int i = 0; i < terms.Gradient.Count; i++)
            {
                // A term is a product of at most 3 factors a step, and the sum has 15: below 100 roundings of Σ‖term‖.
                double change = snapshots[n].Parameters[i] - snapshots[n + 1].Parameters[i],
                    tolerance = 1.2e-16 * ((100 * rate * terms.TotalNorm) + (2 * Math.Abs(snapshots[n].Parameters[i])));
                Assert.InRange(change - (rate * terms.Gradient[i]), -tolerance, tolerance);
            }
        }
    }

    [Theory]
    [InlineData(TrainingSet.Fixed)]
    [InlineData(TrainingSet.Fresh)]
    public void The_terms_are_those_of_equation_4_for_the_training_set_or_the_next_fresh_sequences(TrainingSet set)
    {
        TrainingConfiguration configuration = Small(new LatchTask { TrainingSet = set }, new Backpropagation(), 15);
        int count = configuration.TrainingSequences;
        foreach (TrialSnapshot snapshot in ObserveOne(configuration, interval: 3))
        {
            int presentations = snapshot.Values.Presentations,
                first = set == TrainingSet.Fixed ? 0 : (presentations + count - 1) / count * count;
            double cost = 0.0;
            double[] norms = new double[configuration.MaxLength], gradient = new double[snapshot.Parameters.Count];
            foreach ((double[] inputs, int @class) in NaiveSequences.Set(
                configuration, Seed, 0, Purpose.TrainingSequences, first, count, configuration.MaxLength))
            {
                GradientDecomposition terms = Decompose(configuration, snapshot.Parameters, inputs, @class);
                double difference = terms.Output - TargetOf(@class);
                cost += 0.5 * difference * difference / count;
                for (int t = 1; t <= terms.TermNorms.Count; t++)
                    norms[^t] += terms.TermNorms[^t] / count;
                for (int i = 0; i < gradient.Length; i++)
                    gradient[i] += terms.Gradient[i] / count;
            }

            // Sums of some dozens of numbers of one sign, in different orders: each is off by less than 100 roundings.
            const double rounding = 100 * 1.2e-16;
            double[] expected = norms[^snapshot.TermNorms.Count..];
            Assert.Equal(norms.Sum(), expected.Sum());
            Assert.Equal(1.0, snapshot.Values.Cost / cost, rounding);
            Assert.InRange(
                snapshot.Values.GradientNorm - Math.Sqrt(gradient.Sum(g => g * g)),
                -rounding * norms.Sum(), rounding * norms.Sum());
            Assert.All(expected.Zip(snapshot.TermNorms),
                pair => Assert.InRange(pair.Second - pair.First, -rounding * pair.First, rounding * pair.First));
        }
    }

    [Fact]
    public void A_search_shows_its_best_point_and_its_temperature()
    {
        var annealing = new SimulatedAnnealing { Cycles = 1, Adjustments = 1 };
        List<TrialSnapshot> snapshots = ObserveOne(Small(new LatchTask(), annealing, length: 6), interval: 1);
        double[] temperatures = [.. snapshots.Select(snapshot => snapshot.Temperature).Distinct()];
        Assert.True(temperatures.Length > 1);
        Assert.Equal(annealing.InitialTemperature, temperatures[0]);
        Assert.All(temperatures.Zip(temperatures.Skip(1)),
            pair => Assert.Equal(pair.First * annealing.Cooling, pair.Second));
        foreach ((TrialSnapshot before, TrialSnapshot after) in snapshots.Zip(snapshots.Skip(1)))
        {
            Assert.True(after.Values.Cost <= before.Values.Cost);
            if (after.Values.Presentations % Latch.TrainingSequences != 0)
                Assert.Equal(before.Parameters, after.Parameters);
        }

        Assert.All(ObserveOne(Latch, interval: 5), snapshot => Assert.Equal(double.NaN, snapshot.Temperature));
    }

    [Fact]
    public void A_search_that_learned_its_training_set_shows_the_solution()
    {
        TrainingConfiguration configuration = Small(
            new LatchTask { Noise = 0.0 }, new RandomGuessing(), length: 5) with
        {
            Limits = new() { Presentations = 4000 },
        };
        TrialSnapshot last = ObserveOne(configuration, interval: 4)[^1];
        Assert.Equal(0.0, last.Values.Error);
    }

    [Fact]
    public void An_observer_can_cancel_the_run_at_once()
    {
        using var source = new CancellationTokenSource();
        int received = 0;
        var observer = new TrialObserver(1, snapshot =>
        {
            received++;
            if (snapshot.Values.Presentations == 6)
                source.Cancel();
        });
        var run = new TrainingRun(Latch, trialCount: 1) { Observer = observer };
        Assert.Throws<OperationCanceledException>(() => run.Run(new(Seed, 1, LaneKind.Widest), source.Token));
        Assert.Equal(7, received);
        run = new(Latch, trialCount: 1)
        {
            Observer = new(1, _ => throw new OperationCanceledException()),
        };
        Assert.Throws<OperationCanceledException>(() => run.Run(new(Seed, 2, LaneKind.Widest), Stop));
    }

    [Fact]
    public void Only_the_chosen_trials_are_observed()
    {
        var observed = new ConcurrentBag<int>();
        var observer = new TrialObserver(2, snapshot => observed.Add(snapshot.Trial.TrialIndex)) { Trials = [1, 4] };
        new TrainingRun(Latch, trialCount: 6) { Observer = observer }.Run(new(Seed, 2, LaneKind.Widest), Stop);
        Assert.Equal([1, 4], observed.Distinct().Order());
    }

    [Fact]
    public void An_observer_without_presentations_or_of_trials_that_do_not_exist_is_rejected()
    {
        var observer = new TrialObserver(0, _ => { }) { Trials = [5, 2, -1] };
        var run = new TrainingRun(Latch, trialCount: 5) { Observer = observer };
        Assert.Equal(
            [
                "observer.interval: '0' is not allowed: give at least 1",
                "observer.trials: '-1, 5' is not allowed: give numbers from 0 to 4",
            ],
            Assert.Throws<ValidationException>(() => run.Run(new(Seed, 1, LaneKind.Scalar), Stop)).Errors.Select(
                error => (error with { Location = "" }).ToString()));
    }

    private static IEnumerable<TrainingConfiguration> CreateAll(int length)
        => from task in (GeneratedTask[])[new LatchTask(), new AddingTask(), new FlipFlopTask()]
           from learner in KnownLearners.All
           where ContractConfigurations.CanTrain(task, learner)
           from set in Enum.GetValues<TrainingSet>()
           where set == TrainingSet.Fixed || (!learner.IsSearch && learner is not Curriculum)
           select Small(task with { TrainingSet = set }, learner, length);

    private static TrainingConfiguration Small(GeneratedTask task, LearnerDefinition learner, int length)
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            task with { Length = length, Sequences = 4 }, learner);
        return configuration with { Limits = configuration.Limits with { Presentations = 22 } };
    }

    private static GradientDecomposition Decompose(
        TrainingConfiguration configuration, IReadOnlyList<double> parameters, double[] inputs, int @class)
        => GradientDecomposition.Compute(
            configuration.CreateNetwork(parameters), inputs[configuration.Task.TrainableInputs..], TargetOf(@class));

    private static double TargetOf(int @class) => @class == 1 ? 0.8 : -0.8;

    private static string Describe(TrialSnapshot snapshot)
        => $"{snapshot.Stage} {snapshot.Values} {snapshot.Temperature:R} {string.Join(' ', snapshot.Parameters)} " +
            string.Join(' ', snapshot.TermNorms);

    private static List<TrialSnapshot> ObserveOne(TrainingConfiguration configuration, int interval)
        => Observe([configuration], 1, interval, LaneKind.Widest, threads: 1)[0].Snapshots;

    private static Dictionary<int, (Outcome Outcome, List<TrialSnapshot> Snapshots)> Observe(
        TrainingConfiguration[] configurations, int trials, int interval, LaneKind lane, int threads,
        Predicate<int>? filter = null)
        => Run(configurations, trials, interval, lane, threads, filter).ToDictionary(
            trial => trial.Key, trial => (trial.Value.Outcome, trial.Value.Observed));

    private static ConcurrentDictionary<int, ObservedTrial> Run(
        TrainingConfiguration[] configurations, int trials, int interval, LaneKind lane, int threads,
        Predicate<int>? filter)
    {
        var sink = new Sink();
        var observer = new TrialObserver(interval, snapshot
            => sink.Observed.GetOrAdd(snapshot.Trial.ResultIndex, _ => []).Add(snapshot));
        TrialRunner.Run(
            [new("", configurations, trials) { Observer = observer }], new(Seed, threads, lane), sink,
            trial => filter?.Invoke(trial.ResultIndex) != false, cancellation: Stop);
        return sink.Finished;
    }

    private sealed record ObservedTrial(
        Outcome Outcome, List<TrialSnapshot> Observed, IReadOnlyList<DiagnosticSnapshot> Recorded);

    private sealed class Sink : ITrialSink
    {
        public ConcurrentDictionary<int, List<TrialSnapshot>> Observed { get; } = [];

        public ConcurrentDictionary<int, ObservedTrial> Finished { get; } = [];

        public DiagnosticDetail GetDetail(in PendingTrial trial) => DiagnosticDetail.All;

        public void Record(
            in PendingTrial trial, in Outcome outcome, ReadOnlySpan<double> parameters,
            IReadOnlyList<DiagnosticSnapshot> snapshots)
            => Finished[trial.ResultIndex] = new(outcome, Observed[trial.ResultIndex], snapshots);
    }
}
