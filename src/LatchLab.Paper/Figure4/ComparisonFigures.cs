using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Training;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// The figures of the comparison, from the runs of a table that may lack some problems and algorithms.
/// </summary>
internal sealed class ComparisonFigures(string id, RunTable table, ReproductionSettings settings, ulong seed)
{
    private readonly ComparisonFigureBuilder _builder = new(table);

    private static IReadOnlyList<Algorithm> Variants { get; }
        = [.. KnownAlgorithms.All.Where(algorithm => !KnownAlgorithms.MultigridBoxes.Any(
            box => box.Algorithm == algorithm) && algorithm != KnownAlgorithms.RandomGuessing)];

    private string CaptionOfRuns { get; } =
        $"{settings.Resolution.Comparison.ComparedTrials} trials per point with the same initial parameters and " +
        $"training set for every algorithm, {table.TrainingSequences} training sequences; seed {seed}";

    private const string CaptionOfCurves =
        "Errors: mean over the test sequences of every trial, where a trial that diverged has 0.5, with 95 % " +
        "intervals (Student; Wilson where all trials agree). Presentations until a run stopped by itself, because it " +
        "learned or because its search was stuck: median; runs that exhausted their budget or diverged count as " +
        "later than all others";

    /// <summary>Creates the figures.</summary>
    public IEnumerable<Figure> Create()
    {
        for (int noise = 0; noise < 2; noise++)
        {
            yield return _builder.Build(
                noise > 0 ? $"{id}-noise" : id,
                noise > 0
                    ? "Figure 4. Comparison of learning algorithms, with input noise"
                    : "Figure 4. Comparison of learning algorithms, without noise",
                $"{(noise > 0 ? $"Input noise U[−{Problem.PaperNoise}, {Problem.PaperNoise}]" : "No input noise")}; " +
                    $"{CaptionOfRuns}. {CaptionOfCurves}.",
                Problem.FromPaper,
                KnownAlgorithms.InFigure4,
                noise) with
            {
                Remark = $"{PublishedResults.DescribeComparison(table, noise)} {DescribeSkippedPresentations(noise)}"
                    .Trim(),
            };
        }

        if (Problem.FromPaper.All(problem => table.Contains(problem, KnownAlgorithms.MultigridRandomSearch)))
            yield return MultigridBoxFigure.Create($"{id}-boxes", table, CaptionOfRuns);
        if (settings.Resolution.Interpretations != InterpretationsShown.All)
            yield break;
        yield return _builder.Build(
            $"{id}-variants",
            "Figure 4, other interpretations of the algorithms",
            $"Input noise U[−{Problem.PaperNoise}, {Problem.PaperNoise}]; {CaptionOfRuns}. {CaptionOfCurves}.",
            Problem.FromPaper,
            Variants,
            noise: 1);
        yield return _builder.Build(
            $"{id}-problems",
            "Figure 4, other interpretations of the problems",
            $"Noise {Problem.PaperNoise}: half the width of a uniform interval, or the variance of Gaussian noise; " +
                "otherwise as in Figure 4.",
            Problem.AlternativeInterpretations,
            KnownAlgorithms.InFigure4,
            noise: 1);
    }

    /// <summary>Describes the skipped presentations of the searches.</summary>
    private string DescribeSkippedPresentations(int noise)
    {
        Outcome[] searches =
        [
            .. from problem in Problem.FromPaper
               from algorithm in KnownAlgorithms.InFigure4
               where algorithm.Learner.IsSearch && table.Contains(problem, algorithm)
               let runs = table[problem, algorithm]
               from length in Enumerable.Range(0, runs.Lengths.Count)
               from outcome in runs.GetOutcomes(noise, length)
               select outcome,
        ];
        long charged = searches.Sum(outcome => (long)outcome.Presentations),
            skipped = searches.Sum(outcome => outcome.SkippedPresentations);
        return searches.Length == 0 ? ""
            : $"Of the {NumberFormat.GroupThousands(charged)} presentations that are charged to the searches, " +
                $"{NumberFormat.GroupThousands(skipped)} were not needed because the candidate was already decided; " +
                "they are skipped if no other trial of the same batch needs them either.";
    }
}
