using System.Globalization;

namespace LatchLab.Tasks;

/// <summary>
/// How labels become targets, which are given as shares of the way from the middle of the output's range to its ends. A
/// class has an output of its own, at +target where it is the class of the sequence and at −target otherwise. A value
/// lies linearly between −target (the least value) and +target (the largest).
/// </summary>
/// <param name="Least">The value at −target.</param>
/// <param name="Largest">The value at +target.</param>
/// <param name="Target">The target, 0.8 in the paper.</param>
public sealed record LabelScale(double Least, double Largest, double Target)
{
    /// <summary>What a share of half the output's range is in the units of the label.</summary>
    public double UnitsPerShare => 0.5 * (Largest - Least) / Target;

    /// <summary>The scale of a task; the range of its labels is that of the file unless it names another.</summary>
    public static LabelScale Of(SequencesTask task)
    {
        (double least, double largest) = Range(task.LabelRange) ?? task.Set?.LabelRange ?? (-1.0, 1.0);
        return new(least, largest, task.Target);
    }

    /// <summary>The two numbers of a setting; null if it is none or empty.</summary>
    public static (double Least, double Largest)? Range(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && TryNumber(parts[0], out double least) && TryNumber(parts[1], out double largest)
            && least < largest
            ? (least, largest)
            : null;

        static bool TryNumber(string part, out double number)
            => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                && double.IsFinite(number);
    }

    /// <summary>Where the target of a value lies.</summary>
    public double OfValue(double value) => Target * ((2.0 * ((value - Least) / (Largest - Least))) - 1.0);

    /// <summary>The targets of a sequence, [output].</summary>
    /// <param name="set">The set.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="targets">Receives them.</param>
    public void Write(SequenceSet set, int sequence, Span<double> targets)
    {
        if (set.Classes.Count == 0)
        {
            for (int label = 0; label < targets.Length; label++)
                targets[label] = OfValue(set.Label(sequence, label));
            return;
        }

        targets.Fill(-Target);
        targets[set.ClassOf(sequence)] = Target;
    }
}
