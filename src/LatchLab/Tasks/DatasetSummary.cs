using System.Globalization;
using LatchLab.Foundation;

namespace LatchLab.Tasks;

/// <summary>
/// The summary of a dataset in reports: its sequences, inputs, labels and split, and how the task uses them.
/// </summary>
internal static class DatasetSummary
{
    private const int MaximumShownNames = 12;
    private const int MaximumShownOutlying = 3;

    // tanh of an activation of 19.1 and more rounds to 1, and has a derivative of 0.
    private const double SaturatingMagnitude = 20.0;

    public static IReadOnlyList<(string Name, string Text)> Create(DatasetTask task, Dataset dataset)
        => [
            .. Array.FindAll(
                [("file", dataset.Remarks.Format), ("missing", DescribeMissing(task, dataset))],
                ((string Name, string Text) line) => line.Text.Length > 0),
            ("sequences", DescribeSequences(task, dataset)),
            ("inputs",
                $"{FormatNames(dataset.InputNames)}; {DescribeNormalisation(task, dataset)}" +
                $"{DescribeConstants(dataset)}{DescribeNoise(task)}"),
            ("labels", DescribeLabels(task, dataset)),
            ("split", DescribeSplit(task, dataset)),
        ];

    private static string DescribeMissing(DatasetTask task, Dataset dataset)
    {
        DatasetRemarks remarks = dataset.Remarks;
        if (remarks.DroppedSequences > 0)
        {
            return $"{FormatNumber(remarks.DroppedSequences)} of " +
                $"{FormatNumber(remarks.DroppedSequences + dataset.Count)} sequences dropped, which have a missing " +
                "number or label";
        }

        string replacement = task.Missing == MissingNumbers.Zero ? "0"
            : "the mean of their input over the training sequences";
        return remarks.ReplacedNumbers == 0 ? ""
            : $"{FormatNumber(remarks.ReplacedNumbers)} missing " +
                $"{(remarks.ReplacedNumbers == 1 ? "number" : "numbers")} replaced by {replacement}";
    }

    private static string DescribeSequences(DatasetTask task, Dataset dataset)
    {
        int shortest = Enumerable.Range(0, dataset.Count).Min(dataset.LengthOf), longest = dataset.MaximumLength;
        string lengths = shortest == longest ? FormatNumber(longest)
            : $"{FormatNumber(shortest)} to {FormatNumber(longest)}";
        string truncation = task.Length > 0 && task.Length < longest
            ? $", the last {FormatNumber(task.Length)} presented" : "";
        string delay = task.DelaySteps > 0 ? $", then {FormatNumber(task.DelaySteps)} of input 0" : "";
        string single = longest == 1 && task.Layout == TableLayout.Long
            ? "; if each row is a whole sequence, give layout=wide" : "";
        return $"{FormatNumber(dataset.Count)} of {lengths} {(longest == 1 ? "step" : "steps")}{truncation}{delay}" +
            single;
    }

    private static string DescribeNormalisation(DatasetTask task, Dataset dataset) => task.Normalisation switch
    {
        Normalisation.Standard => "mean 0, deviation 1 over the training sequences" +
            DescribeOutlying(dataset, outlying => (outlying.Mean, outlying.Deviation)),
        Normalisation.Range => "-1 to 1 over the training sequences" + DescribeOutlying(dataset, outlying =>
        {
            double lowest = Math.Min(outlying.Value, outlying.Others.Lowest);
            double halfRange = 0.5 * (Math.Max(outlying.Value, outlying.Others.Highest) - lowest);
            return (lowest + halfRange, halfRange);
        }),
        _ => $"not normalised{DescribeMagnitude(dataset)}",
    };

    private static string DescribeConstants(Dataset dataset) => dataset.ConstantInputs.Count == 0 ? ""
        : $"; {FormatNames(dataset.ConstantInputs)} never {(dataset.ConstantInputs.Count == 1 ? "changes" : "change")}";

