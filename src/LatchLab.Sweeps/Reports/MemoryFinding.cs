using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Statistics;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// How far back a network remembers its data, from a part of a sweep over the delay before the answer of a dataset, or
/// over the number of last steps that are presented. A network remembers for a delay if the interval of its test error
/// lies below the chance level at this delay and all shorter ones; the delays are tested in this order up to the first
/// that fails, which keeps the level of each test for all of them together (Westfall and Krishen 2001). A window is
/// certainly worse than another if its interval lies above that of the other.
/// </summary>
/// <param name="Part">The name of the part; empty for a single one.</param>
/// <param name="Field">The field of the axis, <c>task.delay</c> or <c>task.length</c>.</param>
/// <param name="Steps">
/// The longest delay for which the network remembers, or the shortest window after which none is certainly better; 0
/// for the window of all steps; null if undecided.
/// </param>
/// <param name="Sentence">The finding in words.</param>
public sealed record MemoryFinding(string Part, string Field, int? Steps, string Sentence)
{
    /// <summary>The field of the delay.</summary>
    public const string DelayField = "task.delay";

    /// <summary>The field of the number of last steps that are presented.</summary>
    public const string LengthField = "task.length";

    private const string FileField = "task.file";

    /// <summary>
    /// The findings of a sweep: one for each part that varies nothing but one of the two on a dataset.
    /// </summary>
    public static IEnumerable<MemoryFinding> FindAll(SweepResults results)
    {
        for (int part = 0; part < results.Layout.Parts.Count; part++)
        {
            IReadOnlyList<ConfigurationResult> configurations = results.GetPartResults(part).Configurations;
            if (results.Layout.Parts[part].Axes is not [{ Fields: [DelayField or LengthField] } axis]
                || !IsOfDataset(configurations[0]))
                continue;
            string field = axis.Fields[0];
            Point[] points =
            [
                .. configurations.Select(configuration => new Point(
                    int.Parse(configuration[field]!, CultureInfo.InvariantCulture), configuration))
                    .OrderBy(point => field == LengthField && point.Steps == 0 ? int.MaxValue : point.Steps),
            ];
            (int? steps, string sentence) = points.Any(point => double.IsNaN(point.Test.Value))
                ? (null, "Undecided how far back it remembers: a configuration has no tested trial.")
                : field == DelayField ? DescribeDelays(points) : DescribeWindows(points);
            string name = results.Layout.Parts[part].Name;
            yield return new(name, field, steps, name.Length == 0 ? sentence : $"{name}: {sentence}");
        }
    }

    /// <summary>Whether a length of 0 stands for all steps of a sequence.</summary>
    internal static bool IsOfDataset(ConfigurationResult configuration) => configuration[FileField] is not null;

    private static (int? Steps, string Sentence) DescribeDelays(Point[] points)
    {
        if (points.Any(point => double.IsNaN(point.Chance)))
            return (null, "Undecided how far back it remembers: the ledger has no level of chance.");
        int remembered = points.TakeWhile(point => point.Test.Upper < point.Chance).Count();
        string failure = remembered == points.Length ? ""
            : $"with a delay of {FormatSteps(points[remembered])} the {points[remembered].Quantity}, " +
                $"{points[remembered]}, is not certainly below {points[remembered].Level}";
        if (remembered == 0)
            return (null, $"Undecided how far back it remembers: {failure}.");
        Point last = points[remembered - 1];
        string start = last.Steps == 0
            ? "It is shown to learn its data, and to remember them for no delay: without a delay the"
            : $"It remembers its data for at least {FormatSteps(last)}: after this delay the";
        return (last.Steps, $"{start} {last.Quantity} is {last}, below {last.Level}" +
            (failure.Length == 0 ? "; no longer delay was tried." : $"; {failure}."));
    }

    private static (int? Steps, string Sentence) DescribeWindows(Point[] points)
    {
        int worse = Array.FindLastIndex(points, point => points.Any(
            other => Array.IndexOf(points, other) > Array.IndexOf(points, point)
                && point.Test.Lower > other.Test.Upper));
        Point first = points[worse + 1];
        string start = $"{FormatWindow(first)} the {first.Quantity} is {first}";
        if (worse < 0)
        {
            return (null, $"Undecided how many steps the answer needs: with {start}, and no longer window is " +
                "certainly better.");
        }

        string before = $"with {FormatWindow(points[worse])} it is certainly larger, {points[worse]}";
        return worse + 2 == points.Length
            ? (first.Steps, $"The answer needs more than {FormatWindow(points[worse])}: with {start}; {before}.")
            : (first.Steps, $"The answer needs {FormatWindow(first)}: with them the {first.Quantity} is {first}, and " +
                $"no longer window is certainly better; {before}.");
    }

    private static string FormatSteps(Point point) => NumberFormat.WithNoun(point.Steps, "step");

    private static string FormatWindow(Point point) => point.Steps switch
    {
        0 => "all steps",
        1 => "the last step",
        _ => $"the last {point.Steps} steps",
    };

    /// <summary>A configuration on the axis.</summary>
    private sealed record Point(int Steps, ConfigurationResult Result)
    {
        private Quantity Metric
            => Result.Summary.UsesRootMeanSquareError ? Reports.Quantity.RootMeanSquareError
                : Reports.Quantity.TestError;

        public string Quantity => Metric.Heading;

        public Estimate Test => Metric.Evaluate(Result.Summary);

        public double Chance => Metric.GetChance(Result);

        public string Level
            => (Result.Summary.UsesRootMeanSquareError ? "that of always giving the mean label, "
                : Result.HasValues ? "the smallest of always giving the same numbers, "
                : "the chance level, ") + NumberFormat.Short(Chance);

        public override string ToString() => IntervalFormat.Format(Test, Metric.IsShare);
    }
}
