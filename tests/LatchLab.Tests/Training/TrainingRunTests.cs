using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Statistics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

public class TrainingRunTests
{
    private static readonly TrainingConfiguration SampleConfiguration =
        TrainingConfigurationFactory.CreateDefault(new LatchTask { Length = 5 }, new Backpropagation());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Learners { get; } = [.. KnownLearners.All.Select(learner => learner.Name)];

    [Fact]
    public void The_best_trial_ranks_by_convergence_then_error_then_presentations_then_index()
    {
        Outcome late = new(StopReason.Converged, 90, 0, 0.0) { TestError = 0.1 };
        Outcome early = late with { Presentations = 60 };
        Outcome inaccurate = late with { Presentations = 30, TestError = 0.2 };
        Outcome failed = new(StopReason.BudgetExhausted, 100, 0, 0.0) { TestError = 0.0 };
        Outcome diverged = new(StopReason.Diverged, 30, 0, double.NaN);
        Assert.Equal(3, TrainingResult.FindBestTrial([failed, inaccurate, late, early, early, diverged]));
        Assert.Equal(1, TrainingResult.FindBestTrial([diverged, failed]));
        Assert.Equal(0, TrainingResult.FindBestTrial([diverged, diverged]));
    }

    [Fact]
    public void Quartiles_of_the_presentations_are_censored_where_fewer_trials_converged()
    {
        Outcome[] outcomes =
        [
            new(StopReason.Converged, 300, 0, 0.0), new(StopReason.Stuck, 10, 0, 0.1),
            new(StopReason.Converged, 100, 0, 0.0),
            new(StopReason.Diverged, 20, 0, double.NaN),
        ];
        var result = new TrainingResult(SampleConfiguration, outcomes) { BestParameters = [0.0, 0.0, 0.0] };
        OutcomeSummary summary = result.Summary;
        Assert.Equal(
            (100.0, 300.0, double.PositiveInfinity),
            (summary.GetPresentationsQuantile(0.25), summary.GetPresentationsQuantile(0.5),
                summary.GetPresentationsQuantile(0.75)));
        Assert.Equal((2, 1, 1, 0), (summary[StopReason.Converged], summary[StopReason.Stuck],
            summary[StopReason.Diverged], summary[StopReason.BudgetExhausted]));
        Assert.Equal(Estimate.Unknown, summary.TestError);
        Assert.NotNull(result.BestNetwork);
        double[] diverged = [0.0, double.NaN, 0.0];
        Assert.Null(
            new TrainingResult(SampleConfiguration, outcomes) { BestParameters = diverged }.BestNetwork);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Every_learner_ends_with_a_network_and_monitoring_changes_nothing(string name)
    {
        var errors = new List<ValidationError>();
        TrainingConfiguration configuration = TrainingConfigurationFactory.Create(
            "parity", name, new Dictionary<string, string> { ["length"] = "4", ["presentations"] = "900" }, errors);
        Assert.Empty(errors);
        var run = new TrainingRun(configuration, trialCount: 5);
        TrainingResult result = run.Run(new(Seed: 3, Threads: 2, LaneKind.Widest), Stop);
        Assert.Equal((5, 7), (result.Summary.Trials, result.BestParameters.Count));
        Assert.NotNull(result.BestNetwork);
        var unwatched = new Sweep("unwatched", [configuration], TrialsPerConfiguration: 5) { StoredParameters = 7 };
        var options = new RunOptions(Seed: 3, Threads: 1, LaneKind.Scalar);
        SweepOutcomes outcomes = TrialRunner.Run([unwatched], options, cancellation: Stop)[0];
        Assert.Equal(outcomes.GetOutcomes(0), result.Outcomes.ToArray());
        Assert.Equal(outcomes.GetParameters(0, result.BestTrial), result.BestParameters.ToArray());
    }

    [Fact]
    public void At_the_end_the_live_error_is_the_mean_training_error_and_no_time_remains()
    {
        var run = new TrainingRun(SampleConfiguration, trialCount: 30);
        Assert.Equal((double.NaN, null), (run.Progress.Monitor.MeanTrainingError, run.Progress.Monitor.MaxTimeLeft));
        TrainingResult result = run.Run(new(Seed: 3, Threads: 3, LaneKind.Scalar), Stop);
        Assert.Equal(result.Summary.TrainingError.Value, run.Progress.Monitor.MeanTrainingError, 1e-15 * 30);
        Assert.Equal(result.Summary.TrainingPresentations, run.Progress.Monitor.Presentations);
        Assert.Equal(30, run.Progress.CompletedTrials);
        Assert.Equal(1.0, run.Progress.Fraction, 1e-12);
    }

    [Fact]
    public void A_cancelled_run_returns_no_result()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var run = new TrainingRun(SampleConfiguration, trialCount: 5);
        Assert.Throws<OperationCanceledException>(() => run.Run(new(1, 1, LaneKind.Scalar), source.Token));
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void A_run_that_is_interrupted_again_and_again_ends_with_the_same_result(string learner)
    {
        SlowTests.SkipUnlessRequested();
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new ParityTask { Length = 4 }, KnownLearners.All.Single(known => known.Name == learner));
        configuration = configuration with { Limits = configuration.Limits with { Presentations = 900 } };
        TrainingResult expected = new TrainingRun(configuration, trialCount: 5).Run(new(3, 1, LaneKind.Scalar), Stop);
        byte[]? bytes = null;
        TrainingResult? result = null;
        int interruptions = 0;
        while (result is null)
        {
            using var source = new CancellationTokenSource();
            int saves = 0;
            var run = new TrainingRun(configuration, 5, bytes is null ? null : TrainingCheckpoint.FromBytes(bytes))
            {
                Checkpoints = new(TimeSpan.Zero, checkpoint =>
                {
                    bytes = checkpoint.ToBytes();
                    if (++saves == 20)
                        source.Cancel();
                }),
            };
            try
            {
                result = run.Run(new(3, 2, interruptions % 2 == 0 ? LaneKind.Widest : LaneKind.Scalar), source.Token);
            }
            catch (OperationCanceledException)
            {
                interruptions++;
            }
        }

        Assert.True(interruptions > 1);
        Assert.Equal(expected.Outcomes.ToArray(), result.Outcomes.ToArray());
        Assert.Equal(expected.BestParameters, result.BestParameters);
        Assert.Equal(expected.LearningCurve, result.LearningCurve);
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        byte[] bytes = [];
        var plan = new CheckpointPlan(TimeSpan.Zero, checkpoint => bytes = checkpoint.ToBytes());
        var run = new TrainingRun(SampleConfiguration, trialCount: 2) { Checkpoints = plan };
        run.Run(new(3, 1, LaneKind.Scalar), Stop);
        var other = new TrainingRun(SampleConfiguration, trialCount: 3, TrainingCheckpoint.FromBytes(bytes));
        Assert.Equal(
            ["trials", "seed"],
            Assert.Throws<ValidationException>(() => other.Run(new(4, 1, LaneKind.Scalar), Stop)).Errors.Select(
                error => error.Field));
    }

    [Fact]
    public void More_networks_than_fit_in_a_checkpoint_are_rejected()
    {
        TrainingConfiguration large = TrainingConfigurationFactory.CreateDefault(new TwoSequenceTask(),
            new Backpropagation());
        large = large with { Network = large.Network with { Units = 64 } };
        var checkpoints = new CheckpointPlan(TimeSpan.Zero, _ => { });
        Assert.Null(new TrainingRun(large, trialCount: 20) { Checkpoints = checkpoints }.ValidationError);
        Assert.Equal(
            "trials", new TrainingRun(large, trialCount: 13_000) { Checkpoints = checkpoints }.ValidationError?.Field);
        Assert.Null(new TrainingRun(large, trialCount: 13_000).ValidationError);
    }
}
