namespace LatchLab.Tasks;

/// <summary>
/// How often each class occurs where every step has a label, and in how many sequences it is the only one: what a
/// network that always answers with the most frequent class gets right.
/// </summary>
/// <param name="Steps">[class]: the number of steps.</param>
/// <param name="UniformSequences">[class]: the number of sequences all of whose steps have the class.</param>
/// <param name="Sequences">The number of sequences.</param>
public sealed record StepLabelCounts(
    IReadOnlyList<long> Steps, IReadOnlyList<int> UniformSequences, int Sequences)
{
    /// <summary>The share of steps that the constant answer gets wrong.</summary>
    public double ConstantStepError => 1.0 - ((double)Steps[MostFrequentClass] / Steps.Sum());

    /// <summary>The share of sequences with a step that it gets wrong.</summary>
    public double ConstantSequenceError => 1.0 - ((double)UniformSequences[MostFrequentClass] / Sequences);

    /// <summary>The most frequent class of the steps, the first of several.</summary>
    private int MostFrequentClass => Steps.Index().MaxBy(entry => entry.Item).Index;

    /// <summary>Counts the classes of the last steps of each sequence.</summary>
    internal static StepLabelCounts Count(Dataset dataset, int lastSteps)
    {
        var steps = new long[dataset.ClassNames.Count];
        var uniformSequences = new int[dataset.ClassNames.Count];
        var buffer = new double[dataset.MaximumLength];
        for (int sequence = 0; sequence < dataset.Count; sequence++)
        {
            int length = dataset.LengthOf(sequence), counted = lastSteps == 0 ? length : Math.Min(lastSteps, length);
            Span<double> labels = buffer.AsSpan(0, counted);
            dataset.ReadStepLabels(sequence, length - counted, labels);
            foreach (double label in labels)
                steps[(int)label]++;
            if (labels.IndexOfAnyExcept(labels[0]) < 0)
                uniformSequences[(int)labels[0]]++;
        }

        return new(steps, uniformSequences, dataset.Count);
    }
}
