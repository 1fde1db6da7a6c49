using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Training;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// Figure 4: the six algorithms of the paper and random guessing on its three problems: classification error and
/// presentations against T, with and without input noise. Further figures show other interpretations of algorithms and
/// problems.
/// </summary>
internal sealed class AlgorithmComparison : IExperiment
{
    private static readonly double[] Noises = [0.0, Problem.PaperNoise];

    public string Id => "figure-4";

    public string Title => "Comparison of learning algorithms";

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        return
        [
            .. from entry in EnumerateRuns(size)
               select entry.Problem.CreateSweep(
                   Id,
                   entry.Algorithm,
                   noise => TunedSettings.CreateLearner(entry.Problem, entry.Algorithm, noise),
                   size.Lengths,
                   entry.Noises,
                   size.GetBudget(entry.Problem, entry.Algorithm),
                   entry.Trials),
        ];
    }

    public IEnumerable<ReportedSetting> AdditionalSettings
        => from problem in Problem.FromPaper
           from noise in TunedSettings.Noises
           from algorithm in KnownAlgorithms.All
           let tuned = TunedSettings.Get(problem, algorithm, noise)
           from setting in Settings.GetAll(TunedSettings.CreateLearner(problem, algorithm, noise))
           select new ReportedSetting(
               $"{problem.Title}, {algorithm.Name}, noise {NumberFormat.Short(noise)}",
               setting.Name,
               setting.Value,
               tuned.ContainsKey(setting.Name) ? "latchlab tune" : setting.Source,
               setting.Description);

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => Settings.GetAll(settings.Resolution.Comparison, "resolution").Select(setting => setting.Path)
            .Except(settings.Resolution.Comparison.ComparedInterpretations == InterpretationsShown.All
                ? [] : ["resolution.compared-interpretation-trials"]);

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        var table = new RunTable([.. EnumerateRuns(size).Select((entry, i) => new AlgorithmRuns(
            entry.Problem, entry.Algorithm, size.Lengths, entry.Noises, outcomes[i]))]);
        string captionOfRun =
            $"{size.ComparedTrials} trials per point with the same initial parameters and training set for every " +
            $"algorithm, {new Tasks.LatchTask().Sequences} training sequences; seed {seed}. Errors: mean over " +
            $"{outcomes[0].Sweep.Configurations[0].TestSequences} test sequences of every trial, with 95 % intervals " +
            "(Student; Wilson where all trials agree). Presentations to the stopping criterion: " +
            "median; runs that exhausted their budget or diverged count as later than all others";
        var figure = new ComparisonFigureBuilder(table);
        List<Figure> figures =
        [
            .. Noises.Select((noise, i) => figure.Build(
                noise > 0.0 ? $"{Id}-noise" : Id,
                noise > 0.0
                    ? "Figure 4. Comparison of learning algorithms, with input noise"
                    : "Figure 4. Comparison of learning algorithms, without noise",
                $"{(noise > 0.0 ? $"Input noise U[−{noise}, {noise}]" : "No input noise")}; {captionOfRun}.",
                Problem.FromPaper,
                KnownAlgorithms.InFigure4,
                i)
                    with {
                        Remark =
                            $"{PublishedResults.DescribeComparison(table, i)} " +
                                $"{DescribeSkippedPresentations(table, i)}" }),
        ];
        if (size.ComparedInterpretations == InterpretationsShown.All)
        {
            figures.Add(figure.Build(
                $"{Id}-variants",
                "Figure 4, other interpretations of the algorithms",
                $"Input noise U[−{Problem.PaperNoise}, {Problem.PaperNoise}]; {captionOfRun}.",
                Problem.FromPaper,
                AlgorithmVariants,
                noise: 1));
            figures.Add(figure.Build(
                $"{Id}-problems",
                "Figure 4, other interpretations of the problems",
                $"Noise {Problem.PaperNoise}: half the width of a uniform interval for 2-Sequence, the variance for " +
                    $"the Latch problem; {size.ComparedInterpretationTrials} trials per point; otherwise as in " +
                    $"Figure 4.",
                Problem.AlternativeInterpretations,
                KnownAlgorithms.InFigure4,
                noise: 0));
        }

        return new(figures, [.. new AlgorithmClaims(table, seed).EvaluateClaims()]);
    }

    /// <summary>Describes the skipped presentations of the searches.</summary>
    private static string DescribeSkippedPresentations(RunTable table, int noise)
    {
        Outcome[] searches =
        [
            .. from problem in Problem.FromPaper
               from algorithm in KnownAlgorithms.InFigure4
               where algorithm.Learner.IsSearch
               let runs = table[problem, algorithm]
               from length in Enumerable.Range(0, runs.Lengths.Count)
               from outcome in runs.GetOutcomes(noise, length)
               select outcome,
        ];
        long charged = searches.Sum(outcome => (long)outcome.Presentations),
            skipped = searches.Sum(outcome => outcome.SkippedPresentations);
        return $"Of the {NumberFormat.GroupThousands(charged)} presentations that are charged to the searches, " +
            $"{NumberFormat.GroupThousands(skipped)} were not needed because the candidate was already decided; they " +
            "are skipped if no other trial of the same batch needs them either.";
    }

    private static IReadOnlyList<Algorithm> AlgorithmVariants { get; } =
    [
        KnownAlgorithms.PseudoNewton,
        KnownAlgorithms.PseudoNewtonAdaptiveDamping,
        KnownAlgorithms.TimeWeightedPseudoNewton,
        KnownAlgorithms.TimeWeightedPseudoNewtonTunedRate,
        KnownAlgorithms.DiscreteErrorPropagation,
        KnownAlgorithms.DiscreteErrorPropagationAsPrinted,
        KnownAlgorithms.DiscreteErrorPropagationFeasibleOnly,
    ];

    private static IEnumerable<(Problem Problem, Algorithm Algorithm, double[] Noises, int Trials)> EnumerateRuns(
        ComparisonSize size)
    {
        bool includesInterpretations = size.ComparedInterpretations == InterpretationsShown.All;
        return
        [
            .. from problem in Problem.FromPaper
               from algorithm in includesInterpretations ? KnownAlgorithms.All : KnownAlgorithms.InFigure4
               select (problem, algorithm, Noises, size.ComparedTrials),
            .. from problem in includesInterpretations ? Problem.AlternativeInterpretations : []
               from algorithm in KnownAlgorithms.All
               select (problem, algorithm, new[] { Problem.PaperNoise }, size.ComparedInterpretationTrials),
        ];
    }
}
