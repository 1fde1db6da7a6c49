using LatchLab.Numerics;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// A combination of settings that was tried, with its results. A run that diverged has the error 1. In the geometric
/// mean of the presentations, a run that did not learn counts with its full budget.
/// </summary>
/// <param name="Problem">The problem.</param>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Noise">The noise of the input, a of U[−a, a].</param>
/// <param name="Combination">The settings.</param>
/// <param name="Summary">The summary of the runs at all lengths.</param>
/// <param name="GeometricMeanPresentations">The geometric mean of the presentations of these runs.</param>
public sealed record TuningResult(
    Problem Problem,
    Algorithm Algorithm,
    double Noise,
    TuningCombination Combination,
    OutcomeSummary Summary,
    double GeometricMeanPresentations);

/// <summary>
/// A grid search over settings: it tries every combination of <see cref="TuningGrid"/>, the same for all lengths. The
/// best combination has the fewest presentations among those whose error is within <see cref="ErrorTolerance"/> of the
/// least; if none of them learned, the least error. The budgets are in presentations; the large one is that of
/// simulated annealing.
/// </summary>
public sealed class GridSearch(
    IReadOnlyList<Problem> problems,
    IReadOnlyList<Algorithm> algorithms,
    IReadOnlyList<double> noises,
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

    private readonly Candidate[] _candidates =
    [
        .. from problem in problems
           from noise in noises
           from algorithm in algorithms
           from combination in algorithm.TuningGrid.Combinations
           select new Candidate(problem, algorithm, noise, combination),
    ];

    private sealed record Candidate(
        Problem Problem, Algorithm Algorithm, double Noise, TuningCombination Combination);

    /// <summary>The sweeps to run.</summary>
    public IReadOnlyList<Sweep> Sweeps
        => [.. _candidates.Select(candidate => new Sweep(
            TunedSettings.FormatLine(
                candidate.Problem, candidate.Algorithm, candidate.Noise, candidate.Combination),
            [.. lengths.Select(length => candidate.Problem.CreateConfiguration(
                candidate.Algorithm,
                TunedSettings.Apply(candidate.Algorithm.Learner, candidate.Combination.Settings),
                length,
                candidate.Noise,
                candidate.Algorithm.Learner.NeedsLargeBudget ? largeBudget : budget))],
            trials))];

    /// <summary>
    /// Ranks the results of each problem, noise and algorithm, the best first, from the outcomes in order.
    /// </summary>
    public IEnumerable<IReadOnlyList<TuningResult>> RankResults(IReadOnlyList<SweepOutcomes> outcomes)
        => _candidates.Zip(outcomes, Summarize)
            .GroupBy(result => (result.Problem, result.Noise, result.Algorithm))
            .Select(group => (IReadOnlyList<TuningResult>)Rank([.. group]));

    /// <summary>
    /// A combination at an end of a range comes first only if its error is certainly lower than that of the best one
    /// within the ranges: the end of a plateau is no choice. The interval of the best of 20 is corrected for their
    /// number.
    /// </summary>
    private static TuningResult[] Rank(IReadOnlyList<TuningResult> candidates)
    {
        TuningResult[] ranked = [.. Order(candidates)];
        TuningResult best = ranked[0];
        TuningResult? within = best.Combination.SettingsAtEnd.Count == 0 ? null
            : Order([.. candidates.Where(result => result.Combination.SettingsAtEnd.Count == 0)]).FirstOrDefault();
        return within is null || ErrorOf(within) > CorrectedUpperEnd(best.Summary) ? ranked
            : [within, .. ranked.Where(result => result != within)];
    }

    /// <summary>The fewest presentations first among errors near the least, then the least error.</summary>
    private static IEnumerable<TuningResult> Order(IReadOnlyList<TuningResult> candidates)
    {
        double limit = candidates.Select(ErrorOf).DefaultIfEmpty().Min() + ErrorTolerance;
        return candidates.OrderBy(result => ErrorOf(result) > limit)
            .ThenBy(result => ErrorOf(result) > limit ? ErrorOf(result) : result.GeometricMeanPresentations)
            .ThenBy(ErrorOf);
    }

    private static double CorrectedUpperEnd(OutcomeSummary summary)
    {
        (double error, int degrees) = (summary.TestError.Value, Math.Max(1, (int)summary.Trials - 1));
        return error + ((summary.TestError.Upper - error)
            * StudentDistribution.Quantile(1.0 - (0.025 / TuningGrid.CombinationCount), degrees)
            / StudentDistribution.Quantile(0.975, degrees));
    }

    private static double ErrorOf(TuningResult result) => result.Summary.TestError.Value;

    private static TuningResult Summarize(Candidate candidate, SweepOutcomes outcomes)
    {
        IReadOnlyList<TrainingConfiguration> configurations = outcomes.Sweep.Configurations;
        Outcome[] all = [
            .. Enumerable.Range(0, configurations.Count).SelectMany(i => outcomes.GetOutcomes(i).ToArray())];
        double logPresentations = all.Sum(
            outcome => Elementary.Log(outcome.IsConverged ? outcome.Presentations : configurations[0].Budget));
        return new(
            candidate.Problem,
            candidate.Algorithm,
            candidate.Noise,
            candidate.Combination,
            OutcomeSummary.Create(configurations[0], all) with
            {
                TestError = OutcomeSummary.EstimateTestError(
                    all, configurations[0].TestSequences, DivergedRunError),
            },
            Elementary.Exp(logPresentations / all.Length));
    }
}
