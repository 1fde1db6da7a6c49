using LatchLab.Foundation;
using LatchLab.Paper.Comparison;
using LatchLab.Training;
using Xunit;
using static LatchLab.Tests.Paper.SyntheticOutcomes;

namespace LatchLab.Tests.Paper;

/// <summary>The grid search for the settings of Figure 4, and the file that stores them.</summary>
public sealed class GridSearchTests
{
    [Fact]
    public void Every_algorithm_with_a_grid_has_a_line_for_each_problem_with_values_of_the_grid()
    {
        foreach (Problem problem in Problem.All)
        {
            foreach (Algorithm algorithm in KnownAlgorithms.All)
            {
                IReadOnlyDictionary<string, string> tuned = TunedSettings.Get(problem, algorithm);
                Assert.Equal(algorithm.TuningGrid.Keys.Order(), tuned.Keys.Order());
                Assert.All(tuned, setting => Assert.Contains(setting.Value, algorithm.TuningGrid[setting.Key]));
            }
        }
    }

    [Theory]
    [InlineData("lach back-propagation learning-rate=3", "tuned.txt:2: 'lach' is not a known problem")]
    [InlineData("latch", "tuned.txt:2: '' is not a known algorithm")]
    [InlineData("latch back-prop learning-rate=3", "tuned.txt:2: 'back-prop' is not a known algorithm")]
    [InlineData("latch back-propagation rate=3", "tuned.txt:2: rate: is not a setting of back-propagation")]
    [InlineData("latch back-propagation learning-rate",
        "tuned.txt:2: 'learning-rate' is not a new setting; expected name=value")]
    [InlineData("latch pseudo-newton damping=1 damping=2",
        "tuned.txt:2: 'damping=2' is not a new setting; expected name=value")]
    [InlineData("latch multigrid-random-search initial-half-width=1",
        "tuned.txt:2: the problem and algorithm already have a line")]
    public void A_damaged_file_is_rejected_with_its_line(string line, string expected)
    {
        var exception = Assert.Throws<ValidationException>(
            () => TunedSettings.Parse(["latch multigrid-random-search initial-half-width=3", line, "", "# a comment"]));
        Assert.Equal(expected, Assert.Single(exception.Errors).ToString());
    }

    [Fact]
    public void A_value_that_is_not_allowed_is_rejected()
        => Assert.Throws<ValidationException>(() => TunedSettings.Parse(["latch back-propagation learning-rate=-1"]));

    [Fact]
    public void The_lowest_error_ranks_first_and_nearly_equal_errors_rank_by_presentations()
    {
        // By half-width: high error but fast, best, nearly best and faster, a tie with the previous one, diverged.
        (string Value, Outcome Outcome)[] all =
        [
            ("1", Failed(0.4, StopReason.Stuck, presentations: 10)),
            ("3", Learned(900) with { TestError = 0.1 }),
            ("10", Learned(200) with { TestError = 0.105 }),
            ("30", Learned(200) with { TestError = 0.105 }),
            ("100", Failed(double.NaN, StopReason.Diverged)),
        ];
        var tuning = new GridSearch([Problem.Latch], [KnownAlgorithms.MultigridRandomSearch], [10], trials: 2, Budget,
            largeBudget: 1);
        var outcomes = tuning.Sweeps.Select(sweep => new SweepOutcomes(sweep)).ToArray();
        foreach ((int i, SweepOutcomes result) in outcomes.Index())
        {
            result.SetOutcome(0, all[i].Outcome, []);
            result.SetOutcome(1, all[i].Outcome, []);
        }

        IReadOnlyList<TuningResult> ranked = Assert.Single(tuning.RankResults(outcomes));
        Assert.Equal(["10", "30", "3", "1", "100"], ranked.Select(result => result.Settings["initial-half-width"]));
        Assert.Equal((0.105, 2, 2), (ranked[0].Summary.TestError.Value, ranked[0].Summary[StopReason.Converged],
            ranked[0].Summary.Trials));
        Assert.Equal(200.0, ranked[0].GeometricMeanPresentations, 1e-10);
        // the run did not learn, although it stopped early
        Assert.Equal(Budget, ranked[3].GeometricMeanPresentations, 1e-9);
        Assert.Equal(1.0, ranked[4].Summary.TestError.Value);
    }

    [Fact]
    public void Every_grid_combination_runs_with_the_budget_of_its_learner()
    {
        var tuning = new GridSearch(
            [Problem.Parity], [KnownAlgorithms.PseudoNewton, KnownAlgorithms.SimulatedAnnealing,
                KnownAlgorithms.RandomGuessing], [5, 9], 3, 60, 600);
        Assert.Equal((4 * 4) + (3 * 2 * 2 * 2), tuning.Sweeps.Count);    // random guessing has no settings to tune
        Assert.Equal(tuning.Sweeps.Count, tuning.Sweeps.Select(sweep => sweep.Name).Distinct().Count());
        Assert.All(tuning.Sweeps, sweep => Assert.Equal(
            sweep.Name.Contains("annealing", StringComparison.Ordinal) ? 600 : 60, sweep.Configurations[1].Budget));
    }
}
