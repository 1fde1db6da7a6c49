using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Networks;

namespace LatchLab.Tasks;

/// <summary>
/// Validates the settings of the dataset task: conflicts between them, which appear only after the dataset is read.
/// </summary>
internal static class DatasetValidator
{
    // Each of up to 64 lanes per thread holds one sequence and the network states for it.
    private const long MaxInputValues = 1_000_000;

    /// <summary>Most classes: the largest number of outputs of a network file.</summary>
    public const int MaxClasses = FullyConnectedDefinition.MaximumUnits;

    // Labels with more names, and fewer than two sequences for each on average, are probably numeric targets.
    private const int MaxRareClasses = 64;

    /// <summary>Returns the validation errors, each with the options that could explain it.</summary>
    public static IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(DatasetTask task)
    {
        if (task.LabelRange.Length > 0 && LabelScale.ParseRange(task.LabelRange) is null)
        {
            yield return ([],
                new("", "task.label-range", $"'{task.LabelRange}' is not allowed: give two numbers, the " +
                "smaller first, such as 0,1"));
        }

        if (task.Dataset is not { } dataset)
            yield break;
        foreach (ValidationError error in task.LabelKind == LabelKind.Classes ? ValidateClasses(dataset)
            : ValidateLabelValues(task, dataset))
            yield return (["task.label", "task.label-kind", "task.label-range", "task.split"], error);
        if (task.TrainingSequences == 0)
        {
            yield return ([],
                new("", "task.split", $"every sequence of {dataset.Name} is a test sequence: at least one " +
                "must have the value train"));
        }

        if (task.Length > dataset.MaximumLength)
        {
            yield return ([], new("", "task.length",
                $"the longest sequence of {dataset.Name} has {NumberFormat.WithNoun(dataset.MaximumLength, "step")}: " +
                "give at most that, or 0 for whole sequences"));
        }

        if ((long)task.MaximumLength * dataset.InputNames.Count > MaxInputValues)
        {
            string inputs = dataset.InputNames.Count == 1 ? "1 input" : $"{dataset.InputNames.Count} inputs";
            yield return ([],
                new("", "task.length", $"sequences of {task.MaximumLength} steps of {inputs} do not fit in " +
                $"memory: give at most {(MaxInputValues / dataset.InputNames.Count) - task.DelaySteps}, so that only " +
                "the last steps are presented"));
        }
    }

    private static IEnumerable<ValidationError> ValidateClasses(Dataset dataset)
    {
        string label = dataset.LabelNames[0];
        if (dataset.ClassNames.Count == 1)
        {
            yield return new("", "task.label",
                $"all {(dataset.HasStepLabels ? "steps" : "sequences")} of {dataset.Name} have the {label} " +
                $"\"{dataset.ClassNames[0]}\": at " +
                "least two classes are needed");
        }
        else if (dataset.ClassNames.Count > MaxClasses)
        {
            yield return new("", "task.label-kind",
                $"{DescribeClasses(dataset)}, and a network has an output for each: at most {MaxClasses}; if these " +
                "are numeric targets, give values");
        }
        else if (dataset.ClassNames.Count > MaxRareClasses
            && dataset.ClassSizes.Sum() < 2L * dataset.ClassNames.Count)
        {
            yield return new("", "task.label-kind",
                $"{DescribeClasses(dataset)}, fewer than two for each class: give values if these are numeric targets");
        }
        else if (dataset.HasSplit && !dataset.HasStepLabels)
        {
            var trainedClasses = Enumerable.Range(0, dataset.Count).Where(sequence => !dataset.IsTest(sequence))
                .Select(dataset.ClassOf).ToHashSet();
            foreach (int classIndex in Enumerable.Range(0, dataset.ClassNames.Count).Where(
                classIndex => !trainedClasses.Contains(classIndex)))
            {
                yield return new("", "task.split", $"no training sequence of {dataset.Name} has the {label} " +
                    $"\"{dataset.ClassNames[classIndex]}\", which test sequences have");
            }
        }
    }

    private static string DescribeClasses(Dataset dataset)
        => $"{dataset.ClassSizes.Sum()} {(dataset.HasStepLabels ? "steps" : "sequences")} of {dataset.Name} have " +
            $"{dataset.ClassNames.Count} classes in \"{dataset.LabelNames[0]}\"";

    private static IEnumerable<ValidationError> ValidateLabelValues(DatasetTask task, Dataset dataset)
    {
        (double minimum, double maximum) = dataset.LabelRange;
        string minimumText = minimum.ToString("R", CultureInfo.InvariantCulture);
        string maximumText = maximum.ToString("R", CultureInfo.InvariantCulture);
        if (LabelScale.ParseRange(task.LabelRange) is { } requestedRange)
        {
            if (requestedRange.Minimum > minimum || requestedRange.Maximum < maximum)
            {
                yield return new("", "task.label-range",
                    $"labels of {dataset.Name} range from {minimumText} to {maximumText}, outside " +
                    $"{task.LabelRange}: give a range that contains them");
            }
        }
        else if (minimum == maximum)
        {
            yield return new("", "task.label",
                $"all labels of {dataset.Name} are {minimumText}: there is nothing to learn");
        }
    }
}
