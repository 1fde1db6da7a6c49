using LatchLab.Numerics;
using LatchLab.Training;

namespace LatchLab.Paper.Comparison;

/// <summary>A combination of settings that was tried, and what came of it.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Algorithm">The contender.</param>
/// <param name="Settings">The settings by name.</param>
/// <param name="MeanError">Mean classification error on fresh sequences; a run that diverged counts with 1.</param>
/// <param name="GeometricMeanPresentations">
/// Geometric mean of the presentations; a run that did not learn counts with its whole budget.
/// </param>
/// <param name="Learned">Runs that learned.</param>
/// <param name="Runs">Runs.</param>
public sealed record TuningResult(
    Problem Problem,
    Algorithm Algorithm,
    IReadOnlyDictionary<string, string> Settings,
    double MeanError,
    double GeometricMeanPresentations,
    int Learned,
    int Runs);

/// <summary>
/// The search for settings: every combination of a small grid, the same for all lengths. The best has the least error;
/// of those within <see cref="ErrorTolerance"/> of it, the fewest presentations.
/// </summary>
/// <param name="problems">The problems.</param>
/// <param name="algorithms">The contenders.</param>
/// <param name="lengths">T of the runs that a combination is tried on.</param>
/// <param name="trials">Trials at each.</param>
/// <param name="budget">Presentations of an on-line run and of a multi-grid search.</param>
/// <param name="largeBudget">Presentations of an annealing.</param>
public sealed class GridSearch(
    IReadOnlyList<Problem> problems,
    IReadOnlyList<Algorithm> algorithms,
    IReadOnlyList<int> lengths,
    int trials,
    int budget,
    int largeBudget)
{
    /// <summary>Differences of the mean error that do not count.</summary>
    public const double ErrorTolerance = 0.01;

    /// <summary>The error of a run that diverged: worse than guessing, so that tuning keeps away from it.</summary>
    private const double DivergedRunError = 1.0;

    /// <summary>The seed of tuning, which no figure uses.</summary>
    public const ulong Seed = 424_242;

    private readonly (Problem Problem, Algorithm Algorithm, Dictionary<string, string> Settings)[] _combinations =
    [
        .. from problem in problems
           from algorithm in algorithms
           where algorithm.TuningGrid.Count > 0
           from settings in EnumerateCombinations(algorithm.TuningGrid)
           select (problem, algorithm, settings),
    ];

    /// <summary>What is to be run.</summary>
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

    /// <summary>The best first, for each problem and contender.</summary>
    /// <param name="outcomes">The outcomes of the sweeps, in their order.</param>
    public IEnumerable<IReadOnlyList<TuningResult>> RankResults(IReadOnlyList<SweepOutcomes> outcomes)
        => _combinations.Select(
            (candidate, i) => Summarize(candidate.Problem, candidate.Algorithm, candidate.Settings, outcomes[i]))
            .GroupBy(candidate => (candidate.Problem, candidate.Algorithm))
            .Select(group => (IReadOnlyList<TuningResult>)[.. Rank([.. group])]);

    private static IEnumerable<TuningResult> Rank(List<TuningResult> candidate)
    {
        double least = candidate.Min(result => result.MeanError);
        return candidate.OrderBy(result => result.MeanError > least + ErrorTolerance).ThenBy(
            result => result.MeanError > least + ErrorTolerance ? result.MeanError : result.GeometricMeanPresentations);
    }

    private static TuningResult Summarize(
        Problem problem, Algorithm algorithm, Dictionary<string, string> settings, SweepOutcomes outcomes)
    {
        double error = 0.0, logPresentationsSum = 0.0;
        int learned = 0, count = 0;
        for (int configuration = 0; configuration < outcomes.Sweep.Configurations.Count; configuration++)
        {
            foreach (Outcome outcome in outcomes.GetOutcomes(configuration))
            {
                error += double.IsNaN(outcome.TestError) ? DivergedRunError : outcome.TestError;
                int presentations = outcome.IsConverged ? outcome.Presentations
                    : outcomes.Sweep.Configurations[configuration].Budget;
                logPresentationsSum += Elementary.Log(new Scalar(presentations)).Value;
                learned += outcome.IsConverged ? 1 : 0;
                count++;
            }
        }

        return new(
            problem,
            algorithm,
            settings,
            error / count,
            Elementary.Exp(new Scalar(logPresentationsSum / count)).Value,
            learned,
            count);
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
