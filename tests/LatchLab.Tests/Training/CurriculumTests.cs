using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Training sets of increasing length, one after another.</summary>
public sealed class CurriculumTests
{
    private const int P = ContractConfigurations.Sequences;

    private static readonly Curriculum SampleCurriculum = new() { FirstLength = 3, Growth = 2 };

    [Theory]
    [InlineData(4, 2.0, 20, new[] { 4, 8, 16, 20 })]
    [InlineData(4, 2.0, 16, new[] { 4, 8, 16 })]
    [InlineData(4, 2.0, 4, new[] { 4 })]
    [InlineData(30, 2.0, 20, new[] { 20 })]
    [InlineData(3, 1.5, 10, new[] { 3, 4, 6, 10 })]
    [InlineData(2, 1.01, 6, new[] { 2, 3, 4, 5, 6 })]
    [InlineData(2, 1000.0, 90, new[] { 2, 90 })]
    public void Lengths_grow_from_the_first_to_that_of_the_task(int first, double growth, int length, int[] stages)
        => Assert.Equal(stages, new Curriculum { FirstLength = first, Growth = growth }.StageLengths(length));

    [Fact]
    public void Learners_without_a_curriculum_have_a_single_training_set()
    {
        foreach (LearnerDefinition learner in KnownLearners.All.Where(learner => learner is not Curriculum))
            Assert.Equal([17], learner.StageLengths(17));
    }

    [Fact]
    public void A_training_set_that_is_already_learned_is_passed_by_evaluation_alone()
    {
        var progress = new TrialProgress(CreateConfiguration(SampleCurriculum)); // T = 3, 6, 12
        Assert.Equal((0, 3, true), (progress.Stage, progress.StageLength, progress.HasNewSequences));
        Assert.Null(progress.EndEpoch(new(P - 1, Cost: 1.0)));
        Assert.Equal((TrialPhase.Learning, false), (progress.Phase, progress.HasNewSequences));
        Assert.Null(progress.EndEpoch(new(P, Cost: 0.0)));    // no incorrect output: evaluated
        Assert.Equal((TrialPhase.EvaluatingTrainingSet, 3, false),
            (progress.Phase, progress.StageLength, progress.HasNewSequences));
        Assert.Null(progress.EndEpoch(new(P, Cost: 0.0)));    // learned: the next set is evaluated first
        Assert.Equal((TrialPhase.EvaluatingTrainingSet, 6, true),
            (progress.Phase, progress.StageLength, progress.HasNewSequences));
        Assert.Null(progress.EndEpoch(new(P, Cost: 0.0)));    // and is already learned
        Assert.Equal((TrialPhase.EvaluatingTrainingSet, 12, true),
            (progress.Phase, progress.StageLength, progress.HasNewSequences));
        Assert.Null(progress.EndEpoch(new(P - 2, Cost: 1.0)));
        Assert.Equal((TrialPhase.Learning, 12, false),
            (progress.Phase, progress.StageLength, progress.HasNewSequences));
        Assert.Null(progress.EndEpoch(new(P, Cost: 0.0)));
        Assert.Null(progress.EndEpoch(new(P, Cost: 0.0)));    // the last set is learned: evaluated on test sequences
        Assert.Equal((TrialPhase.Testing, true), (progress.Phase, progress.IsTesting));
        Assert.Null(progress.EndEpoch(new(P, Cost: 0.0)));
        Outcome outcome = progress.EndEpoch(new(3, Cost: 0.0))!.Value; // 10 test sequences: 4 in the second pass
        Assert.Equal((StopReason.Converged, 3 * P, 2, 0.1), (
            outcome.StopReason, outcome.Presentations, progress.Stage, outcome.TestError));
        Assert.Equal((5 * P) - P + 10, outcome.EvaluationPresentations);
    }

    [Fact]
    public void Presentations_of_all_training_sets_count_towards_the_budget()
    {
        TrainingConfiguration configuration =
            CreateConfiguration(SampleCurriculum) with { Limits = new() { Presentations = 2 * P } };
        var progress = new TrialProgress(configuration);
        progress.EndEpoch(new(P, Cost: 0.0));
        progress.EndEpoch(new(P, Cost: 0.0));
        progress.EndEpoch(new(0, Cost: 1.0));
        Assert.Equal((TrialPhase.Learning, 1), (progress.Phase, progress.Stage));
        progress.EndEpoch(new(0, Cost: 1.0));
        Assert.Equal((TrialPhase.FinalEvaluation, 1), (progress.Phase, progress.Stage)); // budget exhausted
    }

    [Theory]
    [InlineData("back-propagation")]
    [InlineData("time-weighted-pseudo-newton")]
    [InlineData("discrete-error-propagation")]
    [InlineData("simulated-annealing")]
    public void With_a_single_training_set_it_equals_the_inner_learner(string name)
    {
        LearnerDefinition learner = ContractConfigurations.Learners[name];
        foreach (GeneratedTask task in KnownTasks.Generated.Where(known => !known.HasTargetsAtEveryStep))
        {
            TrainingConfiguration plain = ContractConfigurations.Of(task with { Length = 7 }, learner);
            TrainingConfiguration led = ContractConfigurations.Of(
                task with { Length = 7 }, SampleCurriculum with { Learner = learner, FirstLength = 7 });
            Assert.Equal(plain.BatchKey, led.BatchKey);
            Assert.Equal(
                ContractConfigurations.Run([plain], LaneKind.Widest).GetOutcomes(0).ToArray(),
                WithoutStage(ContractConfigurations.Run([led], LaneKind.Widest).GetOutcomes(0).ToArray()));
        }
    }

    private static IEnumerable<Outcome> WithoutStage(Outcome[] outcomes)
        => outcomes.Select(outcome =>
        {
            Assert.Equal(0.0, outcome.Diagnostics[0]);
            return outcome with { Diagnostics = new([.. outcome.Diagnostics.Skip(1)]) };
        });

    private static TrainingConfiguration CreateConfiguration(LearnerDefinition learner)
        => ContractConfigurations.Of(new LatchTask { Length = 12 }, learner);
}
