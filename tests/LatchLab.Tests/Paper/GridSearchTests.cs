using LatchLab.Foundation;
using LatchLab.Paper.Comparison;
using LatchLab.Training;
using Xunit;
using static LatchLab.Tests.Paper.SyntheticOutcomes;

namespace LatchLab.Tests.Paper;

/// <summary>The search for the settings of Figure 4, and the file that keeps them.</summary>
public sealed class GridSearchTests
{
    [Fact]
    public void Every_contender_with_a_grid_has_a_line_for_each_problem_with_values_of_the_grid()
    {
        foreach (Problem problem in Problem.All)
        {
            foreach (Algorithm contender in KnownAlgorithms.All)
            {
                IReadOnlyDictionary<string, string> tuned = TunedSettings.Get(problem, contender);
                Assert.Equal(contender.TuningGrid.Keys.Order(), tuned.Keys.Order());
                Assert.All(tuned, setting => Assert.Contains(setting.Value, contender.TuningGrid[setting.Key]));
            }
        }
    }

    [Theory]
    [InlineData("lach back-propagation learning-rate=3", "tuned.txt:2: 'lach' is no problem")]
    [InlineData("latch", "tuned.txt:2: '' is no algorithm")]
    [InlineData("latch back-prop learning-rate=3", "tuned.txt:2: 'back-prop' is no algorithm")]
    [InlineData("latch back-propagation rate=3", "tuned.txt:2: --rate: is no setting of back-propagation")]
    [InlineData("latch back-propagation learning-rate",
        "tuned.txt:2: 'learning-rate' is no new setting: give name=value")]
    [InlineData("latch pseudo-newton damping=1 damping=2",
        "tuned.txt:2: 'damping=2' is no new setting: give name=value")]
    [InlineData("latch multigrid-random-search initial-half-width=1",
        "tuned.txt:2: the same problem and algorithm stand before")]
    public void A_damaged_file_is_refused_with_its_line(string line, string expected)
    {
        var refused = Assert.Throws<ValidationException>(
            () => TunedSettings.Parse(["latch multigrid-random-search initial-half-width=3", line, "", "# a comment"]));
        Assert.Equal(expected, Assert.Single(refused.Errors).ToString());
    }

    [Fact]
    public void A_value_that_is_not_allowed_is_refused()
        => Assert.Throws<ValidationException>(() => TunedSettings.Parse(["latch back-propagation learning-rate=-1"]));

    [Fact]
    public void The_least_error_is_the_best_and_of_nearly_equal_ones_the_fewest_presentations()
    {
        // By value of the half-width: worse but fast, best, nearly best and faster, a tie of that one, diverged.
        (string Value, Outcome Outcome)[] all =
        [
            ("1", Failed(0.4, StopReason.Stuck, spent: 10)),
            ("3", Learned(900) with { TestError = 0.1 }),
            ("10", Learned(200) with { TestError = 0.105 }),
            ("30", Learned(200) with { TestError = 0.105 }),
            ("100", Failed(double.NaN, StopReason.Diverged)),
        ];
        var tuning = new GridSearch([Problem.Latch], [KnownAlgorithms.MultigridRandomSearch], [10], trials: 2, Budget,
            largeBudget: 1);
        var outcomes = tuning.Sweeps.Select(sweep => new SweepOutcomes(sweep)).ToArray();
        foreach ((int i, SweepOutcomes tried) in outcomes.Index())
        {
            tried.SetOutcome(0, all[i].Outcome, []);
            tried.SetOutcome(1, all[i].Outcome, []);
        }

        IReadOnlyList<TuningResult> ranked = Assert.Single(tuning.RankResults(outcomes));
        Assert.Equal(["10", "30", "3", "1", "100"], ranked.Select(tried => tried.Settings["initial-half-width"]));
        Assert.Equal((0.105, 2, 2), (ranked[0].MeanError, ranked[0].Learned, ranked[0].Runs));
        Assert.Equal(200.0, ranked[0].GeometricMeanPresentations, 1e-10);
        // it had not learned, though it was stuck early
        Assert.Equal(Budget, ranked[3].GeometricMeanPresentations, 1e-9);
        Assert.Equal(1.0, ranked[4].MeanError);
    }

    [Fact]
    public void Every_combination_of_a_grid_is_tried_with_the_budget_of_its_learner()
    {
        var tuning = new GridSearch(
            [Problem.Parity], [KnownAlgorithms.PseudoNewton, KnownAlgorithms.SimulatedAnnealing,
                KnownAlgorithms.RandomGuessing], [5, 9], 3, 60, 600);
        Assert.Equal((4 * 4) + (3 * 2 * 2 * 2), tuning.Sweeps.Count);   // guessing has nothing to tune
        Assert.Equal(tuning.Sweeps.Count, tuning.Sweeps.Select(sweep => sweep.Name).Distinct().Count());
        Assert.All(tuning.Sweeps, sweep => Assert.Equal(
            sweep.Name.Contains("annealing", StringComparison.Ordinal) ? 600 : 60, sweep.Configurations[1].Budget));
    }
}
