using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LatchLab.Foundation;

namespace LatchLab.Tasks;

/// <summary>Builds a <see cref="Dataset"/>, step by step, as its sequences are read.</summary>
public sealed class DatasetBuilder : IDisposable
{
    private readonly string _name;
    private readonly IReadOnlyList<string> _inputNames;
    private readonly IReadOnlyList<string> _labelNames;
    private readonly LabelKind _labelKind;
    private readonly bool _hasSplit;
    private readonly int _maxInMemory;
    private readonly SpillableBuffer _values;
    private readonly SpillableBuffer? _stepLabels;
    private readonly double[] _inputMagnitudes;
    private readonly double[] _firstInputs; // NaN before the first that is not missing
    private readonly bool[] _changes;       // [input]
    private readonly List<long> _offsets = [0];
    private readonly List<double> _labelValues = [];
    private readonly List<bool> _testFlags = [];
    private readonly Dictionary<string, int> _classIndices = [];    // in the order in which they appear
    private readonly List<long> _classSizes = [];
    private (double Minimum, double Maximum) _labelRange = (double.PositiveInfinity, double.NegativeInfinity);
    private int _maxLength;
    private bool _isBuilt;

    /// <summary>Creates a builder without sequences.</summary>
    /// <param name="name">Name of the dataset.</param>
    /// <param name="inputs">Names of the inputs, at least one.</param>
    /// <param name="labels">Names of the labels, at least one; exactly one for classes.</param>
    /// <param name="labelKind">Whether labels are classes or values.</param>
    /// <param name="hasSplit">Whether the data define the test sequences.</param>
    /// <param name="maxInMemory">Largest number of values kept in memory; larger datasets use a scratch file.</param>
    public DatasetBuilder(
        string name,
        IReadOnlyList<string> inputs,
        IReadOnlyList<string> labels,
        LabelKind labelKind,
        bool hasSplit = false,
        int maxInMemory = SpillableBuffer.DefaultMemoryLimit)
    {
        _name = name;
        _inputNames = inputs;
        _labelNames = labels;
        _labelKind = labelKind;
        _hasSplit = hasSplit;
        _maxInMemory = maxInMemory;
        _values = new(maxInMemory);
        _inputMagnitudes = new double[inputs.Count];
        (_firstInputs, _changes) = (new double[inputs.Count], new bool[inputs.Count]);
        Array.Fill(_firstInputs, double.NaN);
    }

    /// <summary>What was found in the file beside the sequences.</summary>
    public DatasetRemarks Remarks { get; set; } = new();

    /// <summary>Whether every step has labels, and a sequence has none.</summary>
    public bool LabelsSteps
    {
        get => _stepLabels is not null;
        init => _stepLabels = value ? new(_maxInMemory) : null;
    }

    /// <summary>Number of completed sequences.</summary>
    public int Count => _offsets.Count - 1;

    /// <summary>Adds a step to the current sequence.</summary>
    /// <param name="step">[input]: finite.</param>
    /// <exception cref="IOException">
    /// The scratch file cannot be written, for example because the disk is full.
    /// </exception>
    public void AddStep(ReadOnlySpan<double> step)
    {
        for (int input = 0; input < _inputMagnitudes.Length; input++)
        {
            double magnitude = Math.Abs(step[input]);
            if (magnitude > _inputMagnitudes[input])
                _inputMagnitudes[input] = magnitude;
            if (_changes[input] || double.IsNaN(magnitude))
                continue;
            if (double.IsNaN(_firstInputs[input]))
                _firstInputs[input] = step[input];
            _changes[input] = step[input] != _firstInputs[input];
        }

        _values.Append(step);
    }

    /// <summary>Adds a step to the current sequence.</summary>
    /// <param name="step">[input]: finite, or NaN for a missing number that the trial replaces.</param>
    /// <param name="labels">[label]: a value or the number of a class; empty if only sequences have labels.</param>
    /// <exception cref="IOException">A scratch file cannot be written.</exception>
    public void AddStep(ReadOnlySpan<double> step, ReadOnlySpan<double> labels)
    {
        AddStep(step);
        _stepLabels?.Append(labels);
        CountLabels(labels);
    }

    /// <summary>The number of a class, in the order of appearance.</summary>
    public int GetClassNumber(ReadOnlySpan<char> name)
    {
        var byName = _classIndices.GetAlternateLookup<ReadOnlySpan<char>>();
        if (byName.TryGetValue(name, out int number))
            return number;
        byName[name] = number = _classIndices.Count;
        _classSizes.Add(0);
        return number;
    }

