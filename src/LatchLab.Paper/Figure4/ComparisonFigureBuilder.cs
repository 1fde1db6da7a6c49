using LatchLab.Figures;
using LatchLab.Paper.Comparison;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// Builds a figure with two columns of panels, one row per problem: error on the left, presentations on the right. Runs
/// that are not eligible (<see cref="AlgorithmRuns"/>) are not drawn, but the table contains them.
/// </summary>
/// <param name="table">All runs.</param>
internal sealed class ComparisonFigureBuilder(RunTable table)
{
    private static readonly Dictionary<Algorithm, (Marker Mark, int Colour)> SeriesStyles = new()
    {
        [KnownAlgorithms.Backpropagation] = (Marker.Square, 0),
        [KnownAlgorithms.PseudoNewton] = (Marker.TriangleDown, 5),
        [KnownAlgorithms.TimeWeightedPseudoNewton] = (Marker.TriangleUp, 2),
        [KnownAlgorithms.DiscreteErrorPropagation] = (Marker.Circle, 1),
        [KnownAlgorithms.MultigridRandomSearch] = (Marker.Disc, 3),
        [KnownAlgorithms.SimulatedAnnealing] = (Marker.FilledSquare, 4),
        [KnownAlgorithms.RandomGuessing] = (Marker.Cross, Series.Grey),
        [KnownAlgorithms.PseudoNewtonAdaptiveDamping] = (Marker.FilledTriangle, 0),
        [KnownAlgorithms.TimeWeightedPseudoNewtonTunedRate] = (Marker.FilledTriangle, 3),
        [KnownAlgorithms.MultigridRandomSearchUnitBox] = (Marker.Cross, 3),
        [KnownAlgorithms.DiscreteErrorPropagationAsPrinted] = (Marker.Disc, 4),
        [KnownAlgorithms.DiscreteErrorPropagationSymmetric] = (Marker.FilledDiamond, Series.Grey),
    };

    private static readonly string[] Columns =
    [
        "problem", "noise", "length", "algorithm", "trials", "learned", "lower_95", "upper_95", "error",
        "error_lower_95", "error_upper_95", "median_presentations", "median_lower_95", "median_upper_95",
        "mean_presentations_of_learned", "budget_exhausted", "stuck", "diverged", "excluded", "skipped_presentations",
        "evaluation_presentations",
    ];

    /// <summary>Builds the figure of some problems and algorithms.</summary>
    /// <param name="id">The name in files.</param>
    /// <param name="title">The title.</param>
    /// <param name="caption">The caption.</param>
    /// <param name="problems">The problems, one row each.</param>
    /// <param name="algorithms">The algorithms, one curve each.</param>
    /// <param name="noise">Index of the noise.</param>
    public Figure Build(
        string id,
        string title,
        string caption,
        IReadOnlyList<Problem> problems,
        IReadOnlyList<Algorithm> algorithms,
        int noise)
    {
        AlgorithmRuns firstRuns = table[problems[0], algorithms[0]];
        var lengths = new Axis("sequence length T", firstRuns.Lengths[0], firstRuns.Lengths[^1], IsLogarithmic: true);
        int maximumBudget = algorithms.Max(algorithm => table[problems[0], algorithm].Budget);
        var errors = new Axis("classification error", 0.0, 0.6);
        var presentations = new Axis("presentations", 20, maximumBudget, IsLogarithmic: true);
        Panel[] panels =
        [
            .. problems.SelectMany(problem => new Panel[]
            {
                new Chart(problem.Title, lengths, errors,
                [
                    .. algorithms.Select(algorithm => CreateCurve(
                        problem, algorithm, noise, summary => summary.TestError)),
                ])
                { IsDodged = true },
                new Chart(problem.Title, lengths, presentations,
                [
                    .. algorithms.Select(algorithm => CreateCurve(
                        problem, algorithm, noise, summary => summary.Presentations)),
                    .. CreateBudgetLines(problem, algorithms),
                ])
                { IsDodged = true },
            }),
        ];
        var rows = from problem in problems
                   from algorithm in algorithms
                   let runs = table[problem, algorithm]
                   from length in Enumerable.Range(0, runs.Lengths.Count)
                   select CreateRow(runs, noise, length);
        return new(id, title, caption, panels, 2, new Table(Columns, [.. rows]));
    }

    private Series CreateCurve(
        Problem problem, Algorithm algorithm, int noise, Func<OutcomeSummary, Estimate> estimate)
    {
        AlgorithmRuns runs = table[problem, algorithm];
        (Marker mark, int colour) = SeriesStyles[algorithm];
        return RunSeries.CreateCurve(
            runs, algorithm.Name,
            length => estimate(runs.Summarize(
                runs.GetEligibleOutcomes(noise, length), AlgorithmRuns.PresentationsToStop)),
            mark, colour);
    }

    /// <summary>Creates one horizontal line per budget.</summary>
    private IEnumerable<Series> CreateBudgetLines(Problem problem, IReadOnlyList<Algorithm> algorithms)
    {
        var budgets = algorithms.GroupBy(algorithm => table[problem, algorithm].Budget).OrderBy(group => group.Key);
        foreach ((int i, var budget) in budgets.Index())
        {
            yield return i == 0
                ? Series.CreateLevel("budget", budget.Key)
                : Series.CreateLevel("budget of annealing and guessing", budget.Key, colour: 6);
        }
    }

    private static string[] CreateRow(AlgorithmRuns runs, int noise, int length)
    {
        Outcome[] outcomes = runs.GetOutcomes(noise, length);
        OutcomeSummary summary = runs.Summarize(outcomes, AlgorithmRuns.PresentationsToStop);
        double[] presentationsOfLearned = [
            .. outcomes.Where(outcome => outcome.IsConverged).Select(outcome => (double)outcome.Presentations)];
        return
        [
            runs.Problem.Id,
            Table.FormatNumber(runs.Noises[noise]),
            Table.FormatInteger(runs.Lengths[length]),
            runs.Algorithm.Id,
            Table.FormatInteger(summary.Trials),
            Table.FormatInteger(summary[StopReason.Converged]),
            Table.FormatNumber(summary.Success.Lower),
            Table.FormatNumber(summary.Success.Upper),
            Table.FormatNumber(summary.TestError.Value),
            Table.FormatNumber(summary.TestError.Lower),
            Table.FormatNumber(summary.TestError.Upper),
            Table.FormatNumber(summary.Presentations.IsCensored
                ? double.PositiveInfinity : summary.Presentations.Value),
            Table.FormatNumber(summary.Presentations.Lower),
            Table.FormatNumber(summary.Presentations.Upper),
            Table.FormatNumber(presentationsOfLearned.Length == 0 ? double.NaN : presentationsOfLearned.Average()),
            Table.FormatInteger(summary[StopReason.BudgetExhausted]),
            Table.FormatInteger(summary[StopReason.Stuck]),
            Table.FormatInteger(summary[StopReason.Diverged]),
            Table.FormatInteger(outcomes.Length - runs.GetEligibleOutcomes(noise, length).Length),
            Table.FormatInteger(outcomes.Sum(outcome => outcome.SkippedPresentations)),
            Table.FormatInteger(summary.EvaluationPresentations),
        ];
    }
}
