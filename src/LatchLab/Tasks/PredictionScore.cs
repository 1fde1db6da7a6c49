namespace LatchLab.Tasks;

/// <summary>
/// The error of predictions for labelled sequences beside that of a constant prediction: for classes, the share of
/// incorrect sequences beside that of always giving the most frequent class; for values, the root mean square error
/// over all labels beside that of always giving the mean of each label.
/// </summary>
/// <param name="data">What the outputs mean.</param>
public sealed class PredictionScore(NetworkData data)
{
    private readonly Dictionary<string, long> _classCounts = [];
    private readonly double[] _means = new double[data.Labels.Count];
    private double _squaredDeviations; // of the labels from their means (Welford 1962)
    private double _squaredErrors;
    private long _incorrect;

    /// <summary>The labelled sequences so far.</summary>
    public long Count { get; private set; }

    /// <summary>The sequences so far with a class that the network does not have; they are incorrect.</summary>
    public long UnknownClasses { get; private set; }

    /// <summary>The share of incorrect sequences, or the root mean square error in units of the label.</summary>
    public double Error
        => data.Classes.Count > 0 ? (double)_incorrect / Count
            : Math.Sqrt(_squaredErrors / Count / data.Labels.Count);

    /// <summary>The error of a constant prediction.</summary>
    public double ChanceError
        => data.Classes.Count > 0 ? 1.0 - ((double)_classCounts.Values.Max() / Count)
            : Math.Sqrt(_squaredDeviations / Count / data.Labels.Count);

    /// <summary>Adds a sequence with a class.</summary>
    /// <param name="label">The class.</param>
    /// <param name="predicted">The predicted class, −1 if the largest outputs are equal.</param>
    public void Add(string label, int predicted)
    {
        Count++;
        _classCounts[label] = _classCounts.GetValueOrDefault(label) + 1;
        if (predicted >= 0 && data.Classes[predicted] == label)
            return;
        _incorrect++;
        if (!data.Classes.Contains(label))
            UnknownClasses++;
    }

    /// <summary>Adds a sequence with values.</summary>
    /// <param name="labels">[label].</param>
    /// <param name="predicted">[label], in the same units.</param>
    public void Add(ReadOnlySpan<double> labels, ReadOnlySpan<double> predicted)
    {
        Count++;
        for (int k = 0; k < _means.Length; k++)
        {
            double difference = labels[k] - _means[k];
            _means[k] += difference / Count;
            _squaredDeviations += difference * (labels[k] - _means[k]);
            _squaredErrors += (predicted[k] - labels[k]) * (predicted[k] - labels[k]);
        }
    }
}
