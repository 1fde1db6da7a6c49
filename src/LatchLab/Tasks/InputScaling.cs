namespace LatchLab.Tasks;

/// <summary>
/// The normalisation of each input before it is presented: <c>u = (x − Offset)·Factor</c>. It is fitted to the steps of
/// the training sequences only, so that training uses no information about the test sequences.
/// </summary>
/// <param name="Offset">[input].</param>
/// <param name="Factor">[input]: 0 for an input that is constant in training; it is then always 0.</param>
public sealed record InputScaling(double[] Offset, double[] Factor)
{
    /// <summary>
    /// [input]: what a missing number becomes, the normalised mean; null unless the mean replaces it.
    /// </summary>
    public double[]? Missing { get; init; }

    /// <summary>Fits the scaling of a trial.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="training">Its training sequences.</param>
    /// <param name="maxSteps">Steps at the end of a sequence that are presented.</param>
    /// <param name="normalisation">The kind of normalisation.</param>
    /// <param name="missing">What is done with missing numbers.</param>
    public static InputScaling Fit(Dataset dataset, IReadOnlyList<int> training, int maxSteps,
        Normalisation normalisation, MissingNumbers missing = MissingNumbers.Error)
    {
        bool replacesByMean = missing == MissingNumbers.Mean;
        var columns = new ColumnStatistics[dataset.InputNames.Count];
        if (normalisation != Normalisation.None)
            Array.Fill(columns,
                new ColumnStatistics { Minimum = double.PositiveInfinity, Maximum = double.NegativeInfinity });
        var steps = new double[Math.Min(maxSteps, dataset.MaximumLength) * columns.Length];
        foreach (int sequence in normalisation == Normalisation.None && !replacesByMean ? [] : training)
        {
            int length = Math.Min(maxSteps, dataset.LengthOf(sequence));
            Span<double> sequenceSteps = steps.AsSpan(0, length * columns.Length);
            dataset.ReadSteps(sequence, dataset.LengthOf(sequence) - length, sequenceSteps);
            for (int input = 0; input < columns.Length; input++)
                columns[input].Add(sequenceSteps, input, columns.Length);
        }

        (double Offset, double Factor)[] scales = [.. columns.Select(column => column.GetScaling(normalisation))];
        return new([.. scales.Select(scale => scale.Offset)], [.. scales.Select(scale => scale.Factor)])
        {
            Missing = !replacesByMean ? null
                : [.. scales.Zip(columns, (scale, column) => (column.Mean - scale.Offset) * scale.Factor)],
        };
    }

    /// <summary>Whether it leaves every input as it is.</summary>
    public bool IsIdentity
        => Array.TrueForAll(Offset, offset => offset == 0.0) && Array.TrueForAll(Factor, factor => factor == 1.0);

    /// <summary>Normalises steps in place, and replaces missing numbers by the mean.</summary>
    /// <param name="steps">[step][input]; NaN is a missing number.</param>
    public void Normalise(Span<double> steps)
    {
        ReadOnlySpan<double> offset = Offset, factor = Factor;
        for (int first = 0; first < steps.Length; first += offset.Length)
        {
            for (int i = 0; i < offset.Length; i++)
                steps[first + i] = (steps[first + i] - offset[i]) * factor[i];
        }

        for (int k = 0; Missing is not null && k < steps.Length; k++)
        {
            if (double.IsNaN(steps[k]))
                steps[k] = Missing[k % Missing.Length];
        }
    }

    /// <summary>
    /// Count, mean, squared deviations, minimum and maximum of an input over the steps so far. The steps of a sequence
    /// are added at once (Chan, Golub and LeVeque 1983).
    /// </summary>
    private struct ColumnStatistics
    {
        public double Minimum;
        public double Maximum;
        private long _count;
        private double _mean;
        private double _squaredDeviations;

        public readonly double Mean => _mean;

        public void Add(ReadOnlySpan<double> steps, int column, int stride)
        {
            double sum = 0.0, deviations = 0.0;
            int added = 0;
            for (int i = column; i < steps.Length; i += stride)
            {
                if (double.IsNaN(steps[i])) // missing
                    continue;
                added++;
                sum += steps[i];
                Minimum = Math.Min(Minimum, steps[i]);
                Maximum = Math.Max(Maximum, steps[i]);
            }

            if (added == 0)
                return;
            double sequenceMean = sum / added;
            for (int i = column; i < steps.Length; i += stride)
            {
                if (!double.IsNaN(steps[i]))
                    deviations += (steps[i] - sequenceMean) * (steps[i] - sequenceMean);
            }

            double meanDifference = sequenceMean - _mean, weight = (double)added / (_count + added);
            _squaredDeviations += deviations + (meanDifference * meanDifference * _count * weight);
            _mean += meanDifference * weight;
            _count += added;
        }

        /// <summary>
        /// An input with equal minimum and maximum is constant, even if rounding makes its deviation positive.
        /// </summary>
        public readonly (double Offset, double Factor) GetScaling(Normalisation normalisation)
        {
            if (normalisation == Normalisation.None)
                return (0.0, 1.0);
            double halfRange = 0.5 * (Maximum - Minimum);
            double scale = normalisation == Normalisation.Range ? halfRange : Math.Sqrt(_squaredDeviations / _count);
            double offset = normalisation == Normalisation.Range ? Minimum + halfRange : _mean;
            double factor = 1.0 / scale;
            return (offset, halfRange > 0.0 && double.IsFinite(factor) ? factor : 0.0);
        }
    }
}

/// <summary>Kinds of input normalisation.</summary>
public enum Normalisation
{
    /// <summary>Mean 0 and standard deviation 1 over all steps of the training sequences.</summary>
    Standard,

    /// <summary>Linearly to −1 … 1 over all steps of the training sequences.</summary>
    Range,

    /// <summary>No normalisation.</summary>
    None,
}
