using LatchLab.Statistics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The answers of a saved network to the labels of a file, of sequences or of steps, beside those of a constant: the
/// most frequent class of the network in the file, or the mean of each label. Memory does not grow with their number.
/// </summary>
/// <param name="data">What the outputs mean.</param>
public sealed class PredictionScore(NetworkData data) : IDisposable
{
    private const int MaximumInMemory = 1 << 22;

    private const int MaximumNames = 10;

    private readonly Dictionary<string, int> _classes =
        data.Classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index);

    private readonly HashSet<string> _unknownNames = [];
    private readonly SpillableBuffer _values = new(MaximumInMemory); // [answer]: weight, labels, predicted values

    /// <summary>The labels so far: of sequences, or of steps.</summary>
    public long Count { get; private set; }

    /// <summary>Those so far that are a class which the network does not have; they are incorrect.</summary>
    public long UnknownClasses { get; private set; }

    /// <summary>The names of the first of these classes.</summary>
    public IReadOnlyCollection<string> UnknownNames => _unknownNames;

    /// <summary>
    /// [class, then all that the network does not have][answer]; without answers if labels are values.
    /// </summary>
    public ConfusionMatrix Confusion { get; } = new(data.Classes.Count + 1);

    /// <summary>The class of the constant: the most frequent one of the network, the first of several.</summary>
    public int MostFrequentClass
        => Enumerable.Range(0, data.Classes.Count).MaxBy(Confusion.CountLabels);

    /// <summary>Adds a label that is a class.</summary>
    /// <param name="label">The class.</param>
    /// <param name="predicted">The predicted class, −1 if the largest outputs are equal.</param>
    public void Add(string label, int predicted)
    {
        Count++;
        bool isKnown = _classes.TryGetValue(label, out int number);
        if (!isKnown)
        {
            UnknownClasses++;
            if (_unknownNames.Count < MaximumNames)
                _unknownNames.Add(label);
        }

        Confusion.Add(isKnown ? number : data.Classes.Count, predicted < 0 ? Confusion.ClassCount : predicted);
    }

    /// <summary>Adds labels that are values.</summary>
    /// <param name="labels">[label].</param>
    /// <param name="predicted">[label], in the same units.</param>
    /// <param name="weight">The weight of the step: the weights of the steps of a sequence have the sum 1.</param>
    public void Add(ReadOnlySpan<double> labels, ReadOnlySpan<double> predicted, double weight)
    {
        Count++;
        _values.Append([weight]);
        _values.Append(labels);
        _values.Append(predicted);
    }

    /// <summary>The answers of the network and of the constant. Call it once, after all labels.</summary>
    public TrialTest Complete()
    {
        if (data.Classes.Count > 0)
            return new(new(Confusion, null), new(Confusion.AlwaysAnswering(MostFrequentClass), null));
        _values.Complete();
        int labels = data.Labels.Count;
        var sums = new double[labels];
        double weights = 0.0;
        ForEachAnswer(answer =>
        {
            weights += answer[0];
            for (int k = 0; k < labels; k++)
                sums[k] += answer[0] * answer[1 + k];
        });
        double[] means = [.. sums.Select(sum => sum / weights)];
        var (errors, constant) = (new ValueErrors(means), new ValueErrors(means));
        ForEachAnswer(answer =>
        {
            for (int k = 0; k < labels; k++)
            {
                errors.Add(k, answer[1 + k], answer[1 + labels + k], answer[0]);
                constant.Add(k, answer[1 + k], means[k], answer[0]);
            }
        });
        return new(new(null, errors), new(null, constant));
    }

    public void Dispose() => _values.Dispose();

    private void ForEachAnswer(Action<double[]> use)
    {
        var answer = new double[1 + (2 * data.Labels.Count)];
        for (long i = 0; i < Count; i++)
        {
            _values.Read(i * answer.Length, answer);
            use(answer);
        }
    }
}
