using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Statistics;
using LatchLab.Sweeps.Tuning;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Sweeps.Tuning;

public sealed class TuningSearchTests
{
    private const int Budget = 4096;

    private static readonly SettingSpace Space = new([new("learner.learning-rate", ["0.1", "0.2"])]);

    [Fact]
    public void Halving_promotes_the_better_half_with_twice_the_budget_and_the_last_round_has_all_of_it()
    {
        TuningSearch search = Create(TuningStrategy.Halving, 16);
        Assert.Equal(3, search.Rounds);
        TuningStage first = search.CreateFirst();
        Assert.Equal((16, Budget / 4, 7UL), Describe(first));

        // TrainingConfiguration i has the score (i − 9)², so that the best are 9, then 8 and 10, and so on.
        TuningStage second = search.CreateNext(first, Score(first), round: 1)!;
        Assert.Equal([5, 6, 7, 8, 9, 10, 11, 12], second.Candidates);
        Assert.Equal((8, Budget / 2, 7UL), Describe(second));
        TuningStage third = search.CreateNext(second, Score(second), round: 2)!;
        Assert.Equal([7, 8, 9, 10], third.Candidates);
        Assert.Equal((4, Budget, 7UL), Describe(third));
        Assert.All(third.Plan.Parts[0].Configurations.Cast<TrainingConfiguration>(),
            one => Assert.True(one.TestsOnValidation));

        // The best three are compared on another seed, and the best of them is tested on a third.
        TuningStage confirmation = search.CreateNext(third, Score(third), round: 3)!;
        Assert.Equal([8, 9, 10], confirmation.Candidates);
        Assert.Equal((3, Budget, 8UL), Describe(confirmation));
        TuningStage test = search.CreateNext(confirmation, [0.1, 0.2, 0.05], round: 3)!;
        Assert.Equal([10], test.Candidates);
        Assert.Equal((1, Budget, 9UL), Describe(test));
        Assert.False(((TrainingConfiguration)test.Plan.Parts[0].Configurations[0]).TestsOnValidation);
        Assert.Equal("0.1010", $"{((Backpropagation)((TrainingConfiguration)test.Plan.Parts[0].Configurations[0])
            .Learner).LearningRate:0.0000}");
        Assert.Null(search.CreateNext(test, [0.1], round: 3));

        static double[] Score(TuningStage stage) => [.. stage.Candidates.Select(i => Math.Pow(i - 9, 2.0))];
    }

    [Fact]
    public void A_random_search_has_one_round_and_equal_scores_are_taken_in_order()
    {
        TuningSearch search = Create(TuningStrategy.Random, 16);
        TuningStage first = search.CreateFirst();
        Assert.Equal((16, Budget, 7UL), Describe(first));
        Assert.Equal([0, 1, 2], search.CreateNext(first, new double[16], round: 1)!.Candidates);
    }

    [Fact]
    public void A_first_round_below_one_epoch_and_a_searched_budget_are_refused()
    {
        Assert.Empty(Create(TuningStrategy.Halving, 16).Validate());
        Assert.Equal(
            "rule.presentations: the first of 10 rounds has 1/512 of the budget, less than one epoch: give at least " +
            $"{512 * new ParityTask().Sequences}",
            $"{Assert.Single(Create(TuningStrategy.Halving, 2048).Validate())}");
        Assert.Equal(
            "rule.presentations: is the budget that halving divides: give one value, or random",
            $"{Assert.Single(Create(TuningStrategy.Halving, 16, new([new("rule.presentations", ["1", "2"])]))
                .Validate())}");
    }

    [Fact]
    public void The_importance_of_a_setting_that_decides_is_1_and_that_of_others_is_undecided()
    {
        // Six configurations each of two lists: the first decides on the score, the second does not.
        SettingSpace space = new([new("learner.optimizer", ["", "adam"]), new("network.units", ["3", "4"])]);
        string[][] points = [.. Enumerable.Range(0, 12).Select(
            i => (string[])[i % 2 == 0 ? "" : "adam", i / 2 % 2 == 0 ? "3" : "4"])];
        var importance = SettingImportance.Compute(space, points, [.. points.Select(
            point => point[0].Length == 0 ? 0.1 : 0.4)], seed: 1);
        Assert.Equal(("learner.optimizer", 1.0, true), (importance[0].Path, importance[0].Share.Value,
            importance[0].IsDecided));
        Assert.Equal((0.0, 1.0, false), (importance[1].Share.Value, importance[1].PValue, importance[1].IsDecided));

        // The intervals of both together have 95 %.
        Assert.Equal(
            (0.0, VarianceShareInterval.Compute(0.0, 12, 2, 0.975).Upper),
            (importance[1].Share.Lower, importance[1].Share.Upper));
        Assert.Equal(VarianceShareInterval.Compute(1.0, 12, 2, 0.975), importance[0].Share);
    }

    [Fact]
    public void A_range_has_the_groups_of_its_lower_middle_and_upper_third()
    {
        var errors = new List<ValidationError>();
        SettingSpace space = TuningSpace.Read(
            "latch", new Dictionary<string, string> { ["length"] = "5", ["learning-rate"] = "0.1..1" }, errors)!
            .Searched;
        Assert.Empty(errors);
        string[][] points = [.. Enumerable.Range(0, 9).Select(i => (string[])[$"0.{i + 1}"])];

        // The middle third is the best: ranks 1 to 3 there, and 5, 7, 9 and 4, 6, 8 beside it. Between the thirds lie
        // 3·(9 + 4 + 1) = 42 of 60.
        double[] scores = [0.5, 0.7, 0.9, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8];
        Assert.Equal(0.7, SettingImportance.Compute(space, points, scores, seed: 1)[0].Share.Value, 1e-15);
        Assert.False(SettingImportance.Compute(space, points[..3], scores[..3], seed: 1)[0].IsDecided);
    }

    private static (int Candidates, int Budget, ulong Seed) Describe(TuningStage stage)
        => (stage.Plan.Parts[0].Configurations.Count, stage.Plan.Parts[0].Configurations[0].Budget, stage.Plan.Seed);

    private static TuningSearch Create(TuningStrategy strategy, int count, SettingSpace? space = null)
        => new(
            space ?? Space, [.. Enumerable.Range(0, count).Select(i => (string[])[$"{0.1 + (0.0001 * i)}"])],
            [.. Enumerable.Range(0, count).Select(i => TrainingConfigurationFactory.CreateDefault(
                new ParityTask(), new Backpropagation { LearningRate = 0.1 + (0.0001 * i) }) with
            {
                Limits = new() { Presentations = Budget },
                ConvergenceRule = new() { FinalTest = FinalTest.Validation },
            })],
            new(strategy, Trials: 2, Seed: 7));
}
