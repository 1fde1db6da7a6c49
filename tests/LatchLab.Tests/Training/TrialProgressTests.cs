using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The phases of a trial from learning through evaluation to its end, step by step.</summary>
public sealed class TrialProgressTests
{
    private const int P = 20;

    [Fact]
    public void An_epoch_with_an_incorrect_output_is_followed_by_another()
    {
        var progress = new TrialProgress(CreateConfiguration(ConvergenceRuleKind.Sign));
        Assert.Null(progress.EndEpoch(new(P - 1, Cost: 1.0)));
        Assert.Equal(TrialPhase.Learning, progress.Phase);
    }

    [Fact]
    public void A_correct_epoch_is_evaluated_and_a_correct_evaluation_ends_the_trial()
    {
        var progress = new TrialProgress(CreateConfiguration(ConvergenceRuleKind.Sign));
        Assert.Null(progress.EndEpoch(new(P, Cost: 1.0)));
        Assert.Equal(TrialPhase.EvaluatingTrainingSet, progress.Phase);
        Assert.Equal(
            new Outcome(StopReason.Converged, P, P, 0.05) { TrainingError = 0.0 },
            progress.EndEpoch(new(P, Cost: 1.0)));
    }

    [Fact]
    public void After_a_failed_evaluation_learning_continues_and_its_presentations_are_counted_separately()
    {
        var progress = new TrialProgress(CreateConfiguration(ConvergenceRuleKind.Sign));
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
    [InlineData(0.95, 1)]   // 0.95 is not exactly representable; 19/20 rounds to the same double
    [InlineData(0.94, 1)]
    [InlineData(0.9, 2)]    // (1 − 0.9)·20 is slightly less than 2
    [InlineData(0.7, 6)]    // (1 − 0.7)·20 is slightly more than 6
    [InlineData(0.5, 10)]
    [InlineData(1e-9, 19)]
    public void A_share_of_the_training_sequences_can_be_sufficient(double share, int maxIncorrect)
    {
        foreach (bool isOnline in (bool[])[true, false])
        {
            foreach (int incorrect in (int[])[maxIncorrect, maxIncorrect + 1])
            {
                TrainingConfiguration configuration =
                    CreateConfiguration(ConvergenceRuleKind.Sign) with
                    {
                        ConvergenceRule = new() { TrainingShare = share, FinalTest = FinalTest.No },
                    };
                var progress = new TrialProgress(configuration, isOnline);
                var pass = new EpochResult(P - incorrect, Cost: 1.0) { PresentedCount = P };
                Outcome? outcome = progress.EndEpoch(pass);
                if (isOnline && progress.Phase == TrialPhase.EvaluatingTrainingSet)
                    outcome = progress.EndEpoch(pass);
                Assert.Equal(incorrect == maxIncorrect, outcome is { IsConverged: true });
                if (outcome is { } ended)
                    Assert.Equal((double)incorrect / P, ended.TrainingError);
            }
        }
    }

    [Fact]
    public void A_failed_test_followed_by_learning_does_not_determine_the_outcome()
    {
        TrainingConfiguration configuration =
            CreateConfiguration(ConvergenceRuleKind.TestSequences, presentations: 2 * P);
        var progress = new TrialProgress(configuration);
        progress.EndEpoch(new(P, Cost: 1.0));
        progress.EndEpoch(new(0, Cost: 1.0));    // the test fails
        Assert.Equal(TrialPhase.Learning, progress.Phase);
        Outcome end = progress.EndEpoch(new(0, Cost: 1.0))!.Value;
        Assert.Equal((StopReason.BudgetExhausted, double.NaN), (end.StopReason, end.TestError));
    }

    [Fact]
    public void The_last_epoch_within_the_budget_can_still_converge()
    {
        TrainingConfiguration configuration = CreateConfiguration(ConvergenceRuleKind.Sign, presentations: P + 5);
        Assert.Equal(StopReason.BudgetExhausted,
            new TrialProgress(configuration).EndEpoch(new(0, Cost: 1.0))!.Value.StopReason);
        var progress = new TrialProgress(configuration);
        Assert.Null(progress.EndEpoch(new(P, Cost: 1.0)));
        Assert.Equal(StopReason.Converged, progress.EndEpoch(new(P, Cost: 1.0))!.Value.StopReason);
    }

    [Theory]
    [InlineData(0.049, true)]
    [InlineData(0.05, false)]
    [InlineData(0.051, false)]
    public void With_a_cost_threshold_the_mean_cost_must_be_below_it(double meanCost, bool converges)
    {
        var progress = new TrialProgress(CreateConfiguration(ConvergenceRuleKind.SignAndCost));
        progress.EndEpoch(new(P, Cost: 10.0));
        Assert.Equal(converges, progress.EndEpoch(new(P, P * meanCost)) is { IsConverged: true });
    }

    [Theory]
    [InlineData(190, true)] // 95 % of 200
    [InlineData(189, false)]
    public void Test_sequences_are_presented_in_passes_and_counted_together(int correct, bool converges)
    {
        var progress = new TrialProgress(CreateConfiguration(ConvergenceRuleKind.TestSequences));
        Assert.Null(progress.EndEpoch(new(P - 1, Cost: 1.0))); // 19 of 20 is 95 %: tested
        for (int pass = 0; pass < 9; pass++)
        {
            Assert.Equal(TrialPhase.Testing, progress.Phase);
            Assert.Equal(pass * P, progress.FirstTestSequence);
            Assert.Null(progress.EndEpoch(new(Math.Min(P, correct - (pass * P)), Cost: 1.0)));
        }

        Outcome? outcome = progress.EndEpoch(new(correct - (9 * P), Cost: 1.0));
        Assert.Equal(converges, outcome is { IsConverged: true });
        Assert.Equal(converges ? TrialPhase.Testing : TrialPhase.Learning, progress.Phase);
    }

    [Fact]
    public void A_test_ends_as_soon_as_it_cannot_succeed()
    {
        var progress = new TrialProgress(CreateConfiguration(ConvergenceRuleKind.TestSequences));
        progress.EndEpoch(new(P, Cost: 1.0));
        Assert.Null(progress.EndEpoch(new(P - 10, Cost: 1.0))); // 10 incorrect of 200 are allowed
        Assert.Equal(TrialPhase.Testing, progress.Phase);
        Assert.Null(progress.EndEpoch(new(P - 1, Cost: 1.0)));
        Assert.Equal(TrialPhase.Learning, progress.Phase);
    }

    [Fact]
    public void A_test_starts_only_if_tests_have_used_no_more_presentations_than_learning()
    {
        var progress =
            new TrialProgress(CreateConfiguration(ConvergenceRuleKind.TestSequences, presentations: 100_000));
        int learned = 0, tested = 0;
        for (int n = 0; n < 3000; n++)
        {
            if (progress.Phase == TrialPhase.Testing)
            {
                tested += P;
                progress.EndEpoch(new(P / 2 + 5, Cost: 1.0)); // 5 incorrect in each pass: the third pass ends the test
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
        TrainingConfiguration configuration = CreateConfiguration(ConvergenceRuleKind.TestSequences) with
        {
            ConvergenceRule = new()
            {
                Rule = ConvergenceRuleKind.TestSequences,
                TestSequences = 25,
                FinalTest = FinalTest.No,
            },
        };
        var progress = new TrialProgress(configuration);
        progress.EndEpoch(new(P, Cost: 1.0));
        Assert.Equal(P, progress.CountedSequences);
        progress.EndEpoch(new(P, Cost: 1.0));
        Assert.Equal(5, progress.CountedSequences);
        Assert.Equal(25, progress.EndEpoch(new(5, Cost: 0.25))!.Value.EvaluationPresentations);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_non_finite_cost_ends_the_trial_as_diverged(double cost)
        => Assert.Equal(
            StopReason.Diverged,
            new TrialProgress(CreateConfiguration(ConvergenceRuleKind.Sign)).EndEpoch(new(P, cost))!.Value.StopReason);

    private static TrainingConfiguration CreateConfiguration(ConvergenceRuleKind rule, int presentations = 1000)
        => MinimalConfigurations.Create(rule: new() { Rule = rule }, presentations: presentations);
}
