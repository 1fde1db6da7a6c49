namespace LatchLab.Statistics;

/// <summary>
/// The answers of a classifier: how often it answered each class, or none, to sequences of each class. The metrics are
/// those of scikit-learn: <c>accuracy_score</c>, <c>balanced_accuracy_score</c>, and <c>f1_score</c> with
/// <c>average="macro"</c>. No answer counts as incorrect, and is not a class.
/// </summary>
/// <remarks>Only pairs that occur are stored: of the million pairs of a thousand classes a test has few.</remarks>
/// <param name="classCount">k, the number of classes.</param>
public sealed class ConfusionMatrix(int classCount)
{
    private readonly Dictionary<(int Label, int Answer), long> _counts = [];
    private readonly long[] _labelCounts = new long[classCount];
    private readonly long[] _answerCounts = new long[classCount + 1]; // [answer, then none]

    /// <summary>k, the number of classes; as an answer, none of them.</summary>
    public int ClassCount => classCount;

    /// <summary>How often a class had an answer; the answer k is none.</summary>
    public long this[int label, int answer] => _counts.GetValueOrDefault((label, answer));

    /// <summary>The number of answers, those of no class included.</summary>
    public long Count => _labelCounts.Sum();

    /// <summary>The number of sequences without an answer.</summary>
    public long Unanswered => _answerCounts[classCount];

    /// <summary>The classes with the answers that occur, and their counts, by class and then by answer.</summary>
    public IEnumerable<(int Label, int Answer, long Count)> Pairs
        => from entry in _counts
           orderby entry.Key
           select (entry.Key.Label, entry.Key.Answer, entry.Value);

    /// <summary>The share of correct answers; NaN without answers.</summary>
    public double Accuracy => (double)Classes.Sum(label => this[label, label]) / Count;

    /// <summary>The mean, over the classes that occur, of the share of correct answers to the class.</summary>
    public double BalancedAccuracy
        => Classes.Where(label => CountLabels(label) > 0)
            .Select(label => (double)this[label, label] / CountLabels(label)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>
    /// The mean, over the classes that occur or are answered, of the harmonic mean of precision and recall.
    /// </summary>
    public double MacroF1
        => Classes.Where(label => CountLabels(label) + CountAnswers(label) > 0)
            .Select(label => 2.0 * this[label, label] / (CountLabels(label) + CountAnswers(label)))
            .DefaultIfEmpty(double.NaN).Average();

    private IEnumerable<int> Classes => Enumerable.Range(0, classCount);

    /// <summary>The number of sequences of a class.</summary>
    public long CountLabels(int label) => _labelCounts[label];

    /// <summary>How often a class was answered.</summary>
    public long CountAnswers(int answer) => _answerCounts[answer];

    /// <summary>Adds answers.</summary>
    /// <param name="label">The class of the sequences.</param>
    /// <param name="answer">The class that was answered; k for none.</param>
    /// <param name="count">How often.</param>
    public void Add(int label, int answer, long count = 1)
    {
        _labelCounts[label] += count;
        _answerCounts[answer] += count;
        _counts[(label, answer)] = this[label, answer] + count;
    }

    /// <summary>The answers to the same sequences of a classifier that always answers one class.</summary>
    public ConfusionMatrix AlwaysAnswering(int answer)
    {
        var constant = new ConfusionMatrix(classCount);
        foreach (int label in Classes.Where(label => CountLabels(label) > 0))
            constant.Add(label, answer, CountLabels(label));
        return constant;
    }

    /// <summary>Adds the answers of another matrix of the same classes.</summary>
    public void Add(ConfusionMatrix other)
    {
        foreach (((int label, int answer), long count) in other._counts)
            Add(label, answer, count);
    }
}
