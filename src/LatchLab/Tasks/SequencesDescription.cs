using System.Globalization;

namespace LatchLab.Tasks;

/// <summary>What is said of somebody's own sequences above results: what they are, and what was done to them.</summary>
internal static class SequencesDescription
{
    private const int MostNames = 12;

    /// <summary>Names and texts.</summary>
    public static IReadOnlyList<(string Name, string Text)> Of(SequencesTask task, SequenceSet set)
        => [
            ("sequences", Sequences(task, set)),
            ("inputs", $"{Names(set.Inputs)}; {InWords(task.Normalisation)}{Noise(task)}"),
            ("labels", Labels(task, set)),
            ("split", Split(task, set)),
        ];

    private static string Sequences(SequencesTask task, SequenceSet set)
    {
        int shortest = Enumerable.Range(0, set.Count).Min(set.LengthOf), longest = set.LongestLength;
        string lengths = shortest == longest ? Number(longest) : $"{Number(shortest)} to {Number(longest)}";
        string cut = task.Length > 0 && task.Length < longest ? $", the last {Number(task.Length)} presented" : "";
        string delay = task.Delay > 0 ? $", then {Number(task.Delay)} of input 0" : "";
        return $"{Number(set.Count)} of {lengths} {(longest == 1 ? "step" : "steps")}{cut}{delay}";
    }

    private static string InWords(Normalisation normalisation) => normalisation switch
    {
        Normalisation.Standard => "mean 0, deviation 1 over the training sequences",
        Normalisation.Range => "-1 to 1 over the training sequences",
        _ => "as they are",
    };

    private static string Noise(SequencesTask task)
        => task.Noise > 0.0 ? FormattableString.Invariant($", noise {task.Noise}") : "";

    private static string Labels(SequencesTask task, SequenceSet set)
    {
        if (task.LabelKind == LabelKind.Values)
        {
            LabelScale scale = task.Scale;
            return FormattableString.Invariant(
                $"values {Names(set.Labels)}, {scale.Least} to {scale.Largest} at -{scale.Target} to {scale.Target}");
        }

        return $"classes {Names([.. set.Classes.Zip(set.ClassSizes, (name, size) => $"{name} {Number(size)}")])}; " +
            "the largest output wins";
    }

    private static string Split(SequencesTask task, SequenceSet set)
    {
        string counts = $"{Number(task.TrainingSequences)} train, {Number(task.TestSequences ?? 0)} test";
        string share = task.LabelKind == LabelKind.Classes ? "the same share of each class" : "";
        string drawn = share.Length == 0 ? "drawn for each trial" : $"drawn for each trial, {share}";
        return $"{counts}, {(set.HasSplit ? $"as the column {task.Split} says" : drawn)}";
    }

    private static string Names(IReadOnlyList<string> names)
        => string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" ({names.Count} in all)" : "");

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
