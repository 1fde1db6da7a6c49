namespace LatchLab.Tasks;

/// <summary>
/// What connects a network to raw data: the columns of its inputs with their normalisation, the steps that it is
/// presented, and what its outputs mean. A network file keeps it (docs/reference/network-files.md).
/// </summary>
/// <param name="Columns">The names of the inputs, in their order.</param>
/// <param name="Scaling">The normalisation of each input.</param>
/// <param name="Labels">The names of the labels: exactly one for classes, otherwise one for each output.</param>
public sealed record NetworkData(IReadOnlyList<string> Columns, InputScaling Scaling, IReadOnlyList<string> Labels)
{
    /// <summary>The names of the classes, one for each output; empty if labels are values.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>
    /// The targets of an output: for classes, of those of the other classes and of that of its class; for values, at
    /// the ends of <see cref="LabelRange"/>.
    /// </summary>
    public (double Low, double High) Targets { get; init; } = (-1.0, 1.0);

    /// <summary>The label values at the targets; meaningful if labels are values.</summary>
    public (double Minimum, double Maximum) LabelRange { get; init; } = (-1.0, 1.0);

    /// <summary>The last steps of a sequence that are presented; 0 for all.</summary>
    public int Length { get; init; }

    /// <summary>Steps of zero inputs between the end of a sequence and its outputs.</summary>
    public int Delay { get; init; }

    /// <summary>Whether every step has a label, and not the sequence.</summary>
    public bool HasStepLabels { get; init; }

    /// <summary>What is done with missing numbers of inputs.</summary>
    public MissingNumbers Missing { get; init; }

    /// <summary>The name of the column of the sequence, in tables.</summary>
    public string SequenceColumn { get; init; } = DatasetTask.DefaultSequence;

    /// <summary>The name of the column of the number of the step, in tables.</summary>
    public string StepColumn { get; init; } = DatasetTask.DefaultStep;

    /// <summary>The last steps of a sequence of so many that are presented.</summary>
    public int CountPresentedSteps(int steps) => Length == 0 ? steps : Math.Min(Length, steps);

    /// <summary>The inputs of the network for a sequence of raw values.</summary>
    /// <param name="rawSteps">[step][column]; NaN for a missing number that is replaced by the mean.</param>
    /// <returns>[t − 1][input], with the steps of the delay.</returns>
    public double[] CreateInputs(ReadOnlySpan<double> rawSteps)
    {
        int inputs = Columns.Count, steps = rawSteps.Length / inputs;
        int presented = CountPresentedSteps(steps);
        var result = new double[(presented + Delay) * inputs];
        rawSteps[((steps - presented) * inputs)..].CopyTo(result);
        Scaling.Normalise(result.AsSpan(0, presented * inputs));
        return result;
    }

    /// <summary>The label value that an output means.</summary>
    public double ToLabel(double output)
        => LabelRange.Minimum + ((output - Targets.Low) / (Targets.High - Targets.Low)
            * (LabelRange.Maximum - LabelRange.Minimum));

    /// <summary>The targets of a class; null if the network does not have it.</summary>
    public double[]? FindTargets(string label)
        => Classes.Contains(label) ? [.. Classes.Select(name => name == label ? Targets.High : Targets.Low)] : null;

    /// <summary>The targets of labels that are values; null if one is missing.</summary>
    /// <param name="labels">[label]; NaN for a missing one.</param>
    public double[]? FindTargets(ReadOnlySpan<double> labels)
    {
        (double minimum, double maximum) = LabelRange;
        var targets = new double[labels.Length];
        for (int k = 0; k < targets.Length; k++)
            targets[k] = Targets.Low + ((labels[k] - minimum) / (maximum - minimum) * (Targets.High - Targets.Low));
        return Array.Exists(targets, double.IsNaN) ? null : targets;
    }

    /// <summary>The class with the largest output; −1 if none is larger than all others.</summary>
    public static int FindClass(ReadOnlySpan<double> outputs)
    {
        int best = 0;
        for (int k = 1; k < outputs.Length; k++)
            best = outputs[k] > outputs[best] ? k : best;
        for (int k = 0; k < outputs.Length; k++)
        {
            if (k != best && !(outputs[k] < outputs[best]))
                return -1;
        }

        return best;
    }
}
