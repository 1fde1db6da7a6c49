using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The path of a trial from learning over judging to its end, step by step.</summary>
public sealed class TrialProgressTests
{
    private const int P = 20;

    [Fact]
    public void An_epoch_with_a_wrong_output_is_followed_by_another()
    {
        var progress = new TrialProgress(CellWith(ConvergenceRuleKind.Sign));
        Assert.Null(progress.EndEpoch(new(P - 1, Cost: 1.0)));
        Assert.Equal(TrialPhase.Learning, progress.Phase);
    }

    [Fact]
    public void A_flawless_epoch_is_judged_and_a_flawless_judgement_ends_the_trial()
    {
        var progress = new TrialProgress(CellWith(ConvergenceRuleKind.Sign));
        Assert.Null(progress.EndEpoch(new(P, Cost: 1.0)));
        Assert.Equal(TrialPhase.EvaluatingTrainingSet, progress.Phase);
        Assert.Equal(
            new Outcome(StopReason.Converged, P, P, 0.05) { TrainingError = 0.0 },
            progress.EndEpoch(new(P, Cost: 1.0)));
    }

    [Fact]
    public void A_flawed_judgement_lets_it_learn_on_and_its_presentations_are_counted_apart()
    {
        var progress = new TrialProgress(CellWith(ConvergenceRuleKind.Sign));
        progress.EndEpoch(new(P, Cost: 1.0));
        Assert.Null(progress.EndEpoch(new(P - 1, Cost: 1.0)));
        Assert.Equal(TrialPhase.Learning, progress.Phase);
        progress.EndEpoch(new(P, Cost: 1.0));
        Assert.Equal(
            new Outcome(StopReason.Converged, 2 * P, 2 * P, 0.05) { TrainingError = 0.0 },
            progress.EndEpoch(new(P, Cost: 1.0)));
    }

    [Theory]
    [InlineData(1.0, 0)]
    [InlineData(0.96, 0)]
    [InlineData(0.95, 1)]   // 0.95 is no double; 19/20 is the same one
    [InlineData(0.94, 1)]
    [InlineData(0.9, 2)]    // (1 − 0.9)·20 is a little less than 2
    [InlineData(0.7, 6)]    // (1 − 0.7)·20 is a little more than 6
    [InlineData(0.5, 10)]
    [InlineData(1e-9, 19)]
    public void A_share_of_the_training_sequences_may_be_enough(double share, int mostWrong)
    {
        foreach (bool isOnline in (bool[])[true, false])
        {
            foreach (int wrong in (int[])[mostWrong, mostWrong + 1])
            {
                MinimalTaskConfiguration cell =
                    CellWith(ConvergenceRuleKind.Sign) with { ConvergenceRule = new() { TrainingShare = share } };
                var progress = new TrialProgress(cell, isOnline);
                var pass = new EpochResult(P - wrong, Cost: 1.0) { PresentedCount = P };
                Outcome? outcome = progress.EndEpoch(pass);
                if (isOnline && progress.Phase == TrialPhase.EvaluatingTrainingSet)
                    outcome = progress.EndEpoch(pass);
                Assert.Equal(wrong == mostWrong, outcome is { IsConverged: true });
                if (outcome is { } ended)
                    Assert.Equal((double)wrong / P, ended.TrainingError);
            }
        }
    }

    [Fact]
    public void A_test_that_failed_before_the_trial_learned_on_says_nothing_of_its_end()
    {
        MinimalTaskConfiguration cell = CellWith(ConvergenceRuleKind.FreshSequences, presentations: 2 * P);
        var progress = new TrialProgress(cell);
        progress.EndEpoch(new(P, Cost: 1.0));
        progress.EndEpoch(new(0, Cost: 1.0));    // the test fails
        Assert.Equal(TrialPhase.Learning, progress.Phase);
        Outcome end = progress.EndEpoch(new(0, Cost: 1.0))!.Value;
        Assert.Equal((StopReason.OutOfPresentations, double.NaN), (end.StopReason, end.TestError));
    }

    [Fact]
    public void The_last_epoch_that_the_presentations_allow_may_still_converge()
    {
        MinimalTaskConfiguration cell = CellWith(ConvergenceRuleKind.Sign, presentations: P + 5);
        Assert.Equal(StopReason.OutOfPresentations,
            new TrialProgress(cell).EndEpoch(new(0, Cost: 1.0))!.Value.StopReason);
        var progress = new TrialProgress(cell);
        Assert.Null(progress.EndEpoch(new(P, Cost: 1.0)));
        Assert.Equal(StopReason.Converged, progress.EndEpoch(new(P, Cost: 1.0))!.Value.StopReason);
    }

