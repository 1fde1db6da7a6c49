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

    private const string SecondHand = "second-hand: cybertronai/schmidhuber-problems";

    /// <summary>T of our runs that stand beside them; where the sources give a T, it is this one.</summary>
    private const int Length = 50;

    private static readonly Published[] Known =
    [
        new(Problem.Parity, [Contenders.Annealing], $"T = {Length}", "810,000 at error 0", Guessing),
        new(Problem.Parity, [Contenders.DiscretePropagation], $"T = {Length}", "54,000 at error 0.05", Guessing),
        new(Problem.Latch, Contenders.OfFigure, "algorithm and T not said", "1,600", Guessing),
        new(Problem.TwoSequence, [Contenders.Multigrid], "T not said", "6,400", SecondHand),
    ];

    /// <summary>Theirs and ours.</summary>
    public static string Compare(Standings standings, int noise)
    {
        int length = standings[Problem.Latch, Contenders.Annealing].Lengths.ToList().IndexOf(Length);
        string ours = length < 0 ? $"; ours have no T = {Length}" : $", and ours (median, mean error; T = {Length})";
        var numbers = Known.Select(number => number.Theirs +
            (length < 0 ? "" : $", ours {number.Ours(standings, noise, length)}"));
        return $"Presentations in the paper's figure that are known from elsewhere{ours}: " +
            $"{string.Join("; ", numbers)}.";
    }

    private static string Ours(Race race, int noise, int length)
    {
        Outcome[] runs = race.Judged(noise, length);
        if (runs.Length == 0)
            return "not judged";
        double median = Bootstrap.OfMedian(runs.Select(Race.TimeToStop), seed: 0).Estimate;
        string presentations = double.IsFinite(median)
            ? Words.Thousands(median)
            : $"more than {Words.Thousands(race.Budget)}";
        return $"{presentations} at error {Words.Short(runs.Average(Race.Error))}";
    }

    /// <summary>A number that is known.</summary>
    /// <param name="Problem">The problem.</param>
    /// <param name="Contenders">The algorithm; all of them where it is not said which.</param>
    /// <param name="Where">What else is said of it.</param>
    /// <param name="Presentations">Presentations, and the error where it is known; all of them rounded.</param>
    /// <param name="Source">Where it is from.</param>
    private sealed record Published(
        Problem Problem, IReadOnlyList<Contender> Contenders, string Where, string Presentations, string Source)
    {
        private bool IsOfOne => Contenders.Count == 1;

        public string Theirs
            => $"{Problem.Title}{(IsOfOne ? $", {Contenders[0].Name}" : "")} ({Where}): about {Presentations} " +
                $"({Source})";

        public string Ours(Standings standings, int noise, int length)
            => string.Join(", ", Contenders.Select(contender => (IsOfOne ? "" : $"{contender.Name} ") +
                PublishedNumbers.Ours(standings[Problem, contender], noise, length)));
    }
}
