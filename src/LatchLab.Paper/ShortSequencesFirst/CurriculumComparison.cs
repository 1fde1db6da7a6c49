using LatchLab.Figures;
using LatchLab.Learning;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Figure4;
using LatchLab.Statistics;
using LatchLab.Sweeps;
using LatchLab.Training;

namespace LatchLab.Paper.ShortSequencesFirst;

/// <summary>
/// Claim 15: learners that train on the full length, compared with the same learners under a curriculum from short to
/// long sequences, in the same trials.
/// </summary>
internal sealed class CurriculumComparison : IExperiment, ITrialClaims
{
    private static readonly Problem[] Problems = [Problem.Latch, Problem.Parity];

    private static readonly double[] Noises = [0.0, Problem.PaperNoise];

    private static readonly
        TableColumns<(AlgorithmRuns Runs, int Noise, int Length, OutcomeSummary Summary)> Columns = new(
        ("problem", row => row.Runs.Problem.Id),
        ("algorithm", row => row.Runs.Algorithm.Id),
        ("noise", row => row.Runs.Noises[row.Noise]),
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

    public IReadOnlyList<string> VariedFields => Problem.VariedFields;

    public ReportOptions SweepReport { get; } = new()
    {
        Layout = ReportOptions.Comparison,
        X = "task.length",
    };

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        return
        [
            .. from entry in EnumerateRuns()
               select entry.Problem.CreateSweep(
                   Id,
                   entry.Algorithm,
                   noise => CreateLearner(entry.Problem, entry.Baseline, entry.Algorithm, noise),
                   size.Lengths,
                   Noises,
                   size.ComparedBudget,
                   size.ComparedTrials),
        ];
    }

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => ["resolution.compared-length", "resolution.compared-trials", "resolution.compared-budget"];

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        RunTable table = CreateTable(size, outcomes);
        var lengthAxis = new Axis("sequence length T", size.Lengths[0], size.Lengths[^1], IsLogarithmic: true);
        var learnedAxis = new Axis("trials learned", 0.0, 1.0);
        var presentationsAxis = new Axis("presentations", 20, size.ComparedBudget, IsLogarithmic: true);
        Chart[] panels =
        [
            .. from problem in Problems
               from noise in Enumerable.Range(0, Noises.Length)
               let title = Noises[noise] > 0.0 ? $"{problem.Title}, with noise" : $"{problem.Title}, without noise"
               from chart in new Chart[]
               {
                   new(title, lengthAxis, learnedAxis,
                       [.. CreateSeries(table, problem, noise, summary => summary.Success)]),
                   new(title, lengthAxis, presentationsAxis,
                       [.. CreateSeries(table, problem, noise, summary => summary.Presentations),
                           Series.CreateLevel("budget", size.ComparedBudget)]),
               }
               select chart with { IsDodged = true },
        ];
        var rows = from entry in EnumerateRuns()
                   let runs = table[entry.Problem, entry.Algorithm]
                   from noise in Enumerable.Range(0, Noises.Length)
                   from length in Enumerable.Range(0, runs.Lengths.Count)
                   select (runs, noise, length, Summarize(runs, noise, length));
        var figure = new Figure(
            Id,
            Title,
            $"Without noise and with input noise U[−{Problem.PaperNoise}, {Problem.PaperNoise}]; " +
                $"{size.ComparedTrials} trials per point; seed {seed}. A curriculum starts with T = " +
                $"{new Curriculum().FirstLength} and doubles it whenever a training set is learned; the " +
                "presentations of all lengths count. Presentations: median.",
            panels,
            2,
            Columns.CreateTable(rows));
        return new(
            [figure],
            [
                .. from pair in AlgorithmPairs
                   where settings.Tests(ClaimTable.ShortSequencesHelp)
                   select ClaimEvaluator.Evaluate(
                       Collect(table, size, pair), pair == AlgorithmPairs[0] ? "" : pair.Baseline.Name),
            ]);
    }

    public int GetTrials(Resolution resolution) => resolution.Comparison.ComparedTrials;

    public IEnumerable<ClaimSample> CollectClaims(
        ReproductionSettings settings, IReadOnlyList<SweepOutcomes> outcomes)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        return [Collect(CreateTable(size, outcomes), size, AlgorithmPairs[0])];
    }

    private static RunTable CreateTable(ComparisonSize size, IReadOnlyList<SweepOutcomes> outcomes)
        => new([.. EnumerateRuns().Select((entry, i) => new AlgorithmRuns(
            entry.Problem, entry.Algorithm, size.Lengths, Noises, outcomes[i]))]);

    /// <summary>
    /// Collects the claim for one algorithm: at every length above that of the first training set, most trials are
    /// learned, and in fewer presentations than without the short sequences. Back-propagation is the reference.
    /// </summary>
    private static ClaimSample Collect(RunTable table, ComparisonSize size, AlgorithmPair pair)
    {
        ClaimRow row = ClaimTable.ShortSequencesHelp;
        if (size.FindWhatIsMissing(hasSearches: false) is { } missing)
            return new(row, [], missing);
        var plan = new ClaimPlan(
            row,
            ComparisonClaims.Each(row, Problems, pair.WithCurriculum, ComparisonClaims.Learned, rule: 0),
            ComparisonClaims.Against(
                row, Problems, pair.WithCurriculum, [pair.Baseline], ComparisonClaims.IsEarlier, rule: 1));
        return new(row, plan.CreateParts(table, new Curriculum().FirstLength));
    }

    private static LearnerDefinition CreateLearner(
        Problem problem, Algorithm baseline, Algorithm algorithm, double noise)
    {
        LearnerDefinition learner = TunedSettings.CreateLearner(problem, baseline, noise);
        return algorithm == baseline ? learner : new Curriculum { Learner = learner };
    }

    private static IEnumerable<(Problem Problem, Algorithm Baseline, Algorithm Algorithm)> EnumerateRuns()
        => from problem in Problems
           from learner in AlgorithmPairs
           from algorithm in new[] { learner.Baseline, learner.WithCurriculum }
           select (problem, learner.Baseline, algorithm);

    private static OutcomeSummary Summarize(AlgorithmRuns runs, int noise, int length)
        => runs.Summarize(runs.GetOutcomes(noise, length), AlgorithmRuns.PresentationsToLearn);

    private static IEnumerable<Series> CreateSeries(
        RunTable table, Problem problem, int noise, Func<OutcomeSummary, Estimate> estimate)
        => from pair in AlgorithmPairs
           from entry in new[] { (Algorithm: pair.Baseline, Mark: pair.BaselineMark),
               (Algorithm: pair.WithCurriculum, Mark: pair.CurriculumMark) }
           let runs = table[problem, entry.Algorithm]
           select runs.ToCurve(
               entry.Algorithm.Name, length => estimate(Summarize(runs, noise, length)), entry.Mark, pair.Colour);
}
