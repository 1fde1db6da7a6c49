using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.Catalogue.Figure4;

/// <summary>
/// Figure 4: the six algorithms of the paper and random guessing on its three problems, classification error and
/// presentations against T, with and without input noise; besides, other readings of algorithms and problems.
/// </summary>
public sealed class AlgorithmComparison : IExhibit
{
    private static readonly double[] Noises = [0.0, Problem.PaperNoise];

    /// <inheritdoc/>
    public string Id => "figure-4";

    /// <inheritdoc/>
    public string Title => "Comparison of learning algorithms";

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(Study study)
    {
        ComparisonSize size = study.Fineness.Comparison;
        return
        [
            .. from entry in Entries(size)
               select new Sweep(
                   $"{Id}, {entry.Problem.Title}, {entry.Contender.Name}",
                   [
                       .. from noise in entry.Noises
                          from length in size.Lengths
                          select entry.Problem.Cell(
                              entry.Contender,
                              TunedSettings.Learner(entry.Problem, entry.Contender),
                              length,
                              noise,
                              size.BudgetOf(entry.Contender)),
                   ],
                   entry.Trials),
        ];
    }

    /// <inheritdoc/>
    public IEnumerable<ReportedSetting> Choices
        => from problem in Problem.All
           from contender in Contenders.All
           let tuned = TunedSettings.Of(problem, contender)
           from setting in Settings.Of(TunedSettings.Learner(problem, contender))
           select new ReportedSetting(
               $"{problem.Title}, {contender.Name}",
               setting.Name,
               setting.Value,
               tuned.ContainsKey(setting.Name) ? "latchlab tune" : setting.Source,
               setting.Meaning);

    /// <inheritdoc/>
    public Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        ComparisonSize size = study.Fineness.Comparison;
        Race[] races =
        [
            .. Entries(size).Select((entry, i) => new Race(
                entry.Problem, entry.Contender, size.Lengths, entry.Noises, outcomes[i])),
        ];
        var standings = new Standings(races);
        string run = $"{size.ComparedTrials} trials a point with the same initial parameters and training set for " +
            $"every algorithm, {new Tasks.LatchTask().Sequences} training sequences; seed {seed}. Errors: mean over " +
            "200 fresh sequences of every trial, interval by the bootstrap. Presentations to the stopping criterion: " +
            "median, runs that their budget ended or that diverged counting as later than all others. Annealings " +
            $"whose budget ended before {Race.FewestTemperatures} temperatures are not drawn";
        var figure = new ComparisonFigure(standings, seed);
        List<Figure> figures =
        [
            .. Noises.Select((noise, i) => figure.Of(
                noise > 0.0 ? $"{Id}-noise" : Id,
                noise > 0.0
                    ? "Figure 4. Comparison of learning algorithms, with input noise"
                    : "Figure 4. Comparison of learning algorithms, without noise",
                $"{(noise > 0.0 ? $"Input noise U[−{noise}, {noise}]" : "No input noise")}; {run}.",
                Problem.OfPaper,
                Contenders.OfFigure,
                i) with { Remark = $"{PublishedNumbers.Compare(standings, i)} {Saved(standings, i)}" }),
        ];
        if (size.ComparedReadings == ReadingsShown.All)
        {
            figures.Add(figure.Of(
                $"{Id}-variants",
                "Figure 4, other readings of the algorithms",
                $"Input noise U[−{Problem.PaperNoise}, {Problem.PaperNoise}]; {run}.",
                Problem.OfPaper,
                Variants,
                noise: 1));
            figures.Add(figure.Of(
                $"{Id}-problems",
                "Figure 4, other readings of the problems",
                $"Noise {Problem.PaperNoise}: half the width of a uniform interval for 2-Sequence, the variance for " +
                    $"the Latch problem; {size.ComparedReadingTrials} trials a point; otherwise as Figure 4.",
                Problem.Readings,
                Contenders.OfFigure,
                noise: 0));
        }

        return new(figures, [.. AlgorithmClaims.Judge(standings, seed)]);
    }

    /// <summary>What the searches could do without, and which annealings had no time to cool.</summary>
    private static string Saved(Standings standings, int noise)
    {
        long counted = 0, saved = 0;
        int tooShort = 0;
        foreach (Problem problem in Problem.OfPaper)
        {
            foreach (Contender contender in Contenders.OfFigure.Where(contender => contender.Learner.IsSearch))
            {
                Race race = standings[problem, contender];
                foreach (Outcome run in Enumerable.Range(0, race.Lengths.Count)
                    .SelectMany(length => race.Runs(noise, length)))
                {
                    counted += run.Presentations;
                    saved += run.Saved;
                    tooShort += race.HadNoTimeToCool(run) ? 1 : 0;
                }
            }
        }

        return $"Of the {Words.Thousands(counted)} presentations that the searches are charged with, " +
            $"{Words.Thousands(saved)} were not needed because a candidate's fate was decided before; they are left " +
            "out where the trials beside it need no more either. Annealings that are not judged because they could " +
            $"not finish {Race.FewestTemperatures} temperatures: {tooShort}.";
    }

    private static IReadOnlyList<Contender> Variants { get; } =
    [
        Contenders.PseudoNewton,
        Contenders.AdaptivePseudoNewton,
        Contenders.TimeWeighted,
        Contenders.TunedTimeWeighted,
        Contenders.DiscretePropagation,
        Contenders.DiscreteAsPrinted,
        Contenders.DiscreteSymmetric,
        Contenders.SmallMultigrid,
    ];

    private static IEnumerable<(Problem Problem, Contender Contender, double[] Noises, int Trials)> Entries(
        ComparisonSize size)
    {
        bool all = size.ComparedReadings == ReadingsShown.All;
        return
        [
            .. from problem in Problem.OfPaper
               from contender in all ? Contenders.All : Contenders.OfFigure
               select (problem, contender, Noises, size.ComparedTrials),
            .. from problem in all ? Problem.Readings : []
               from contender in Contenders.All
               select (problem, contender, new[] { Problem.PaperNoise }, size.ComparedReadingTrials),
        ];
    }
}
