using System.Collections.Concurrent;

namespace LatchLab.Tasks;

/// <summary>
/// Labelled sequences supplied by the user: m inputs per step, sequences of any lengths of at least one step, and for
/// each sequence, or for each step, the number of its class or one or several real values. A dataset is immutable
/// (<see cref="DatasetBuilder"/> builds it), and several threads may read it.
/// </summary>
public sealed class Dataset : IDisposable
{
    /// <summary>Largest number of sequences: a trial stores the order of its sequences, four bytes each.</summary>
    public const int MaximumSequences = 1_000_000;

    private readonly SpillableBuffer _values;
    private readonly long[] _offsets;        // [sequence]: index of its first value; one more for the end
    private readonly double[] _labelValues;  // [sequence][label]; empty if steps have labels
    private readonly SpillableBuffer? _stepLabels;
    private readonly bool[]? _testFlags;     // [sequence]
    private readonly ConcurrentDictionary<int, StepLabelCounts> _stepLabelCounts = []; // by the number of last steps

    internal Dataset(SpillableBuffer values, long[] offsets, double[] labelValues, bool[]? testFlags,
        SpillableBuffer? stepLabels)
    {
        _values = values;
        _offsets = offsets;
        _labelValues = labelValues;
        _testFlags = testFlags;
        _stepLabels = stepLabels;
        TestCount = testFlags?.Count(isTest => isTest) ?? 0;
    }

    /// <summary>Its name in messages and reports: the name of its file.</summary>
    public required string Name { get; init; }

    /// <summary>What was found in its file beside the sequences.</summary>
    public DatasetRemarks Remarks { get; init; } = new();

    /// <summary>Names of the m inputs of a step.</summary>
    public required IReadOnlyList<string> InputNames { get; init; }

    /// <summary>[input]: its largest magnitude in any step.</summary>
    public required IReadOnlyList<double> InputMagnitudes { get; init; }

    /// <summary>The names of the inputs that have the same number in all steps.</summary>
    public IReadOnlyList<string> ConstantInputs { get; init; } = [];

    /// <summary>Values that are far from all others of their input, at most one of each input.</summary>
    public IReadOnlyList<OutlyingInput> OutlyingInputs => Remarks.OutlyingInputs ?? [];

    /// <summary>Names of the labels; exactly one for classes.</summary>
    public required IReadOnlyList<string> LabelNames { get; init; }

    /// <summary>Names of the classes, in order; empty if labels are values.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>SHA-256 of all values, labels and the given split, which identifies the dataset.</summary>
    public required string Digest { get; init; }

    /// <summary>Number of sequences.</summary>
    public int Count => _offsets.Length - 1;

    /// <summary>Whether the dataset itself defines the test sequences.</summary>
    public bool HasSplit => _testFlags is not null;

    /// <summary>Whether the values are in a scratch file because they exceed the memory limit.</summary>
    public bool IsSpilledToDisk => _values.IsSpilledToDisk;

    /// <summary>Steps of the longest sequence.</summary>
    public required int MaximumLength { get; init; }

    /// <summary>Steps of all sequences together.</summary>
    public long TotalSteps => _offsets[^1] / InputNames.Count;

    /// <summary>Steps of a sequence.</summary>
    public int LengthOf(int sequence) => (int)((_offsets[sequence + 1] - _offsets[sequence]) / InputNames.Count);

    /// <summary>A label of a sequence: a value, or the number of its class.</summary>
    public double GetLabel(int sequence, int label = 0) => _labelValues[(sequence * LabelNames.Count) + label];

    /// <summary>The number of the class of a sequence; 0 where labels are values or belong to steps.</summary>
    public int ClassOf(int sequence)
        => ClassNames.Count == 0 || HasStepLabels ? 0 : (int)_labelValues[sequence];

    /// <summary>Whether every step has labels, and a sequence has none.</summary>
    public bool HasStepLabels => _stepLabels is not null;

    /// <summary>Whether the dataset defines a sequence as a test sequence.</summary>
    public bool IsTest(int sequence) => _testFlags is not null && _testFlags[sequence];

    /// <summary>The smallest and the largest label; meaningful if labels are values.</summary>
    public required (double Minimum, double Maximum) LabelRange { get; init; }

    /// <summary>
    /// Number of sequences of each class, or of steps if those have labels; of class 0 if labels are values.
    /// </summary>
    public required IReadOnlyList<long> ClassSizes { get; init; }

    /// <summary>Number of sequences of each class of <see cref="ClassOf"/>.</summary>
    public IReadOnlyList<int> SplitClassSizes
        => HasStepLabels ? [Count] : [.. ClassSizes.Select(size => (int)size)];

    /// <summary>Number of test sequences that the dataset itself defines.</summary>
    public int TestCount { get; }

    /// <summary>Reads steps of a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="firstStep">The first step, from 0.</param>
    /// <param name="steps">Receives whole steps: [step][input].</param>
    /// <exception cref="IOException">The scratch file cannot be read.</exception>
    public void ReadSteps(int sequence, int firstStep, Span<double> steps)
        => _values.Read(_offsets[sequence] + ((long)firstStep * InputNames.Count), steps);

    /// <summary>Reads the labels of steps: values, or the numbers of their classes.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="firstStep">The first step, from 0.</param>
    /// <param name="labels">Receives the labels of whole steps: [step][label].</param>
    /// <exception cref="IOException">The scratch file cannot be read.</exception>
    public void ReadStepLabels(int sequence, int firstStep, Span<double> labels)
    {
        long step = (_offsets[sequence] / InputNames.Count) + firstStep;
        _stepLabels!.Read(step * LabelNames.Count, labels);
        for (int i = 0; ClassOrder.Count > 0 && i < labels.Length; i++)
            labels[i] = ClassOrder[(int)labels[i]];
    }

    /// <summary>Counts the classes of the last steps of each sequence, where steps have labels.</summary>
    /// <param name="lastSteps">The largest number of steps of a sequence that count; 0 for all.</param>
    /// <exception cref="IOException">The scratch file cannot be read.</exception>
    public StepLabelCounts CountStepLabels(int lastSteps)
        => _stepLabelCounts.GetOrAdd(lastSteps, steps => StepLabelCounts.Count(this, steps));

    /// <summary>[number in the order of appearance]: the number of a class, where steps have labels.</summary>
    internal IReadOnlyList<int> ClassOrder { get; init; } = [];

    public void Dispose()
    {
        _values.Dispose();
        _stepLabels?.Dispose();
    }
}
