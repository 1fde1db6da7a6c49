using LatchLab.Numerics;
using LatchLab.Training;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// A combination of settings that was tried, with its results. A run that diverged has the error 1. In the geometric
/// mean of the presentations, a run that did not learn counts with its full budget.
/// </summary>
public sealed record TuningResult(
    Problem Problem,
    Algorithm Algorithm,
    IReadOnlyDictionary<string, string> Settings,
    OutcomeSummary Summary,
    double GeometricMeanPresentations);

/// <summary>
/// A grid search over settings: it tries every combination of a small grid, the same for all lengths. The best
/// combination has the fewest presentations among those whose error is within <see cref="ErrorTolerance"/> of the
/// least. The budgets are in presentations; the large one is that of simulated annealing.
/// </summary>
public sealed class GridSearch(
    IReadOnlyList<Problem> problems,
    IReadOnlyList<Algorithm> algorithms,
    IReadOnlyList<int> lengths,
    int trials,
    int budget,
    int largeBudget)
{
    /// <summary>Differences of the mean error up to this value are ignored.</summary>
    public const double ErrorTolerance = 0.01;

    /// <summary>The error of a run that diverged: worse than chance, so that tuning avoids such settings.</summary>
    private const double DivergedRunError = 1.0;

    /// <summary>The default seed of tuning, which no figure uses.</summary>
    public const ulong Seed = 424_242;

    private readonly (Problem Problem, Algorithm Algorithm, Dictionary<string, string> Settings)[] _combinations =
    [
        .. from problem in problems
           from algorithm in algorithms
           where algorithm.TuningGrid.Count > 0
           from settings in EnumerateCombinations(algorithm.TuningGrid)
           select (problem, algorithm, settings),
    ];

    /// <summary>The sweeps to run.</summary>
    public IReadOnlyList<Sweep> Sweeps
        => [.. _combinations.Select(candidate => new Sweep(
            TunedSettings.FormatLine(candidate.Problem, candidate.Algorithm, candidate.Settings),
            [.. lengths.Select(length => candidate.Problem.CreateConfiguration(
                candidate.Algorithm,
                TunedSettings.Apply(candidate.Algorithm.Learner, candidate.Settings),
                length,
                Problem.PaperNoise,
                candidate.Algorithm.Learner.NeedsLargeBudget ? largeBudget : budget))],
            trials))];

    /// <summary>Ranks the results of each problem and algorithm, the best first, from the outcomes in order.</summary>
    public IEnumerable<IReadOnlyList<TuningResult>> RankResults(IReadOnlyList<SweepOutcomes> outcomes)
        => _combinations.Zip(outcomes, Summarize)
            .GroupBy(candidate => (candidate.Problem, candidate.Algorithm))
            .Select(group => (IReadOnlyList<TuningResult>)[.. Rank([.. group])]);

    private static IEnumerable<TuningResult> Rank(List<TuningResult> candidates)
    {
        double limit = candidates.Min(ErrorOf) + ErrorTolerance;
        return candidates.OrderBy(result => ErrorOf(result) > limit)
            .ThenBy(result => ErrorOf(result) > limit ? ErrorOf(result) : result.GeometricMeanPresentations);

        static double ErrorOf(TuningResult result) => result.Summary.TestError.Value;
    }

    private static TuningResult Summarize(
        (Problem Problem, Algorithm Algorithm, Dictionary<string, string> Settings) combination, SweepOutcomes outcomes)
    {
        IReadOnlyList<Configuration> configurations = outcomes.Sweep.Configurations;
        Outcome[] all = [
            .. Enumerable.Range(0, configurations.Count).SelectMany(i => outcomes.GetOutcomes(i).ToArray())];
        double logPresentations = all.Sum(
            outcome => Elementary.Log(outcome.IsConverged ? outcome.Presentations : configurations[0].Budget));
        return new(
            combination.Problem,
            combination.Algorithm,
            combination.Settings,
            OutcomeSummary.Create(configurations[0], all) with
            {
                TestError = OutcomeSummary.EstimateTestError(configurations[0], all, DivergedRunError),
            },
            Elementary.Exp(logPresentations / all.Length));
    }

    private static IEnumerable<Dictionary<string, string>> EnumerateCombinations(
        IReadOnlyDictionary<string, string[]> grid)
    {
        IEnumerable<Dictionary<string, string>> combinations = [[]];
        foreach ((string name, string[] values) in grid)
        {
            combinations = [.. from combination in combinations
                               from value in values
                               select new Dictionary<string, string>(combination) { [name] = value }];
        }

        return combinations;
    }
}
