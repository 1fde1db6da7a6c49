using LatchLab.Figures;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// The share of trials that multi-grid random search learns against the half-width of its initial box, which the paper
/// does not give.
/// </summary>
internal static class MultigridBoxFigure
{
    private static readonly TableColumns<(AlgorithmRuns Runs, double HalfWidth, int Noise, int Length)> Columns = new(
        ("problem", row => row.Runs.Problem.Id),
        ("half_width", row => row.HalfWidth),
        ("noise", row => row.Runs.Noises[row.Noise]),
        ("length", row => row.Runs.Lengths[row.Length]),
        ("learned", row => Learned(row.Runs, row.Noise, row.Length).Successes),
        ("trials", row => Learned(row.Runs, row.Noise, row.Length).Trials),
        ("frequency", row => Learned(row.Runs, row.Noise, row.Length).Frequency),
        ("lower_95", row => Learned(row.Runs, row.Noise, row.Length).Lower),
        ("upper_95", row => Learned(row.Runs, row.Noise, row.Length).Upper));

    /// <summary>Creates the figure: a row per problem, without and with noise, a curve per T.</summary>
    public static Figure Create(string id, RunTable table, string caption)
    {
        AlgorithmRuns first = table[Problem.Latch, KnownAlgorithms.MultigridRandomSearch];
        var widths = new Axis("half-width of the initial box", IsLogarithmic: true);
        var learned = new Axis("trials learned", 0.0, 1.0);
        return new(
            id,
            "Figure 4, the initial box of multi-grid random search",
            $"The share of trials learned, with 95 % intervals (Wilson), against half the width of the first box; " +
                $"{caption}.",
            [
                .. from problem in Problem.FromPaper
                   from noise in Enumerable.Range(0, first.Noises.Count)
                   select new Chart(
                       first.Noises[noise] > 0.0 ? $"{problem.Title}, with noise" : $"{problem.Title}, without noise",
                       widths, learned, [.. CreateCurves(problem, noise)]) { IsDodged = true },
            ],
            2,
            Columns.CreateTable(
                from problem in Problem.FromPaper
                from box in KnownAlgorithms.MultigridBoxes
                let runs = table[problem, box.Algorithm]
                from noise in Enumerable.Range(0, runs.Noises.Count)
                from length in Enumerable.Range(0, runs.Lengths.Count)
                select (runs, box.HalfWidth, noise, length)));

        IEnumerable<Series> CreateCurves(Problem problem, int noise)
            => first.Lengths.Select((length, i) => new Series(
                $"T = {length}",
                SeriesKind.Curve,
                [
                    .. from box in KnownAlgorithms.MultigridBoxes
                       let share = Learned(table[problem, box.Algorithm], noise, i)
                       select new DataPoint(box.HalfWidth, share.Frequency, share.Lower, share.Upper),
                ],
                i,
                (Marker)(i % Enum.GetValues<Marker>().Length)));
    }

    private static Proportion Learned(AlgorithmRuns runs, int noise, int length)
        => AlgorithmRuns.CountLearned(runs.GetOutcomes(noise, length));
}
