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

    /// <summary>The inputs of the network for a sequence of raw values.</summary>
    /// <param name="rawSteps">[step][column].</param>
    /// <returns>[t − 1][input], with the steps of the delay.</returns>
    public double[] CreateInputs(ReadOnlySpan<double> rawSteps)
    {
        int inputs = Columns.Count, steps = rawSteps.Length / inputs;
        int presented = Length == 0 ? steps : Math.Min(Length, steps);
        var result = new double[(presented + Delay) * inputs];
        rawSteps[((steps - presented) * inputs)..].CopyTo(result);
        Scaling.Normalise(result.AsSpan(0, presented * inputs));
        return result;
    }

    /// <summary>The label value that an output means.</summary>
    public double ToLabel(double output)
        => LabelRange.Minimum + ((output - Targets.Low) / (Targets.High - Targets.Low)
            * (LabelRange.Maximum - LabelRange.Minimum));

    /// <summary>The targets of a sequence with these labels; null if it has none, or an unknown class.</summary>
    /// <param name="labels">The texts of its labels.</param>
    /// <param name="values">Its labels, if they are values.</param>
    public double[]? FindTargets(IReadOnlyList<string> labels, IReadOnlyList<double> values)
    {
        (double low, double high) = Targets;
        (double minimum, double maximum) = LabelRange;
        if (Classes.Count == 0)
        {
            return values.Count == 0 ? null
                : [.. values.Select(value => low + ((value - minimum) / (maximum - minimum) * (high - low)))];
        }

        return labels is [var label] && Classes.Contains(label)
            ? [.. Classes.Select(name => name == label ? high : low)] : null;
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
