namespace LatchLab.Tasks;

/// <summary>
/// Labelled sequences that somebody brought along: m inputs a step, sequences of any lengths of at least one step, and
/// for each the number of its class or one or several real values. It does not change once it is made
/// (<see cref="DatasetBuilder"/>); several threads may read it.
/// </summary>
public sealed class Dataset : IDisposable
{
    /// <summary>Most sequences of a set: a trial keeps the order of its sequences, four bytes each.</summary>
    public const int MaximumSequences = 1_000_000;

    private readonly SpillableBuffer _values;
    private readonly long[] _offsets;     // [sequence]: where its values begin; one more for the end
    private readonly double[] _labelValues;   // [sequence][label]
    private readonly bool[]? _testFlags;     // [sequence]

    internal Dataset(SpillableBuffer values, long[] offsets, double[] labelValues, bool[]? testFlags)
    {
        this._values = values;
        this._offsets = offsets;
        this._labelValues = labelValues;
        this._testFlags = testFlags;
        LabelRange = (labelValues.Min(), labelValues.Max());
        TestCount = testFlags?.Count(isTest => isTest) ?? 0;
    }

    /// <summary>What it is called in messages and above results: the name of its file.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the m inputs of a step.</summary>
    public required IReadOnlyList<string> InputNames { get; init; }

    /// <summary>Names of the labels; one where there are classes.</summary>
    public required IReadOnlyList<string> LabelNames { get; init; }

    /// <summary>The classes in their order; none where labels are values.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>SHA-256 of all values, labels and the given split: whether two sets are the same.</summary>
    public required string Digest { get; init; }

    /// <summary>Number of sequences.</summary>
    public int Count => _offsets.Length - 1;

    /// <summary>Whether it says itself which sequences are for the test.</summary>
    public bool HasSplit => _testFlags is not null;

    /// <summary>Whether the values were too many for memory.</summary>
    public bool IsSpilledToDisk => _values.IsSpilledToDisk;

    /// <summary>Steps of the longest sequence.</summary>
    public required int MaximumLength { get; init; }

    /// <summary>Steps of all sequences together.</summary>
    public long TotalSteps => _offsets[^1] / InputNames.Count;

    /// <summary>Steps of a sequence.</summary>
    public int LengthOf(int sequence) => (int)((_offsets[sequence + 1] - _offsets[sequence]) / InputNames.Count);

    /// <summary>A label of a sequence: a value, or the number of its class.</summary>
    public double GetLabel(int sequence, int label = 0) => _labelValues[(sequence * LabelNames.Count) + label];

    /// <summary>The number of the class of a sequence; 0 where labels are values.</summary>
    public int ClassOf(int sequence) => ClassNames.Count == 0 ? 0 : (int)_labelValues[sequence];

    /// <summary>Whether the set says that a sequence is for the test.</summary>
    public bool IsTest(int sequence) => _testFlags is not null && _testFlags[sequence];

    /// <summary>The least and the largest label of all; of use where they are values.</summary>
    public (double Minimum, double Maximum) LabelRange { get; }

    /// <summary>Sequences of each class, of class 0 where labels are values.</summary>
    public required IReadOnlyList<int> ClassSizes { get; init; }

    /// <summary>How many sequences the set itself says are for the test.</summary>
    public int TestCount { get; }

    /// <summary>Reads steps of a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="firstStep">The first step, from 0.</param>
    /// <param name="steps">Receives whole steps: [step][input].</param>
    /// <exception cref="IOException">The disk for temporary files failed.</exception>
    public void ReadSteps(int sequence, int firstStep, Span<double> steps)
        => _values.Read(_offsets[sequence] + ((long)firstStep * InputNames.Count), steps);

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();
}
