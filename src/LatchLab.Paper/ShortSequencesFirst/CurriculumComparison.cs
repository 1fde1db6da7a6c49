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
internal sealed class CurriculumComparison : IExperiment
{
    private static readonly ClaimStatement Statement = new(
        15, "Starting with short sequences, the system rapidly settles in the right region.", "Section VI");

    private static readonly Problem[] Problems = [Problem.Latch, Problem.Parity];

    private static readonly TableColumns<(AlgorithmRuns Runs, int Length, OutcomeSummary Summary)> Columns = new(
        ("problem", row => row.Runs.Problem.Id),
        ("algorithm", row => row.Runs.Algorithm.Id),
        ("length", row => row.Runs.Lengths[row.Length]),
        ("learned", row => row.Summary[StopReason.Converged]),
        ("trials", row => row.Summary.Trials),
        ("lower_95", row => row.Summary.Success.Lower),
        ("upper_95", row => row.Summary.Success.Upper),
        ("median_presentations", row => row.Summary.Presentations.IsCensored
            ? double.PositiveInfinity : row.Summary.Presentations.Value));

    private static readonly AlgorithmPair[] AlgorithmPairs =
    [
        new(KnownAlgorithms.Backpropagation, Marker.Square, Marker.FilledSquare, 0),
        new(KnownAlgorithms.TimeWeightedPseudoNewton, Marker.TriangleUp, Marker.FilledTriangle, 2),
        new(KnownAlgorithms.DiscreteErrorPropagation, Marker.Circle, Marker.Disc, 1),
    ];

    /// <summary>An algorithm with and without a curriculum, with the markers and the colour of both curves.</summary>
    private sealed record AlgorithmPair(Algorithm Baseline, Marker BaselineMark, Marker CurriculumMark, int Colour)
    {
        public Algorithm WithCurriculum { get; } = Baseline with
        {
            Id = $"curriculum-{Baseline.Id}",
            Name = $"{Baseline.Name}, curriculum",
        };
    }

    public string Id => "curriculum";

    public string Title => "Short sequences first";

    public IEnumerable<ReportedSetting> AdditionalSettings => FixedSettings.Create("Fixed",
        ("first-length", new Curriculum().FirstLength, "claim 15: T of the first training set"),
        ("growth", new Curriculum().Growth, "claim 15: growth factor of T"));

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        return
        [
            .. from entry in EnumerateRuns()
               let learner = TunedSettings.CreateLearner(entry.Problem, entry.Baseline, Problem.PaperNoise)
               select entry.Problem.CreateSweep(
                   Id,
                   entry.Algorithm,
                   _ => entry.Algorithm == entry.Baseline ? learner : new Curriculum { Learner = learner },
                   size.Lengths,
                   [Problem.PaperNoise],
                   size.ComparedBudget,
                   size.ComparedTrials),
        ];
    }

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => ["resolution.compared-length", "resolution.compared-trials", "resolution.compared-budget"];

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        var table = new RunTable([.. EnumerateRuns().Select((entry, i) => new AlgorithmRuns(
            entry.Problem, entry.Algorithm, size.Lengths, [Problem.PaperNoise], outcomes[i]))]);
        var lengthAxis = new Axis("sequence length T", size.Lengths[0], size.Lengths[^1], IsLogarithmic: true);
        var learnedAxis = new Axis("trials learned", 0.0, 1.0);
        var presentationsAxis = new Axis("presentations", 20, size.ComparedBudget, IsLogarithmic: true);
        Chart[] panels =
        [
            .. Problems.SelectMany(problem => new Chart[]
            {
                new(problem.Title, lengthAxis, learnedAxis,
                    [.. CreateSeries(table, problem, summary => summary.Success)]),
                new(problem.Title, lengthAxis, presentationsAxis,
                    [.. CreateSeries(table, problem, summary => summary.Presentations),
                        Series.CreateLevel("budget", size.ComparedBudget)]),
            }).Select(chart => chart with { IsDodged = true }),
        ];
        var rows = from entry in EnumerateRuns()
                   let runs = table[entry.Problem, entry.Algorithm]
                   from length in Enumerable.Range(0, runs.Lengths.Count)
                   select (runs, length, Summarize(runs, length));
        var figure = new Figure(
            Id,
            Title,
            $"Input noise U[−{Problem.PaperNoise}, {Problem.PaperNoise}]; {size.ComparedTrials} trials per point; " +
                $"seed {seed}. A curriculum starts with T = {new Curriculum().FirstLength} and doubles it whenever a " +
                "training set is learned; the presentations of all lengths count. Presentations: median.",
            panels,
            2,
            Columns.CreateTable(rows));
        var evaluator = new ClaimEvaluator(table, seed);
        return new([figure], [.. from problem in Problems
                                 from learner in AlgorithmPairs
                                 select EvaluateClaim(evaluator, problem, learner.Baseline, learner.WithCurriculum)]);
    }

    private static Claim EvaluateClaim(ClaimEvaluator evaluator, Problem problem, Algorithm baseline,
        Algorithm curriculum)
    {
        ClaimTest faster = evaluator.EvaluateFaster(problem, curriculum, baseline);
        return Statement.Conclude(
            $"{problem.Title}, {baseline.Name}",
            faster.Verdict,
            $"{faster.Evidence} {evaluator.EvaluateSolved(problem, baseline).Evidence} " +
                evaluator.EvaluateSolved(problem, curriculum).Evidence);
    }

    private static IEnumerable<(Problem Problem, Algorithm Baseline, Algorithm Algorithm)> EnumerateRuns()
        => from problem in Problems
           from learner in AlgorithmPairs
           from algorithm in new[] { learner.Baseline, learner.WithCurriculum }
           select (problem, learner.Baseline, algorithm);

    private static OutcomeSummary Summarize(AlgorithmRuns runs, int length)
        => runs.Summarize(runs.GetOutcomes(0, length), AlgorithmRuns.PresentationsToLearn);

    private static IEnumerable<Series> CreateSeries(
        RunTable table, Problem problem, Func<OutcomeSummary, Estimate> estimate)
        => from pair in AlgorithmPairs
           from entry in new[] { (Algorithm: pair.Baseline, Mark: pair.BaselineMark),
               (Algorithm: pair.WithCurriculum, Mark: pair.CurriculumMark) }
           let runs = table[problem, entry.Algorithm]
           select runs.ToCurve(
               entry.Algorithm.Name, length => estimate(Summarize(runs, length)), entry.Mark, pair.Colour);
}