    [Theory]
    [InlineData(0.049, true)]
    [InlineData(0.05, false)]
    [InlineData(0.051, false)]
    public void With_a_cost_threshold_the_mean_cost_must_be_below_it(double meanCost, bool converges)
    {
        var progress = new TrialProgress(CellWith(ConvergenceRuleKind.SignAndCost));
        progress.EndEpoch(new(P, Cost: 10.0));
        Assert.Equal(converges, progress.EndEpoch(new(P, P * meanCost)) is { IsConverged: true });
    }

    [Theory]
    [InlineData(190, true)] // 95 % of 200
    [InlineData(189, false)]
    public void Fresh_sequences_are_tested_in_passes_and_counted_together(int right, bool converges)
    {
        var progress = new TrialProgress(CellWith(ConvergenceRuleKind.FreshSequences));
        Assert.Null(progress.EndEpoch(new(P - 1, Cost: 1.0))); // 19 of 20 is 95 %: tested
        for (int pass = 0; pass < 9; pass++)
        {
            Assert.Equal(TrialPhase.Testing, progress.Phase);
            Assert.Equal(pass * P, progress.FirstTestSequence);
            Assert.Null(progress.EndEpoch(new(Math.Min(P, right - (pass * P)), Cost: 1.0)));
        }

        Outcome? outcome = progress.EndEpoch(new(right - (9 * P), Cost: 1.0));
        Assert.Equal(converges, outcome is { IsConverged: true });
        Assert.Equal(converges ? TrialPhase.Testing : TrialPhase.Learning, progress.Phase);
    }

    [Fact]
    public void A_test_ends_as_soon_as_it_cannot_be_passed()
    {
        var progress = new TrialProgress(CellWith(ConvergenceRuleKind.FreshSequences));
        progress.EndEpoch(new(P, Cost: 1.0));
        Assert.Null(progress.EndEpoch(new(P - 10, Cost: 1.0))); // 10 wrong of 200 are allowed
        Assert.Equal(TrialPhase.Testing, progress.Phase);
        Assert.Null(progress.EndEpoch(new(P - 1, Cost: 1.0)));
        Assert.Equal(TrialPhase.Learning, progress.Phase);
    }

    [Fact]
    public void A_test_begins_only_while_tests_have_taken_no_more_presentations_than_learning()
    {
        var progress = new TrialProgress(CellWith(ConvergenceRuleKind.FreshSequences, presentations: 100_000));
        int learned = 0, tested = 0;
        for (int n = 0; n < 3000; n++)
        {
            if (progress.Phase == TrialPhase.Testing)
            {
                tested += P;
                progress.EndEpoch(new(P / 2 + 5, Cost: 1.0)); // 5 wrong in each pass: the third ends the test
            }
            else
            {
                learned += P;
                progress.EndEpoch(new(P, Cost: 1.0));
                Assert.True(tested <= learned + (2 * P));
            }
        }

        Assert.InRange(tested, learned - (3 * P), learned + (3 * P));
    }

    [Fact]
    public void The_last_pass_of_a_test_counts_only_what_is_still_needed()
    {
        MinimalTaskConfiguration cell = CellWith(ConvergenceRuleKind.FreshSequences) with
        {
            ConvergenceRule = new() { Rule = ConvergenceRuleKind.FreshSequences, FreshSequences = 25 },
        };
        var progress = new TrialProgress(cell);
        progress.EndEpoch(new(P, Cost: 1.0));
        Assert.Equal(P, progress.CountedSequences);
        progress.EndEpoch(new(P, Cost: 1.0));
        Assert.Equal(5, progress.CountedSequences);
        Assert.Equal(25, progress.EndEpoch(new(5, Cost: 0.25))!.Value.EvaluationPresentations);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_cost_that_is_no_number_ends_the_trial_as_diverged(double cost)
        => Assert.Equal(
            StopReason.Diverged,
            new TrialProgress(CellWith(ConvergenceRuleKind.Sign)).EndEpoch(new(P, cost))!.Value.StopReason);

    private static MinimalTaskConfiguration CellWith(ConvergenceRuleKind rule, int presentations = 1000)
        => new() { ConvergenceRule = new() { Rule = rule }, Training = new() { Presentations = presentations } };
}