    /// <summary>Completes the current sequence with a class.</summary>
    public void EndSequence(string @class, bool isTest = false)
        => EndSequence([GetClassNumber(@class)], isTest);

    /// <summary>Completes the current sequence, whose steps have labels.</summary>
    public void EndLabelledSteps(bool isTest = false) => CompleteSequence(isTest);

    /// <summary>Completes the current sequence with values.</summary>
    /// <param name="targets">[label]: finite.</param>
    /// <param name="isTest">Whether it is a test sequence.</param>
    public void EndSequence(ReadOnlySpan<double> targets, bool isTest = false)
    {
        _labelValues.AddRange(targets);
        CountLabels(targets);
        CompleteSequence(isTest);
    }

    /// <summary>Builds the dataset, which then owns the values. Call it once, after at least one sequence.</summary>
    /// <exception cref="IOException">
    /// The scratch file cannot be written, for example because the disk is full.
    /// </exception>
    public Dataset Build()
    {
        byte[] digest = _values.Complete();
        byte[] stepDigest = _stepLabels?.Complete() ?? [];
        _isBuilt = true;
        string[] classNames = [.. SortClassNames(_classIndices.Where(entry => _classSizes[entry.Value] > 0)
            .Select(entry => entry.Key))];
        var sortedIndices = new int[_classIndices.Count];
        foreach ((int number, string @class) in classNames.Index())
            sortedIndices[_classIndices[@class]] = number;
        double[] labelNumbers = [.. _labelValues];
        for (int i = 0; _labelKind == LabelKind.Classes && i < labelNumbers.Length; i++)
            labelNumbers[i] = sortedIndices[(int)labelNumbers[i]];
        return new(_values, [.. _offsets], labelNumbers, _hasSplit ? [.. _testFlags] : null, _stepLabels)
        {
            Name = _name,
            Remarks = Remarks,
            InputNames = _inputNames,
            InputMagnitudes = _inputMagnitudes,
            ConstantInputs = [.. _inputNames.Where((_, input) => !_changes[input])],
            LabelNames = _labelNames,
            LabelRange = _labelRange,
            ClassNames = classNames,
            ClassSizes = _labelKind == LabelKind.Values ? [Count]
                : [.. classNames.Select(name => _classSizes[_classIndices[name]])],
            ClassOrder = sortedIndices,
            MaximumLength = _maxLength,
            Digest = ComputeDigest(digest, stepDigest, labelNumbers, classNames),
        };
    }

    /// <summary>Releases the values if no dataset was built.</summary>
    public void Dispose()
    {
        if (_isBuilt)
            return;
        _values.Dispose();
        _stepLabels?.Dispose();
    }

    /// <summary>Sorts the names by value if all of them are numbers; otherwise by the codes of their letters.</summary>
    private static IEnumerable<string> SortClassNames(IEnumerable<string> names)
    {
        var ordered = names.Order(StringComparer.Ordinal);
        return ordered.All(name => NumberFormat.TryParseFinite(name, out _))
            ? ordered.OrderBy(name => NumberFormat.TryParseFinite(name, out double number) ? number : 0.0)
            : ordered;
    }

    private void CountLabels(ReadOnlySpan<double> labels)
    {
        foreach (double label in labels)
        {
            _labelRange = (Math.Min(_labelRange.Minimum, label), Math.Max(_labelRange.Maximum, label));
            if (_labelKind == LabelKind.Classes)
                _classSizes[(int)label]++;
        }
    }

    private string ComputeDigest(byte[] valuesDigest, byte[] stepDigest, double[] labelNumbers, string[] classNames)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(valuesDigest);
        hash.AppendData(MemoryMarshal.AsBytes(labelNumbers.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes<long>(_offsets.ToArray()));
        hash.AppendData(MemoryMarshal.AsBytes<bool>(_testFlags.ToArray()));
        hash.AppendData(MemoryMarshal.AsBytes(string.Join('\n', classNames).AsSpan()));
        hash.AppendData(stepDigest);
        if (LabelsSteps) // the labels of steps are numbered in the order of appearance
            hash.AppendData(MemoryMarshal.AsBytes(string.Join('\n', _classIndices.Keys).AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void CompleteSequence(bool isTest)
    {
        _maxLength = Math.Max(_maxLength, (int)((_values.Count - _offsets[^1]) / _inputNames.Count));
        _offsets.Add(_values.Count);
        if (_hasSplit)
            _testFlags.Add(isTest);
    }
}
