using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

public sealed class LearningCurveTests
{
    [Fact]
    public void A_trial_that_has_ended_counts_with_its_last_point_and_one_that_begins_with_its_first()
    {
        LearningCurvePoint[] curve =
        [
            .. LearningCurvePoint.Compute(
            [
                [Snapshot(30, 0.5), Snapshot(60, 0.1)],
                [Snapshot(30, 0.3), Snapshot(90, 0.2), Snapshot(120, 0.0)],
                [Snapshot(60, 0.6)],
            ]),
        ];
        Assert.Equal([30, 60, 90, 120], curve.Select(point => point.Presentations));
        double[] errors = [(0.5 + 0.3 + 0.6) / 3, (0.1 + 0.3 + 0.6) / 3, (0.1 + 0.2 + 0.6) / 3, (0.1 + 0.0 + 0.6) / 3];
        Assert.Equal(errors, curve.Select(point => point.Error), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([3, 3, 1, 1], curve.Select(point => point.RunningTrials));

        static DiagnosticSnapshot Snapshot(int presentations, double error)
            => new(presentations, error, error, double.NaN, double.NaN, double.NaN);
    }

    [Fact]
    public void The_curve_ends_with_the_training_error_and_is_the_same_on_every_lane()
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new LatchTask { Length = 10 }, new SimulatedAnnealing());
        TrainingResult[] results =
        [
            .. SlowTests.LaneKinds.Where(lane => lane.IsSupported).Select(lane => new TrainingRun(configuration, 12)
                .Run(new(Seed: 3, Threads: 2, lane), TestContext.Current.CancellationToken)),
        ];
        LearningCurvePoint last = results[0].LearningCurve[^1];
        Assert.Equal(results[0].Outcomes.Max(outcome => outcome.Presentations), last.Presentations);
        Assert.Equal(results[0].Outcomes.Average(outcome => outcome.TrainingError), last.Error);
        Assert.Equal(12, results[0].LearningCurve[0].RunningTrials);
        Assert.All(
            results[0].LearningCurve.Zip(results[0].LearningCurve.Skip(1)),
            pair => Assert.True(pair.First.RunningTrials >= pair.Second.RunningTrials));
        Assert.All(results, result => Assert.Equal(results[0].LearningCurve, result.LearningCurve));
    }

    [Fact]
    public void The_curve_of_a_search_that_stops_its_passes_early_has_the_error_of_its_best_point()
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new ParityTask { Length = 20, Sequences = 20 }, new RandomGuessing()) with
        {
            Limits = new() { Presentations = 160 },
        };
        RunOptions options = new(Seed: 3, Threads: 1, LaneKind.Widest);
        Assert.All(Run(configuration).LearningCurve, point =>
        {
            Outcome outcome = Run(
                configuration with { Limits = new() { Presentations = point.Presentations } }).Outcomes[0];
            Assert.Equal((outcome.TrainingError, outcome.Cost), (point.Error, point.Cost));
        });

        TrainingResult Run(TrainingConfiguration run)
            => new TrainingRun(run, 1).Run(options, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Recording_errors_changes_no_outcome()
    {
        foreach (LearnerDefinition learner in KnownLearners.All)
        {
            TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
                new LatchTask { Length = 6, Sequences = 4 }, learner) with
            { Limits = new() { Presentations = 60 } };
            RunOptions options = new(Seed: 9, Threads: 1, LaneKind.Widest);
            Assert.Equal(
                TrialRunner.Run([new("", [configuration], 3)], options, null, TestContext.Current.CancellationToken)[0]
                    .GetOutcomes(0).ToArray(),
                new TrainingRun(configuration, 3).Run(options, TestContext.Current.CancellationToken).Outcomes);
        }
    }
}
