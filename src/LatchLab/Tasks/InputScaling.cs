namespace LatchLab.Tasks;

/// <summary>
/// What is done to each input of a step before a network sees it: <c>u = (x − Offset)·Factor</c>. Found from the steps
/// of the training sequences alone, so that nothing of the test gets into the training.
/// </summary>
/// <param name="Offset">[input].</param>
/// <param name="Factor">[input]: 0 for an input that never changes in training, which is then 0 for good.</param>
public sealed record InputScaling(double[] Offset, double[] Factor)
{
    /// <summary>The scaling for a trial.</summary>
    /// <param name="set">The set.</param>
    /// <param name="training">Its training sequences.</param>
    /// <param name="most">Steps at the end of a sequence that are presented.</param>
    /// <param name="kind">What is to be done.</param>
    public static InputScaling Of(SequenceSet set, IReadOnlyList<int> training, int most, Normalisation kind)
    {
        var columns = new Column[set.Inputs.Count];
        if (kind != Normalisation.None)
            Array.Fill(columns, new Column { Least = double.PositiveInfinity, Largest = double.NegativeInfinity });
        var steps = new double[Math.Min(most, set.LongestLength) * columns.Length];
        foreach (int sequence in kind == Normalisation.None ? [] : training)
        {
            int length = Math.Min(most, set.LengthOf(sequence));
            Span<double> own = steps.AsSpan(0, length * columns.Length);
            set.Read(sequence, set.LengthOf(sequence) - length, own);
            for (int input = 0; input < columns.Length; input++)
                columns[input].Add(own, input, columns.Length);
        }

        (double Offset, double Factor)[] scales = [.. columns.Select(column => column.Scale(kind))];
        return new([.. scales.Select(scale => scale.Offset)], [.. scales.Select(scale => scale.Factor)]);
    }

    /// <summary>
    /// Count, mean and squared deviations of the steps so far, those of a sequence added at once (Chan, Golub and
    /// LeVeque 1983), and their ends.
    /// </summary>
    private struct Column
    {
        public double Least;
        public double Largest;
        private long count;
        private double mean;
        private double squares;

        public void Add(ReadOnlySpan<double> steps, int first, int stride)
        {
            double sum = 0.0, deviations = 0.0;
            int added = 0;
            for (int i = first; i < steps.Length; i += stride, added++)
            {
                sum += steps[i];
                Least = Math.Min(Least, steps[i]);
                Largest = Math.Max(Largest, steps[i]);
            }

            double own = sum / added;
            for (int i = first; i < steps.Length; i += stride)
                deviations += (steps[i] - own) * (steps[i] - own);
            double apart = own - mean, weight = (double)added / (count + added);
            squares += deviations + (apart * apart * count * weight);
            mean += apart * weight;
            count += added;
        }

        /// <summary>An input whose ends are equal is constant, whatever rounding makes of its deviation.</summary>
        public readonly (double Offset, double Factor) Scale(Normalisation kind)
        {
            if (kind == Normalisation.None)
                return (0.0, 1.0);
            double half = 0.5 * (Largest - Least);
            double unit = kind == Normalisation.Range ? half : Math.Sqrt(squares / count);
            double offset = kind == Normalisation.Range ? Least + half : mean;
            double factor = 1.0 / unit;
            return (offset, half > 0.0 && double.IsFinite(factor) ? factor : 0.0);
        }
    }
}

/// <summary>What is done to inputs.</summary>
public enum Normalisation
{
    /// <summary>Mean 0 and standard deviation 1 over all steps of the training sequences.</summary>
    Standard,

    /// <summary>Linearly to −1 … 1 over all steps of the training sequences.</summary>
    Range,

    /// <summary>Nothing.</summary>
    None,
}
