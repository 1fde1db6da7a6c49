using LatchLab.Foundation;
using LatchLab.Paper.Comparison;
using LatchLab.Training;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// The numbers of the paper's Figure 4 that other sources quote, compared with this reproduction. The other values of
/// the figure are not available, and none is estimated.
/// </summary>
internal static class PublishedResults
{
    private const string RandomGuessingPaper
        = "Schmidhuber, Hochreiter, Bengio, \"Evaluating benchmark problems by random guessing\"";

    private const string SecondaryRepository = "secondary source: cybertronai/schmidhuber-problems";

    /// <summary>The T of the reproduced runs in the comparison. Where a source gives a T, it is this one.</summary>
    private const int ComparedLength = 50;

    private static readonly PublishedResult[] Entries =
    [
        new(Problem.Parity, [KnownAlgorithms.SimulatedAnnealing], $"T = {ComparedLength}", "810,000 at error 0",
            RandomGuessingPaper),
        new(Problem.Parity, [KnownAlgorithms.DiscreteErrorPropagation], $"T = {ComparedLength}", "54,000 at error 0.05",
            RandomGuessingPaper),
        new(Problem.Latch, KnownAlgorithms.InFigure4, "algorithm and T not given", "1,600", RandomGuessingPaper),
        new(Problem.TwoSequence, [KnownAlgorithms.MultigridRandomSearch], "T not given", "6,400", SecondaryRepository),
    ];

    public static string DescribeComparison(RunTable table, int noise)
    {
        PublishedResult[] comparable = [.. Entries.Where(entry => entry.Algorithms.All(
            algorithm => table.Contains(entry.Problem, algorithm)))];
        if (comparable.Length == 0)
            return "";
        int length = table[comparable[0].Problem, comparable[0].Algorithms[0]].Lengths.ToList().IndexOf(ComparedLength);
        if (length < 0 && noise > 0)
            return ""; // nothing is compared, and the figure without noise quotes the numbers
        string reproducedNote = length < 0 ? $"; the reproduction has no T = {ComparedLength}"
            : $", with the reproduced values (median, mean error; T = {ComparedLength})";
        string[] sources = [.. comparable.Select(entry => entry.Source).Distinct()];
        return $"Presentations in the paper's figure that other sources quote{reproducedNote}: " +
            string.Join("; ", comparable.Select(entry => entry.Describe(
                table, noise, length, 1 + Array.IndexOf(sources, entry.Source)))) +
            $". {string.Join("; ", sources.Select((source, i) => $"[{i + 1}] {source}"))}.";
    }

    private static string FormatReproduced(AlgorithmRuns runs, int noise, int length)
    {
        Outcome[] outcomes = runs.GetOutcomes(noise, length);
        OutcomeSummary summary = runs.Summarize(outcomes, outcome => outcome.PresentationsToStop);
        string presentations = (summary.Presentations.IsCensored ? "more than " : "")
            + NumberFormat.GroupThousands(summary.Presentations.Value);
        return $"{presentations} at error {NumberFormat.Short(summary.TestError.Value)}";
    }

    /// <summary>
    /// A published result: the algorithm, or all algorithms if the source does not name one; the conditions that the
    /// source gives; and the rounded presentations, with the error if known.
    /// </summary>
    private sealed record PublishedResult(
        Problem Problem, IReadOnlyList<Algorithm> Algorithms, string Condition, string Presentations, string Source)
    {
        /// <summary>Describes the result, with the number of its source.</summary>
        public string Describe(RunTable table, int noise, int length, int source)
        {
            bool namesOne = Algorithms.Count == 1;
            string published = $"{Problem.Title}{(namesOne ? $", {Algorithms[0].Name}" : "")} ({Condition}): about " +
                $"{Presentations} [{source}]";
            return length < 0 ? published : $"{published}, reproduced " + string.Join(", ", Algorithms.Select(
                algorithm => (namesOne ? "" : $"{algorithm.Name} ") +
                    FormatReproduced(table[Problem, algorithm], noise, length)));
        }
    }
}
