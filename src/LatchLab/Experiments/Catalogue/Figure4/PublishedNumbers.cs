using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Catalogue.Figure4;

/// <summary>
/// The numbers of the paper's Figure 4 that are known from elsewhere, beside ours. The figure's other values are lost:
/// none is made up.
/// </summary>
internal static class PublishedNumbers
{
    private const string Guessing
        = "Schmidhuber, Hochreiter, Bengio, \"Evaluating benchmark problems by random guessing\"";

    private const string SecondHand = "second-hand, cybertronai/schmidhuber-problems";

    private static readonly Published[] Known =
    [
        new(Problem.Parity, Contenders.Annealing, 50, 810_000, 0.0, 1),
        new(Problem.Parity, Contenders.DiscretePropagation, 50, 54_000, 0.05, 1),
        new(Problem.Latch, null, 50, 1_600, null, 1),
        new(Problem.TwoSequence, Contenders.Multigrid, 50, 6_400, null, 2),
    ];

    /// <summary>Ours and theirs, in a sentence each.</summary>
    public static string Compare(Standings standings, int noise)
        => "Numbers of the paper's figure that are known from elsewhere (1: " + Guessing + "; 2: " + SecondHand +
            "), ours / theirs: " + string.Join("; ", Known.Select(number => number.Compare(standings, noise))) + ".";

    private sealed record Published(
        Problem Problem, Contender? Contender, int Length, double Presentations, double? Error, int Source)
    {
        public string Compare(Standings standings, int noise)
        {
            string theirs = $"{Words.Thousands(Presentations)}" +
                (Error is { } error ? $", error {Words.Short(error)}" : "");
            if (Contender is null)
                return $"{Problem.Title}, algorithm not said: {Fastest(standings, noise)} / {theirs} [{Source}]";
            Race race = standings[Problem, Contender];
            return $"{Problem.Title}, {Contender.Name}, T = {Length}: {Ours(race, noise)} / {theirs} [{Source}]";
        }

        private string Ours(Race race, int noise)
        {
            int length = race.Lengths.ToList().IndexOf(Length);
            if (length < 0)
                return "not run";
            Outcome[] runs = race.Runs(noise, length).ToArray();
            double median = Bootstrap.OfMedian(runs.Select(run => Race.TimeToStop(run)), seed: 0).Estimate;
            string presentations = double.IsFinite(median)
                ? Words.Thousands(median)
                : $"more than {Words.Thousands(race.Budget)}";
            return $"{presentations}, error {Words.Short(runs.Average(run => Race.Error(run)))}";
        }

        private string Fastest(Standings standings, int noise)
        {
            var ours = Contenders.OfFigure.Select(
                contender => $"{contender.Name} {Ours(standings[Problem, contender], noise)}");
            return string.Join(", ", ours);
        }
    }
}
