using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Tests.Tasks;

/// <summary>Small in-memory datasets, and a source that returns them.</summary>
internal static class SampleDatasets
{
    /// <summary>Sixteen sequences of 1 to 14 steps, two inputs, classes a (6), b (5) and c (5).</summary>
    public static Dataset Classes { get; } = Of(LabelKind.Classes);

    /// <summary>The same sequences with two values as labels.</summary>
    public static Dataset Values { get; } = Of(LabelKind.Values);

    /// <summary>A dataset with one input whose sequences have these lengths and classes; x numbers all steps.</summary>
    public static Dataset Of(params (int Length, string Class)[] sequences)
    {
        using var builder = new DatasetBuilder("made up", ["x"], ["label"], LabelKind.Classes);
        double x = 0.0;
        foreach ((int length, string @class) in sequences)
        {
            for (int t = 0; t < length; t++)
                builder.AddStep([x++]);
            builder.EndSequence(@class);
        }

        return builder.Build();
    }

    /// <summary>
    /// Twelve sequences of 1 to 5 steps with a label at every step: class b where x &gt; 0.6 and otherwise a, in the
    /// first three sequences always a; or the value of x.
    /// </summary>
    public static Dataset OfSteps(LabelKind kind)
    {
        using var builder = new DatasetBuilder("steps", ["x"], ["label"], kind) { LabelsSteps = true };
        (int a, int b) = (builder.GetClassNumber("a"), builder.GetClassNumber("b"));
        var random = new Random(4);
        for (int sequence = 0; sequence < 12; sequence++)
        {
            for (int t = 0; t <= sequence % 5; t++)
            {
                double x = random.NextDouble();
                builder.AddStep([x], [kind == LabelKind.Values ? x : x > 0.6 && sequence > 2 ? b : a]);
            }

            builder.EndLabelledSteps();
        }

        return builder.Build();
    }

    /// <summary>The labels of the steps of a sequence.</summary>
    public static double[] StepLabels(Dataset set, int sequence)
    {
        var labels = new double[set.LengthOf(sequence)];
        set.ReadStepLabels(sequence, firstStep: 0, labels);
        return labels;
    }

    /// <summary>The inputs of a sequence.</summary>
    public static double[] Inputs(Dataset set, int sequence)
    {
        var steps = new double[set.LengthOf(sequence) * set.InputNames.Count];
        set.ReadSteps(sequence, firstStep: 0, steps);
        return steps;
    }

    /// <summary>A copy of a dataset with a change applied to each sequence.</summary>
    public static Dataset Changed(Dataset set, Func<int, double[], double[]> change)
    {
        using var builder = new DatasetBuilder(
            set.Name, set.InputNames, set.LabelNames, set.ClassNames.Count > 0 ? LabelKind.Classes : LabelKind.Values);
        for (int sequence = 0; sequence < set.Count; sequence++)
        {
            foreach (double[] step in change(sequence, Inputs(set, sequence)).Chunk(set.InputNames.Count))
                builder.AddStep(step);
            if (set.ClassNames.Count > 0)
                builder.EndSequence(set.ClassNames[set.ClassOf(sequence)]);
            else
                builder.EndSequence([.. set.LabelNames.Select((_, label) => set.GetLabel(sequence, label))]);
        }

        return builder.Build();
    }

    private static Dataset Of(LabelKind kind)
    {
        string[] labels = kind == LabelKind.Classes ? ["label"] : ["first", "second"];
        using var builder = new DatasetBuilder("sample", ["x", "y"], labels, kind);
        var random = new Random(3);
        for (int sequence = 0; sequence < 16; sequence++)
        {
            int length = 1 + (sequence * 5 % 14);
            for (int t = 0; t < length; t++)
                builder.AddStep([random.NextDouble() + (sequence % 3), 100.0 * random.NextDouble()]);
            if (kind == LabelKind.Classes)
                builder.EndSequence($"{"abc"[sequence % 3]}");
            else
                builder.EndSequence([random.NextDouble(), 3.0 * random.NextDouble()]);
        }

        return builder.Build();
    }

    /// <summary>Returns the sample with the kind of labels of the task.</summary>
    internal sealed class Source : IDatasetSource
    {
        public Dataset Read(DatasetTask task, ICollection<ValidationError> errors)
            => task.LabelKind == LabelKind.Classes ? Classes : Values;
    }
}
