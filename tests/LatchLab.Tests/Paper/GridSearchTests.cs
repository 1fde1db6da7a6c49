using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Paper.Comparison;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;
using static LatchLab.Tests.Paper.SyntheticOutcomes;

namespace LatchLab.Tests.Paper;

/// <summary>The grid search for the settings of Figure 4, and the file that stores them.</summary>
public sealed class GridSearchTests
{
    public static TheoryData<string> TunedIds => [.. TunedAlgorithms.Select(algorithm => algorithm.Id)];

    private static IEnumerable<Algorithm> TunedAlgorithms
        => KnownAlgorithms.All.Where(algorithm => algorithm.IsTuned);

    [Fact]
    public void The_algorithms_that_are_tuned_have_20_different_combinations_each()
    {
        Assert.Equal(12, TunedAlgorithms.Count());
        Assert.All(TunedAlgorithms, algorithm => Assert.Equal(
            20,
            algorithm.TuningGrid.Combinations
                .Select(combination => TunedSettings.FormatLine(Problem.Latch, algorithm, 0.0, combination))
                .Distinct().Count()));
    }

    [Theory]
    [MemberData(nameof(TunedIds))]
    public void Every_combination_is_allowed_and_changes_settings_of_its_learner(string id)
    {
        Algorithm algorithm = TunedAlgorithms.Single(known => known.Id == id);
        foreach (TuningCombination combination in algorithm.TuningGrid.Combinations)
        {
            TrainingConfiguration configuration = Problem.Latch.CreateConfiguration(
                algorithm, TunedSettings.Apply(algorithm.Learner, combination.Settings), 10, 0.2, Budget);
            Assert.Empty(configuration.Validate());
            IReadOnlyList<Setting> settings = Settings.GetAll(configuration.Learner);
            Assert.All(combination.Settings, setting => Assert.Equal(
                setting.Value, settings.Single(known => known.Name == setting.Key).Value));
        }
    }

    [Fact]
    public void Every_tuned_algorithm_has_a_line_for_each_problem_of_the_paper_and_noise()
    {
        foreach (Problem problem in Problem.FromPaper)
        {
            foreach (double noise in new[] { 0.0, 0.2 })
            {
                Assert.All(TunedAlgorithms, algorithm => Assert.NotEmpty(TunedSettings.Get(problem, algorithm, noise)));
                Assert.Empty(TunedSettings.Get(problem, KnownAlgorithms.RandomGuessing, noise));
            }
        }
    }

    [Fact]
    public void Other_interpretations_of_a_problem_have_the_settings_of_their_base_problem()
    {
        Assert.Equal(
            ["latch", "two-sequence", "parity", "two-sequence", "latch", "parity", "latch", "two-sequence", "parity"],
            Problem.All.Select(problem => problem.BaseId));
        Assert.Equal(Problem.All.Count, Problem.All.Select(problem => problem.Id).Distinct().Count());
        Assert.Same(
            TunedSettings.Get(Problem.Parity, KnownAlgorithms.Backpropagation, 0.2),
            TunedSettings.Get(Problem.ParityInitialOutput, KnownAlgorithms.Backpropagation, 0.2));
    }

