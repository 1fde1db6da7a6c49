using System.Globalization;
using LatchLab.Learning;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// What is wrong with a cell on somebody's own sequences that shows only once they are read, and what is not meant for
/// sequences of which there is a given number.
/// </summary>
internal static class SequencesMistakes
{
    // A sequence in each of up to 64 lanes of a thread, and what the network remembers of it.
    private const long MostNumbers = 1_000_000;

    /// <summary>As many as a network may have units.</summary>
    public const int MostClasses = 64;

    /// <summary>The mistakes of a cell, each with the settings whose mistakes would explain it.</summary>
    public static IEnumerable<(string[] Between, InputError Error)> Of(ProblemCell cell, SequencesTask task)
    {
        if (cell.Training is Curriculum)
        {
            yield return ([], new("--learner", "", "a curriculum begins with shorter sequences, and a sequence of a " +
                "file that is cut may have lost what its label depends on: give the learner itself"));
        }

        if (task.LabelRange.Length > 0 && LabelScale.Range(task.LabelRange) is null)
        {
            yield return ([], new("--label-range", "", $"'{task.LabelRange}' is not allowed: give two numbers, the " +
                "smaller first, such as 0,1"));
        }

        if (task.Set is not { } set)
            yield break;
        foreach (InputError error in task.LabelKind == LabelKind.Classes ? OfClasses(set) : OfValues(task, set))
            yield return (["--label", "--label-kind", "--label-range", "--split"], error);
        if (cell.Sequences == 0)
        {
            yield return ([], new("--split", "", $"every sequence of {set.Name} is for the test: at least one must " +
                "say train"));
        }

        if ((long)cell.Length * set.Inputs.Count > MostNumbers)
        {
            string inputs = set.Inputs.Count == 1 ? "1 input" : $"{set.Inputs.Count} inputs";
            yield return ([], new("--length", "", $"sequences of {cell.Length} steps of {inputs} do not fit in " +
                $"memory: give at most {(MostNumbers / set.Inputs.Count) - task.Delay}, of which the last steps are " +
                "presented"));
        }
    }

    private static IEnumerable<InputError> OfClasses(SequenceSet set)
    {
        string label = set.Labels[0];
        if (set.Classes.Count == 1)
        {
            yield return new("--label", "", $"all sequences of {set.Name} have the {label} \"{set.Classes[0]}\": at " +
                "least two classes are needed");
        }
        else if (set.Classes.Count > MostClasses)
        {
            yield return new("--label-kind", "", $"{set.Count} sequences of {set.Name} have {set.Classes.Count} " +
                $"classes in \"{label}\", and a network has an output for each: at most {MostClasses}; if these are " +
                "numbers to come near to, give values");
        }
        else if (set.HasSplit)
        {
            var trained = Enumerable.Range(0, set.Count).Where(sequence => !set.IsTest(sequence))
                .Select(set.ClassOf).ToHashSet();
            foreach (int number in Enumerable.Range(0, set.Classes.Count).Where(number => !trained.Contains(number)))
            {
                yield return new("--split", "", $"no training sequence of {set.Name} has the {label} " +
                    $"\"{set.Classes[number]}\", which test sequences have");
            }
        }
    }

    private static IEnumerable<InputError> OfValues(SequencesTask task, SequenceSet set)
    {
        (double least, double largest) = set.LabelRange;
        string from = least.ToString("R", CultureInfo.InvariantCulture);
        string to = largest.ToString("R", CultureInfo.InvariantCulture);
        if (LabelScale.Range(task.LabelRange) is { } given)
        {
            if (given.Least > least || given.Largest < largest)
            {
                yield return new("--label-range", "", $"labels of {set.Name} reach from {from} to {to}, beyond " +
                    $"{task.LabelRange}: give a range that holds them");
            }
        }
        else if (least == largest)
        {
            yield return new("--label", "", $"all labels of {set.Name} are {from}: there is nothing to learn");
        }
    }
}