    private static string DescribeMagnitude(Dataset dataset)
    {
        (int index, double magnitude) = dataset.InputMagnitudes.Index().MaxBy(entry => entry.Item);
        return magnitude <= SaturatingMagnitude ? ""
            : $"; {dataset.InputNames[index]} is up to {Format(magnitude)}: units " +
                $"with bounds saturate at activations beyond {SaturatingMagnitude} and then learn nothing";
    }

    /// <summary>
    /// The values that leave little of their input after normalisation, approximately: here it is that of the whole
    /// file, and in a trial that of its training sequences.
    /// </summary>
    private static string DescribeOutlying(
        Dataset dataset, Func<OutlyingInput, (double Offset, double Scale)> getNormalisation)
    {
        string Describe(OutlyingInput outlying)
        {
            (double offset, double scale) = getNormalisation(outlying);
            string Normalise(double value) => Format((value - offset) / scale);
            return $"; check {dataset.Remarks.Place} {outlying.Line}: {dataset.InputNames[outlying.Input]} is " +
                FormattableString.Invariant($"{outlying.Value}, ") +
                $"{Format(outlying.Distance)} deviations of the other values away from the nearest; " +
                $"normalised, it is about {Normalise(outlying.Value)} and all others are between " +
                $"{Normalise(outlying.Others.Lowest)} and {Normalise(outlying.Others.Highest)}";
        }

        int more = dataset.OutlyingInputs.Count - MaximumShownOutlying;
        return string.Concat(dataset.OutlyingInputs.Take(MaximumShownOutlying).Select(Describe)) +
            (more > 0 ? $"; {NumberFormat.WithNoun(more, "other input")} with such a value" : "");
    }

    private static string Format(double number) => NumberFormat.Typeset(NumberFormat.Short(number));

    private static string DescribeNoise(DatasetTask task)
        => task.Noise > 0.0 ? FormattableString.Invariant($", noise {task.Noise}") : "";

    private static string DescribeLabels(DatasetTask task, Dataset dataset)
    {
        string atStep = task.HasTargetsAtEveryStep ? "at every step: " : "";
        if (task.LabelKind == LabelKind.Values)
        {
            LabelScale scale = task.LabelScale;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{atStep}values {FormatNames(dataset.LabelNames)}, {scale.Minimum} to {scale.Maximum} at " +
                    $"-{scale.Target} to {scale.Target}");
        }

        IEnumerable<string> classes = dataset.ClassNames.Zip(
            dataset.ClassSizes, (name, size) => $"{name} {FormatNumber(size)}");
        return $"{atStep}classes {FormatNames([.. classes])}; the largest output wins";
    }

    private static string DescribeSplit(DatasetTask task, Dataset dataset)
    {
        string validation = task.ValidationSequences is { } count and > 0 ? $"{FormatNumber(count)} validation, " : "";
        string counts = $"{FormatNumber(task.TrainingSequences)} train, {validation}" +
            $"{FormatNumber(task.TestSequences ?? 0)} test";
        string share = task.LabelKind == LabelKind.Classes && !dataset.HasStepLabels ? "the same share of each class"
            : "";
        string drawnText = share.Length == 0 ? "drawn for each trial"
            : $"drawn for each trial, {share}{DescribeUntestedClasses(task, dataset)}";
        string drawnValidation = validation.Length > 0 ? ", the validation drawn for each trial" : "";
        return $"{counts}, {(dataset.HasSplit ? $"as given by the column {task.Split}{drawnValidation}" : drawnText)}";
    }

    /// <summary>The classes that are too small for a test sequence.</summary>
    private static string DescribeUntestedClasses(DatasetTask task, Dataset dataset)
    {
        string[] untested = task.TestSequences is null or 0 ? []
            : [.. dataset.ClassNames.Zip(TrainTestSplit.AllocateTestCounts(dataset.SplitClassSizes, task.TestShare))
                .Where(entry => entry.Second == 0).Select(entry => entry.First)];
        return untested.Length == 0 ? "" : $"; too few sequences for a test: {FormatNames(untested)}";
    }

    private static string FormatNames(IReadOnlyList<string> names)
        => string.Join(", ", names.Take(MaximumShownNames)) +
            (names.Count > MaximumShownNames ? $" ({names.Count} in all)" : "");

    private static string FormatNumber(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