    [Fact]
    public void A_noise_without_tuned_settings_is_rejected()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => TunedSettings.CreateLearner(Problem.Latch, KnownAlgorithms.Backpropagation, 0.1));
        Assert.StartsWith(
            "There are no settings of back-propagation on latch with noise 0.1.", exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_are_evenly_spaced_on_a_logarithmic_scale()
    {
        Assert.Equal(
            ["0.001", "0.0018", "0.0032", "0.0056", "0.01", "0.018", "0.032", "0.056", "0.1", "0.18", "0.32", "0.56",
                "1", "1.8", "3.2", "5.6", "10", "18", "32", "56"],
            ValuesOf(KnownAlgorithms.Backpropagation, "learning-rate"));
        Assert.Equal(["0.01", "0.1", "1", "10"], ValuesOf(KnownAlgorithms.PseudoNewton, "learning-rate"));
        Assert.Equal(["0.0001", "0.0018", "0.032", "0.56", "10"], ValuesOf(KnownAlgorithms.PseudoNewton, "damping"));
    }

    [Fact]
    public void Small_steps_have_a_rate_or_a_rate_per_damping_of_at_most_three_tenths_which_is_tried()
    {
        double[] rates = [
            .. ValuesOf(KnownAlgorithms.BackpropagationSmallSteps, "learning-rate").Select(ParseNumber)];
        Assert.Equal(0.3, rates.Max());
        double[] ratios =
        [
            .. KnownAlgorithms.PseudoNewtonSmallSteps.TuningGrid.Combinations.Select(combination =>
                ParseNumber(combination.Settings["learning-rate"]) / ParseNumber(combination.Settings["damping"])),
        ];
        // Two numbers and their quotient are rounded to double precision: three relative errors of at most 1.2e-16.
        Assert.Equal(0.3, ratios.Max(), 1.1e-16);
        Assert.Equal(4, ratios.Select(ratio => Math.Round(ratio, 10)).Distinct().Count());
    }

    [Fact]
    public void The_first_and_the_last_value_of_a_range_of_numbers_lie_at_its_ends()
    {
        Assert.Equal(
            [["learning-rate"], [], ["learning-rate"]],
            SettingsAtEnd(KnownAlgorithms.Backpropagation, 0, 9, 19));
        Assert.Equal(
            [["learning-rate", "damping"], ["damping"], [], ["learning-rate"]],
            SettingsAtEnd(KnownAlgorithms.PseudoNewton, 19, 9, 8, 2));
        // Cap and rescale have no order.
        Assert.Equal(
            [["learning-rate"], ["learning-rate"], [], []],
            SettingsAtEnd(KnownAlgorithms.TimeWeightedPseudoNewtonTunedRate, 0, 1, 2, 3));
        // Adjustments are as many as cycles, whose ends are named.
        Assert.Equal(
            [["initial-temperature", "cycles"], []],
            SettingsAtEnd(KnownAlgorithms.SimulatedAnnealingTuned, 0, 9));
    }

    [Fact]
    public void Boxes_of_multigrid_search_are_in_the_order_of_their_width_with_the_reference()
    {
        Assert.Equal([0.5, 1, 2, 5, 10, 20, 50, 100], KnownAlgorithms.MultigridBoxes.Select(box => box.HalfWidth));
        Assert.Same(KnownAlgorithms.MultigridRandomSearch, KnownAlgorithms.MultigridBoxes[1].Algorithm);
        Assert.All(KnownAlgorithms.MultigridBoxes, box => Assert.Equal(
            box.HalfWidth, Assert.IsType<MultigridRandomSearch>(box.Algorithm.Learner).InitialHalfWidth));
    }

    [Theory]
    [InlineData("lach back-propagation noise=0 learning-rate=3.2", "'lach' is not a problem of the paper")]
    [InlineData("latch-sorted back-propagation noise=0 learning-rate=3.2",
        "'latch-sorted' is not a problem of the paper")]
    [InlineData("latch", "'' is not a known algorithm")]
    [InlineData("latch back-prop noise=0 learning-rate=3.2", "'back-prop' is not a known algorithm")]
    [InlineData("latch back-propagation learning-rate=3.2",
        "'learning-rate=3.2' is not a tuned noise; expected noise=0 or noise=0.2")]
    [InlineData("latch back-propagation noise=0.1 learning-rate=3.2",
        "'noise=0.1' is not a tuned noise; expected noise=0 or noise=0.2")]
    [InlineData("latch back-propagation noise=0 learning-rate=3",
        "'learning-rate=3' is not a combination that latchlab tune tries for back-propagation, followed by its " +
        "settings at an end")]
    [InlineData("latch back-propagation noise=0 learning-rate=56",
        "'learning-rate=56' is not a combination that latchlab tune tries for back-propagation, followed by its " +
        "settings at an end")]
    [InlineData("latch random-guessing noise=0",
        "'' is not a combination that latchlab tune tries for random-guessing, followed by its settings at an end")]
    [InlineData("latch pseudo-newton noise=0.2 learning-rate=1 damping=10 at-end=damping",
        "the problem, algorithm and noise already have a line")]
    public void A_damaged_file_is_rejected_with_its_line(string line, string expected)
    {
        var exception = Assert.Throws<ValidationException>(() => TunedSettings.Parse(
            ["latch pseudo-newton noise=0.2 learning-rate=1 damping=10 at-end=damping", line, "", "# a comment"]));
        Assert.Equal($"tuned.txt:2: {expected}", Assert.Single(exception.Errors).ToString());
    }

    [Fact]
    public void The_lowest_error_ranks_first_and_nearly_equal_errors_rank_by_presentations()
    {
        // By rate: high error but fast, best, nearly best and faster, a tie with the previous one; the others diverged.
        Outcome[] all =
        [
            Failed(0.4, StopReason.Stuck, presentations: 10),
            Learned(900) with { TestError = 0.1 },
            Learned(200) with { TestError = 0.105 },
            Learned(200) with { TestError = 0.105 },
            .. Many(16, _ => Failed(double.NaN, StopReason.Diverged)),
        ];
        var tuning = new GridSearch([Problem.Latch], [KnownAlgorithms.Backpropagation], [0.0], [10], trials: 2, Budget,
            largeBudget: 1);
        var outcomes = tuning.Sweeps.Select(sweep => new SweepOutcomes(sweep)).ToArray();
        foreach ((int i, SweepOutcomes result) in outcomes.Index())
        {
            result.SetOutcome(0, all[i], []);
            result.SetOutcome(1, all[i], []);
        }

        IReadOnlyList<TuningResult> ranked = Assert.Single(tuning.RankResults(outcomes));
        Assert.Equal(
            ["0.0032", "0.0056", "0.0018", "0.001", "0.01"],
            ranked.Take(5).Select(result => result.Combination.Settings["learning-rate"]));
        Assert.Equal((0.105, 2, 2), (ranked[0].Summary.TestError.Value, ranked[0].Summary[StopReason.Converged],
            ranked[0].Summary.Trials));
        Assert.Equal(200.0, ranked[0].GeometricMeanPresentations, 1e-10);
        // the run did not learn, although it stopped early
        Assert.Equal(Budget, ranked[3].GeometricMeanPresentations, 1e-9);
        Assert.Equal(1.0, ranked[4].Summary.TestError.Value);
    }

    [Fact]
    public void Among_combinations_that_never_learned_the_lowest_error_ranks_first()
    {
        var tuning = new GridSearch([Problem.Latch], [KnownAlgorithms.Backpropagation], [0.0], [10], trials: 1, Budget,
            largeBudget: 1);
        var outcomes = tuning.Sweeps.Select(sweep => new SweepOutcomes(sweep)).ToArray();
        foreach ((int i, SweepOutcomes result) in outcomes.Index())
            result.SetOutcome(0, Failed(0.5 - (0.0025 * (i % 4))), []);    // in half sequences of 200
        IReadOnlyList<TuningResult> ranked = Assert.Single(tuning.RankResults(outcomes));
        // The errors are within the tolerance of each other: the least belongs to every fourth rate.
        Assert.Equal(
            ["0.0056", "0.056"],
            ranked.Take(2).Select(result => result.Combination.Settings["learning-rate"]));
    }

    [Fact]
    public void Every_grid_combination_runs_with_the_budget_of_its_learner()
    {
        var tuning = new GridSearch(
            [Problem.Parity], [KnownAlgorithms.PseudoNewton, KnownAlgorithms.SimulatedAnnealingTuned,
                KnownAlgorithms.RandomGuessing], [0.0, 0.2], [5, 9], 3, 60, 600);
        Assert.Equal(2 * (20 + 20), tuning.Sweeps.Count);    // random guessing has no settings to tune
        Assert.Equal(tuning.Sweeps.Count, tuning.Sweeps.Select(sweep => sweep.Name).Distinct().Count());
        Assert.All(tuning.Sweeps, sweep => Assert.Equal(
            sweep.Name.Contains("annealing", StringComparison.Ordinal) ? 600 : 60, sweep.Configurations[1].Budget));
        Assert.All(tuning.Sweeps, sweep => Assert.All(sweep.Configurations, configuration => Assert.Equal(
            sweep.Name.Contains("noise=0.2", StringComparison.Ordinal) ? 0.2 : 0.0,
            Assert.IsType<ParityTask>(Assert.IsType<TrainingConfiguration>(configuration).Task).Noise)));
    }

    private static IEnumerable<string> ValuesOf(Algorithm algorithm, string setting)
        => algorithm.TuningGrid.Combinations.Select(combination => combination.Settings[setting]).Distinct();

    private static IReadOnlyList<string>[] SettingsAtEnd(Algorithm algorithm, params int[] combinations)
        => [.. combinations.Select(i => algorithm.TuningGrid.Combinations[i].SettingsAtEnd)];

    private static double ParseNumber(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
