using LatchLab.Figures;
using LatchLab.Learning;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Figure4;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.ShortSequencesFirst;

/// <summary>
/// Claim 15: learners that train on the full length, compared with the same learners under a curriculum from short to
/// long sequences, in the same trials.
/// </summary>
public sealed class CurriculumComparison : IExperiment
{
    private static readonly Problem[] Problems = [Problem.Latch, Problem.Parity];

    private static readonly
        (Algorithm Baseline, Algorithm WithCurriculum, Marker BaselineMark, Marker CurriculumMark, int Colour)[]
        AlgorithmPairs =
    [
        CreatePair(KnownAlgorithms.Backpropagation, Marker.Square, Marker.FilledSquare, 0),
        CreatePair(KnownAlgorithms.TimeWeightedPseudoNewton, Marker.TriangleUp, Marker.FilledTriangle, 2),
        CreatePair(KnownAlgorithms.DiscreteErrorPropagation, Marker.Circle, Marker.Disc, 1),
    ];

    /// <inheritdoc/>
    public string Id => "curriculum";

    /// <inheritdoc/>
    public string Title => "Short sequences first";

    /// <inheritdoc/>
    public IEnumerable<ReportedSetting> AdditionalSettings =>
    [
        ReportedSetting.CreateFixed("first-length", new Curriculum().FirstLength,
            "claim 15: T of the first training set"),
        ReportedSetting.CreateFixed("growth", new Curriculum().Growth, "claim 15: growth factor of T"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        return
        [
            .. from entry in EnumerateRuns()
               let learner = TunedSettings.CreateLearner(entry.Problem, entry.Baseline)
               select new Sweep(
                   $"{Id}, {entry.Problem.Title}, {entry.Algorithm.Name}",
                   [
                       .. size.Lengths.Select(length => entry.Problem.CreateConfiguration(
                           entry.Algorithm,
                           entry.Algorithm == entry.Baseline ? learner : new Curriculum { Learner = learner },
                           length,
                           Problem.PaperNoise,
                           size.ComparedBudget)),
                   ],
                   size.ComparedTrials),
        ];
    }

    /// <inheritdoc/>
    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => ["resolution.compared-length", "resolution.compared-trials", "resolution.compared-budget"];

    /// <inheritdoc/>
    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        var table = new RunTable([.. EnumerateRuns().Select((entry, i) => new AlgorithmRuns(
            entry.Problem, entry.Algorithm, size.Lengths, [Problem.PaperNoise], outcomes[i]))]);
        var lengthAxis = new Axis("sequence length T", size.Lengths[0], size.Lengths[^1], IsLogarithmic: true);
        var learnedAxis = new Axis("trials learned", 0.0, 1.0);
        var presentationsAxis = new Axis("presentations", 20, size.ComparedBudget, IsLogarithmic: true);
        Panel[] panels =
        [
            .. Problems.SelectMany(problem => new Panel[]
            {
                new Chart(problem.Title, lengthAxis, learnedAxis,
                    [.. CreateSeries(table, problem, summary => summary.Success)]) { IsDodged = true },
                new Chart(problem.Title, lengthAxis, presentationsAxis,
                [
                    .. CreateSeries(table, problem, summary => summary.Presentations),
                    Series.CreateLevel("budget", size.ComparedBudget),
                ])
                { IsDodged = true },
            }),
        ];
        var rows = from entry in EnumerateRuns()
                   let runs = table[entry.Problem, entry.Algorithm]
                   from length in Enumerable.Range(0, runs.Lengths.Count)
                   let summary = Summarize(runs, length)
                   let median = summary.Presentations
                   select (IReadOnlyList<string>)
                   [
                       entry.Problem.Id, entry.Algorithm.Id, Table.FormatInteger(runs.Lengths[length]),
                       Table.FormatInteger(summary[StopReason.Converged]), Table.FormatInteger(summary.Trials),
                       Table.FormatNumber(summary.Success.Lower),
                       Table.FormatNumber(summary.Success.Upper),
                       Table.FormatNumber(median.IsCensored ? double.PositiveInfinity : median.Value),
                   ];
        var figure = new Figure(
            Id,
            "Short sequences first",
            $"Input noise U[−{Problem.PaperNoise}, {Problem.PaperNoise}]; {size.ComparedTrials} trials per point; " +
                $"seed {seed}. A curriculum starts with T = {new Curriculum().FirstLength} and doubles it whenever a " +
                "training set is learned; the presentations of all lengths count. Presentations: median.",
            panels,
            2,
            new Table(
                ["problem", "algorithm", "length", "learned", "trials", "lower_95", "upper_95", "median_presentations"],
                [.. rows]));
        var evaluator = new ClaimEvaluator(table, seed);
        return new([figure], [.. from problem in Problems
                                 from learner in AlgorithmPairs
                                 select EvaluateClaim(evaluator, problem, learner.Baseline, learner.WithCurriculum)]);
    }

    private static Claim EvaluateClaim(ClaimEvaluator evaluator, Problem problem, Algorithm baseline,
        Algorithm curriculum)
    {
        ClaimTest faster = evaluator.EvaluateFaster(problem, curriculum, baseline);
        return new(
            15,
            "Starting with short sequences, the system rapidly settles in the right region.",
            "Section VI",
            $"{problem.Title}, {baseline.Name}",
            faster.Verdict,
            $"{faster.Evidence} {evaluator.EvaluateSolved(problem, baseline).Evidence} " +
                evaluator.EvaluateSolved(problem, curriculum).Evidence);
    }

    private static (Algorithm, Algorithm, Marker, Marker, int) CreatePair(Algorithm baseline, Marker baselineMark,
        Marker curriculumMark, int colour)
        => (
            baseline,
            baseline with { Id = $"curriculum-{baseline.Id}", Name = $"{baseline.Name}, curriculum" },
            baselineMark,
            curriculumMark,
            colour);

    private static IEnumerable<(Problem Problem, Algorithm Baseline, Algorithm Algorithm)> EnumerateRuns()
        => from problem in Problems
           from learner in AlgorithmPairs
           from algorithm in new[] { learner.Baseline, learner.WithCurriculum }
           select (problem, learner.Baseline, algorithm);

    private static OutcomeSummary Summarize(AlgorithmRuns runs, int length)
        => runs.Summarize(runs.GetOutcomes(0, length), AlgorithmRuns.PresentationsToLearn);

    private static IEnumerable<Series> CreateSeries(
        RunTable table, Problem problem, Func<OutcomeSummary, Estimate> estimate)
    {
        foreach ((Algorithm baseline, Algorithm curriculum, Marker baselineMark, Marker curriculumMark,
            int colour) in AlgorithmPairs)
        {
            foreach ((Algorithm algorithm, Marker mark) in new[] { (baseline, baselineMark),
                (curriculum, curriculumMark) })
            {
                AlgorithmRuns runs = table[problem, algorithm];
                yield return RunSeries.CreateCurve(
                    runs, algorithm.Name, length => estimate(Summarize(runs, length)), mark, colour);
            }
        }
    }
}
