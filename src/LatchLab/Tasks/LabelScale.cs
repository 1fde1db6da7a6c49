using System.Globalization;

namespace LatchLab.Tasks;

/// <summary>
/// How labels become targets, which are given as shares of the way from the middle of the output's range to its ends. A
/// class has an output of its own, at +target where it is the class of the sequence and at −target otherwise. A value
/// lies linearly between −target (the least value) and +target (the largest).
/// </summary>
/// <param name="Minimum">The value at −target.</param>
/// <param name="Maximum">The value at +target.</param>
/// <param name="Target">The target, 0.8 in the paper.</param>
public sealed record LabelScale(double Minimum, double Maximum, double Target)
{
    /// <summary>What a share of half the output's range is in the units of the label.</summary>
    public double LabelUnitsPerHalfRange => 0.5 * (Maximum - Minimum) / Target;

    /// <summary>The scale of a task; the range of its labels is that of the file unless it names another.</summary>
    public static LabelScale FromTask(DatasetTask task)
    {
        (double minimum, double maximum) = ParseRange(task.LabelRange) ?? task.Dataset?.LabelRange ?? (-1.0, 1.0);
        return new(minimum, maximum, task.Target);
    }

    /// <summary>The two numbers of a setting; null if it is none or empty.</summary>
    public static (double Minimum, double Maximum)? ParseRange(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && TryParseFinite(parts[0], out double minimum)
            && TryParseFinite(parts[1], out double maximum)
            && minimum < maximum
            ? (minimum, maximum)
            : null;

        static bool TryParseFinite(string part, out double number)
            => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                && double.IsFinite(number);
    }

    /// <summary>Where the target of a value lies.</summary>
    public double ToTarget(double value) => Target * ((2.0 * ((value - Minimum) / (Maximum - Minimum))) - 1.0);

    /// <summary>The targets of a sequence, [output].</summary>
    /// <param name="dataset">The set.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="targets">Receives them.</param>
    public void WriteTargets(Dataset dataset, int sequence, Span<double> targets)
    {
        if (dataset.ClassNames.Count == 0)
        {
            for (int label = 0; label < targets.Length; label++)
                targets[label] = ToTarget(dataset.GetLabel(sequence, label));
            return;
        }

        targets.Fill(-Target);
        targets[dataset.ClassOf(sequence)] = Target;
    }
}
