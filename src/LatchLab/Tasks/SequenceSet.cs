namespace LatchLab.Tasks;

/// <summary>
/// Labelled sequences that somebody brought along: m inputs a step, sequences of any lengths of at least one step, and
/// for each the number of its class or one or several real values. It does not change once it is made
/// (<see cref="SequenceSetBuilder"/>); several threads may read it.
/// </summary>
public sealed class SequenceSet : IDisposable
{
    /// <summary>Most sequences of a set: a trial keeps the order of its sequences, four bytes each.</summary>
    public const int MostSequences = 1_000_000;

    private readonly SequenceValues values;
    private readonly long[] starts;     // [sequence]: where its values begin; one more for the end
    private readonly double[] labels;   // [sequence][label]
    private readonly bool[]? tests;     // [sequence]

    internal SequenceSet(SequenceValues values, long[] starts, double[] labels, bool[]? tests)
    {
        this.values = values;
        this.starts = starts;
        this.labels = labels;
        this.tests = tests;
        LabelRange = (labels.Min(), labels.Max());
        TestCount = tests?.Count(isTest => isTest) ?? 0;
    }

    /// <summary>What it is called in messages and above results: the name of its file.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the m inputs of a step.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Names of the labels; one where there are classes.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The classes in their order; none where labels are values.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>SHA-256 of all values, labels and the given split: whether two sets are the same.</summary>
    public required string Digest { get; init; }

    /// <summary>Number of sequences.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Whether it says itself which sequences are for the test.</summary>
    public bool HasSplit => tests is not null;

    /// <summary>Whether the values were too many for memory.</summary>
    public bool IsInFile => values.IsInFile;

    /// <summary>Steps of the longest sequence.</summary>
    public required int LongestLength { get; init; }

    /// <summary>Steps of all sequences together.</summary>
    public long Steps => starts[^1] / Inputs.Count;

    /// <summary>Steps of a sequence.</summary>
    public int LengthOf(int sequence) => (int)((starts[sequence + 1] - starts[sequence]) / Inputs.Count);

    /// <summary>A label of a sequence: a value, or the number of its class.</summary>
    public double Label(int sequence, int label = 0) => labels[(sequence * Labels.Count) + label];

    /// <summary>The number of the class of a sequence; 0 where labels are values.</summary>
    public int ClassOf(int sequence) => Classes.Count == 0 ? 0 : (int)labels[sequence];

    /// <summary>Whether the set says that a sequence is for the test.</summary>
    public bool IsTest(int sequence) => tests is not null && tests[sequence];

    /// <summary>The least and the largest label of all; of use where they are values.</summary>
    public (double Least, double Largest) LabelRange { get; }

    /// <summary>Sequences of each class, of class 0 where labels are values.</summary>
    public required IReadOnlyList<int> ClassSizes { get; init; }

    /// <summary>How many sequences the set itself says are for the test.</summary>
    public int TestCount { get; }

    /// <summary>Reads steps of a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="step">The first step, from 0.</param>
    /// <param name="steps">Receives whole steps: [step][input].</param>
    /// <exception cref="IOException">The disk for temporary files failed.</exception>
    public void Read(int sequence, int step, Span<double> steps)
        => values.Read(starts[sequence] + ((long)step * Inputs.Count), steps);

    /// <inheritdoc/>
    public void Dispose() => values.Dispose();
}
