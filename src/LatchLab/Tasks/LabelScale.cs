using System.Buffers;
using LatchLab.Foundation;

namespace LatchLab.Tasks;

/// <summary>
/// The mapping from labels to targets. Targets are shares of half the output's range, from its middle. A class has an
/// output of its own, with +target if it is the class of the sequence and −target otherwise. A value is mapped
/// linearly, from −target (the smallest value) to +target (the largest).
/// </summary>
/// <param name="Minimum">The value at −target.</param>
/// <param name="Maximum">The value at +target.</param>
/// <param name="Target">The target, 0.8 in the paper.</param>
public sealed record LabelScale(double Minimum, double Maximum, double Target)
{
    /// <summary>Half the output's range in units of the label.</summary>
    public double LabelUnitsPerHalfRange => 0.5 * (Maximum - Minimum) / Target;

    /// <summary>
    /// The scale of a task; the range of its labels is that of the file unless the task sets another.
    /// </summary>
    public static LabelScale FromTask(DatasetTask task)
    {
        (double minimum, double maximum) = ParseRange(task.LabelRange) ?? task.Dataset?.LabelRange ?? (-1.0, 1.0);
        return new(minimum, maximum, task.Target);
    }

    /// <summary>The two numbers of a setting, the smaller first; null if the text is empty or invalid.</summary>
    public static (double Minimum, double Maximum)? ParseRange(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && NumberFormat.TryParseFinite(parts[0], out double minimum)
            && NumberFormat.TryParseFinite(parts[1], out double maximum)
            && minimum < maximum
            ? (minimum, maximum)
            : null;
    }

    /// <summary>The target of a value.</summary>
    public double ToTarget(double value) => Target * ((2.0 * ((value - Minimum) / (Maximum - Minimum))) - 1.0);

    /// <summary>The targets of a sequence, [output].</summary>
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

    /// <summary>The targets of every step of a sequence from a step on, [step][output].</summary>
    public void WriteStepTargets(Dataset dataset, int sequence, int firstStep, Span<double> targets, int outputs)
    {
        int labels = dataset.LabelNames.Count, steps = targets.Length / outputs;
        double[] buffer = ArrayPool<double>.Shared.Rent(steps * labels);
        Span<double> values = buffer.AsSpan(0, steps * labels);
        dataset.ReadStepLabels(sequence, firstStep, values);
        bool isClass = dataset.ClassNames.Count > 0;
        if (isClass)
            targets.Fill(-Target);
        for (int i = 0; i < values.Length; i++)
        {
            if (isClass)
                targets[(i * outputs) + (int)values[i]] = Target;
            else
                targets[i] = ToTarget(values[i]);
        }

        ArrayPool<double>.Shared.Return(buffer);
    }
}
