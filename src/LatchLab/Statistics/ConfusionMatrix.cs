namespace LatchLab.Statistics;

/// <summary>
/// The answers of a classifier: how often it answered each class, or none, to sequences of each class. The metrics are
/// those of scikit-learn: <c>accuracy_score</c>, <c>balanced_accuracy_score</c>, and <c>f1_score</c> with
/// <c>average="macro"</c>. No answer counts as incorrect, and is not a class.
/// </summary>
/// <param name="classCount">k, the number of classes.</param>
public sealed class ConfusionMatrix(int classCount)
{
    private readonly long[] _counts = new long[checked(classCount * (classCount + 1))]; // [class][answer, then none]

    /// <summary>k, the number of classes; as an answer, none of them.</summary>
    public int ClassCount => classCount;

    /// <summary>How often a class had an answer; the answer k is none.</summary>
    public long this[int label, int answer] => _counts[(label * (classCount + 1)) + answer];

    /// <summary>The number of answers, those of no class included.</summary>
    public long Count => _counts.Sum();

    /// <summary>The number of sequences without an answer.</summary>
    public long Unanswered => Classes.Sum(label => this[label, classCount]);

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
    public long CountLabels(int label) => Enumerable.Range(0, classCount + 1).Sum(answer => this[label, answer]);

    /// <summary>How often a class was answered.</summary>
    public long CountAnswers(int answer) => Classes.Sum(label => this[label, answer]);

    /// <summary>Adds answers.</summary>
    /// <param name="label">The class of the sequences.</param>
    /// <param name="answer">The class that was answered; k for none.</param>
    /// <param name="count">How often.</param>
    public void Add(int label, int answer, long count = 1) => _counts[(label * (classCount + 1)) + answer] += count;

    /// <summary>The answers to the same sequences of a classifier that always answers one class.</summary>
    public ConfusionMatrix AlwaysAnswering(int answer)
    {
        var constant = new ConfusionMatrix(classCount);
        foreach (int label in Classes)
            constant.Add(label, answer, CountLabels(label));
        return constant;
    }

    /// <summary>Adds the answers of another matrix of the same classes.</summary>
    public void Add(ConfusionMatrix other)
    {
        for (int i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
    }
}
