using LatchLab.Figures;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;
using LatchLab.Sweeps.Reports;
using LatchLab.Training;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// Builds a figure with two columns of panels, one row per problem: error on the left, presentations on the right. Runs
/// that are not eligible (<see cref="AlgorithmRuns"/>) are not drawn, but the table contains them.
/// </summary>
internal sealed class ComparisonFigureBuilder(RunTable table)
{
    private static readonly Dictionary<Algorithm, CurveStyle> VariantStyles = new()
    {
        [KnownAlgorithms.BackpropagationBounded] = new(Marker.FilledSquare, 0),
        [KnownAlgorithms.BackpropagationSmallSteps] = new(Marker.Cross, 0),
        [KnownAlgorithms.PseudoNewtonBounded] = new(Marker.FilledTriangle, 5),
        [KnownAlgorithms.PseudoNewtonSmallSteps] = new(Marker.Cross, 5),
        [KnownAlgorithms.PseudoNewtonAdaptiveDamping] = new(Marker.FilledDiamond, 5),
        [KnownAlgorithms.TimeWeightedPseudoNewtonTunedRate] = new(Marker.FilledTriangle, 2),
        [KnownAlgorithms.TimeWeightedPseudoNewtonUnbounded] = new(Marker.Cross, 2),
        [KnownAlgorithms.DiscreteErrorPropagationAsPrinted] = new(Marker.Disc, 1),
        [KnownAlgorithms.DiscreteErrorPropagationFeasibleOnly] = new(Marker.FilledDiamond, 1),
        [KnownAlgorithms.SimulatedAnnealingTuned] = new(Marker.Square, 4),
        [KnownAlgorithms.SimulatedAnnealingUnlimitedStep] = new(Marker.FilledTriangle, 4),
        [KnownAlgorithms.SimulatedAnnealingHot] = new(Marker.FilledDiamond, 4),
        [KnownAlgorithms.SimulatedAnnealingCool] = new(Marker.Cross, 4),
    };

    private static readonly TableColumns<RunGroup> Columns = new(
        ("problem", group => group.Runs.Problem.Id),
        ("noise", group => group.Runs.Noises[group.Noise]),
        ("length", group => group.Runs.Lengths[group.Length]),
        ("algorithm", group => group.Runs.Algorithm.Id),
        ("trials", group => group.Summary.Trials),
        ("learned", group => group.Summary[StopReason.Converged]),
        ("lower_95", group => group.Summary.Success.Lower),
        ("upper_95", group => group.Summary.Success.Upper),
        ("error", group => group.Summary.TestError.Value),
        ("error_lower_95", group => group.Summary.TestError.Lower),
        ("error_upper_95", group => group.Summary.TestError.Upper),
        ("median_presentations", group => group.Summary.Presentations.IsCensored
            ? double.PositiveInfinity : group.Summary.Presentations.Value),
        ("median_lower_95", group => group.Summary.Presentations.Lower),
        ("median_upper_95", group => group.Summary.Presentations.Upper),
        ("restricted_mean_presentations", group => group.RestrictedMean.Value),
        ("restricted_mean_lower_95", group => group.RestrictedMean.Lower),
        ("restricted_mean_upper_95", group => group.RestrictedMean.Upper),
        ("mean_presentations_of_learned", group => group.Outcomes.Where(outcome => outcome.IsConverged)
            .Select(outcome => (double)outcome.Presentations).DefaultIfEmpty(double.NaN).Average()),
        ("budget_exhausted", group => group.Summary[StopReason.BudgetExhausted]),
        ("stuck", group => group.Summary[StopReason.Stuck]),
        ("diverged", group => group.Summary[StopReason.Diverged]),
        ("skipped_presentations", group => group.Outcomes.Sum(outcome => outcome.SkippedPresentations)),
        ("evaluation_presentations", group => group.Summary.EvaluationPresentations));

