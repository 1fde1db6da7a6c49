using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Success as a metric of the test that reaches a value.</summary>
public sealed class SuccessCriterionTests
{
    [Fact]
    public void The_success_rate_counts_the_trials_whose_test_reaches_the_value_and_changes_no_trial()
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new TwoSequenceTask { Length = 6, Noise = 0.5 }, new Backpropagation());
        configuration = configuration with { Limits = new() { Presentations = 1500 } };
        TrainingResult plain = Run(criterion: null);
        double[] accuracies = [.. plain.Tests.Select(test => test!.Network[0]).Order()];
        var criterion = SuccessCriterion.Parse(FormattableString.Invariant($"accuracy >= {accuracies[4]:R}"),
            TargetKind.Sign);
        TrainingResult result = Run(criterion);
        Assert.Equal(plain.Outcomes, result.Outcomes);
        Assert.Equal(plain.Summary[StopReason.Converged], plain.Summary.Successes);
        Assert.Equal(accuracies.Count(accuracy => accuracy >= accuracies[4]), result.Summary.Successes);
        int[] reached = [.. result.Outcomes.Zip(result.Tests).Where(trial => criterion.IsMet(trial.Second))
            .Select(trial => trial.First.Presentations).Order()];
        Assert.Equal(reached[^1], result.Summary.GetPresentationsQuantile(reached.Length / 9.0));
        Assert.False(criterion.IsMet(test: null));

        TrainingResult Run(SuccessCriterion? criterion)
            => new TrainingRun(configuration, trialCount: 9) { SuccessCriterion = criterion }.Run(
                new(Seed: 3, Threads: 1, LaneKind.Widest), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("accuracy>=0.9", TargetKind.Classes)]
    [InlineData("macro-f1>=0.5", TargetKind.Sign)]
    [InlineData("rmse<=0.5", TargetKind.Values)]
    [InlineData("r2>=-1", TargetKind.Values)]
    public void A_criterion_is_written_as_it_is_read(string text, TargetKind targets)
        => Assert.Equal(text, SuccessCriterion.Parse(text, targets).ToString());

    [Theory]
    [InlineData("accuracy>0.9", "'accuracy>0.9' is not allowed: give a metric, >= or <=, and a number, such as " +
        "\"accuracy>=0.9\"")]
    [InlineData("accuracy>=x", "'accuracy>=x' is not allowed: give a metric, >= or <=, and a number, such as " +
        "\"accuracy>=0.9\"")]
    [InlineData("rmse<=1", "'rmse' is not a metric of this task: give accuracy, balanced-accuracy, macro-f1")]
    public void Another_criterion_is_refused_with_those_that_are_allowed(string text, string message)
        => Assert.StartsWith(message, Assert.Throws<ValidationException>(
            () => SuccessCriterion.Parse(text, TargetKind.Classes)).Errors[0].Message, StringComparison.Ordinal);
}
