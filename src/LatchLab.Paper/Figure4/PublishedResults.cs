using LatchLab.Foundation;
using LatchLab.Paper.Comparison;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// The numbers of the paper's Figure 4 that are known from elsewhere, beside ours. The figure's other values are lost:
/// none is made up.
/// </summary>
internal static class PublishedResults
{
    private const string RandomGuessingPaper
        = "Schmidhuber, Hochreiter, Bengio, \"Evaluating benchmark problems by random guessing\"";

    private const string SecondaryRepository = "second-hand: cybertronai/schmidhuber-problems";

    /// <summary>T of our runs that stand beside them; where the sources give a T, it is this one.</summary>
    private const int ComparedLength = 50;

    private static readonly PublishedResult[] Entries =
    [
        new(Problem.Parity, [KnownAlgorithms.SimulatedAnnealing], $"T = {ComparedLength}", "810,000 at error 0",
            RandomGuessingPaper),
        new(Problem.Parity, [KnownAlgorithms.DiscreteErrorPropagation], $"T = {ComparedLength}", "54,000 at error 0.05",
            RandomGuessingPaper),
        new(Problem.Latch, KnownAlgorithms.InFigure4, "algorithm and T not said", "1,600", RandomGuessingPaper),
        new(Problem.TwoSequence, [KnownAlgorithms.MultigridRandomSearch], "T not said", "6,400", SecondaryRepository),
    ];

    /// <summary>Theirs and ours.</summary>
    public static string DescribeComparison(RunTable table, int noise)
    {
        int length = table[Problem.Latch, KnownAlgorithms.SimulatedAnnealing].Lengths.ToList().IndexOf(ComparedLength);
        string reproducedNote = length < 0 ? $"; ours have no T = {ComparedLength}"
            : $", and ours (median, mean error; T = {ComparedLength})";
        var numbers = Entries.Select(number => number.PublishedText +
            (length < 0 ? "" : $", ours {number.FormatReproduced(table, noise, length)}"));
        return $"Presentations in the paper's figure that are known from elsewhere{reproducedNote}: " +
            $"{string.Join("; ", numbers)}.";
    }

    private static string FormatReproduced(AlgorithmRuns runs, int noise, int length)
    {
        Outcome[] outcomes = runs.GetEligibleOutcomes(noise, length);
        if (outcomes.Length == 0)
            return "not judged";
        double median = BootstrapInterval.EstimateMedian(outcomes.Select(AlgorithmRuns.PresentationsToStop),
            seed: 0).Estimate;
        string presentations = double.IsFinite(median)
            ? NumberFormat.GroupThousands(median)
            : $"more than {NumberFormat.GroupThousands(runs.Budget)}";
        return $"{presentations} at error {NumberFormat.Short(outcomes.Average(AlgorithmRuns.TestErrorOrChance))}";
    }

    /// <summary>A number that is known.</summary>
    /// <param name="Problem">The problem.</param>
    /// <param name="Algorithms">The algorithm; all of them where it is not said which.</param>
    /// <param name="Condition">What else is said of it.</param>
    /// <param name="Presentations">Presentations, and the error where it is known; all of them rounded.</param>
    /// <param name="Source">Where it is from.</param>
    private sealed record PublishedResult(
        Problem Problem, IReadOnlyList<Algorithm> Algorithms, string Condition, string Presentations, string Source)
    {
        private bool NamesOneAlgorithm => Algorithms.Count == 1;

        public string PublishedText
            => $"{Problem.Title}{(NamesOneAlgorithm ? $", {Algorithms[0].Name}" : "")} ({Condition}): about " +
                $"{Presentations} " +
                $"({Source})";

        public string FormatReproduced(RunTable table, int noise, int length)
            => string.Join(", ", Algorithms.Select(contender => (NamesOneAlgorithm ? "" : $"{contender.Name} ") +
                PublishedResults.FormatReproduced(table[Problem, contender], noise, length)));
    }
}