    /// <summary>The runs of an algorithm at the noise and the length of an index.</summary>
    private sealed record RunGroup(AlgorithmRuns Runs, int Noise, int Length, int CommonBudget)
    {
        public Outcome[] Outcomes { get; } = Runs.GetOutcomes(Noise, Length);

        public OutcomeSummary Summary { get; } = Runs.Summarize(
            Runs.GetOutcomes(Noise, Length), outcome => outcome.PresentationsToStop);

        /// <summary>
        /// The mean of the presentations to learn, each at most the least budget of the figure: one number for all
        /// trials that algorithms with different budgets share.
        /// </summary>
        public Estimate RestrictedMean { get; } = Statistics.RestrictedMean.Compute(
            [.. Runs.GetOutcomes(Noise, Length).Select(AlgorithmRuns.PresentationsToLearn)], CommonBudget, 0.95);
    }

    /// <summary>
    /// Builds the figure of some problems, one row each, and algorithms, one curve each, at the noise of an index.
    /// </summary>
    public Figure Build(
        string id,
        string title,
        string caption,
        IReadOnlyList<Problem> problems,
        IReadOnlyList<Algorithm> algorithms,
        int noise)
    {
        AlgorithmRuns[] runsOfFigure =
        [
            .. from problem in problems
               from algorithm in algorithms
               where table.Contains(problem, algorithm)
               select table[problem, algorithm],
        ];
        Problem[] shown = [.. problems.Where(problem => runsOfFigure.Any(runs => runs.Problem == problem))];
        AlgorithmRuns firstRuns = runsOfFigure[0];
        var lengths = new Axis("sequence length T", firstRuns.Lengths[0], firstRuns.Lengths[^1], IsLogarithmic: true);
        int maximumBudget = runsOfFigure.Max(runs => runs.Budget), commonBudget = runsOfFigure.Min(runs => runs.Budget);
        RunGroup[][] groups =
        [
            .. runsOfFigure.Select(runs => Enumerable.Range(0, runs.Lengths.Count)
                .Select(length => new RunGroup(runs, noise, length, commonBudget)).ToArray()),
        ];
        bool isAboveChance = groups.Any(runs => runs.Any(group => group.Summary.TestError.Upper > 0.6));
        var errors = new Axis("classification error", 0.0, isAboveChance ? 1.0 : 0.6);
        var presentations = new Axis("presentations until it stopped", 20, maximumBudget, IsLogarithmic: true);
        Chart[] panels =
        [
            .. shown.SelectMany(problem => new Chart[]
            {
                new(problem.Title, lengths, errors, [.. CreateCurves(problem, summary => summary.TestError)]),
                new(problem.Title, lengths, presentations,
                    [.. CreateCurves(problem, summary => summary.Presentations),
                        .. CreateBudgetLines(runsOfFigure.Where(runs => runs.Problem == problem))]),
            }).Select(chart => chart with { IsDodged = true }),
        ];
        return new(id, title, caption, panels, 2, Columns.CreateTable(groups.SelectMany(runs => runs)));

        IEnumerable<Series> CreateCurves(Problem problem, Func<OutcomeSummary, Estimate> estimate)
            => from entry in runsOfFigure.Zip(groups)
               let runs = entry.First
               where runs.Problem == problem
               let style = VariantStyles.TryGetValue(runs.Algorithm, out CurveStyle variant) ? variant
                   : LearnerStyles.Get(runs.Algorithm.Learner.Name)
               select runs.ToCurve(
                   runs.Algorithm.Name, length => estimate(entry.Second[length].Summary), style.Marker, style.Colour);
    }

    /// <summary>Creates one horizontal line per budget.</summary>
    private static IEnumerable<Series> CreateBudgetLines(IEnumerable<AlgorithmRuns> runs)
        => from budget in runs.Select(run => run.Budget).Distinct().Order().Index()
           select budget.Index == 0
               ? Series.CreateLevel("budget", budget.Item)
               : Series.CreateLevel("budget of annealing and guessing", budget.Item, colour: 6);
}
