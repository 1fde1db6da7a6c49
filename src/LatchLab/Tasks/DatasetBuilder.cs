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
    private readonly SpillableBuffer _values;
    private readonly double[] _inputMagnitudes;
    private readonly List<long> _offsets = [0];
    private readonly List<double> _labelValues = [];
    private readonly List<bool> _testFlags = [];
    private readonly Dictionary<string, int> _classIndices = [];    // in the order in which they appear
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
        _values = new(maxInMemory);
        _inputMagnitudes = new double[inputs.Count];
    }

    /// <summary>What is unusual about the format of the file; empty if nothing is.</summary>
    public string Format { get; set; } = "";

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
            _inputMagnitudes[input] = Math.Max(_inputMagnitudes[input], Math.Abs(step[input]));
        _values.Append(step);
    }

    /// <summary>Completes the current sequence with a class.</summary>
    public void EndSequence(string @class, bool isTest = false)
    {
        _classIndices.TryAdd(@class, _classIndices.Count);
        _labelValues.Add(_classIndices[@class]);
        CompleteSequence(isTest);
    }

    /// <summary>Completes the current sequence with values.</summary>
    /// <param name="targets">[label]: finite.</param>
    /// <param name="isTest">Whether it is a test sequence.</param>
    public void EndSequence(ReadOnlySpan<double> targets, bool isTest = false)
    {
        _labelValues.AddRange(targets);
        CompleteSequence(isTest);
    }

    /// <summary>Builds the dataset, which then owns the values. Call it once, after at least one sequence.</summary>
    /// <param name="outlyingInputs">Values that are far from all others of their input; null for none.</param>
    /// <exception cref="IOException">
    /// The scratch file cannot be written, for example because the disk is full.
    /// </exception>
    public Dataset Build(IReadOnlyList<OutlyingInput>? outlyingInputs = null)
    {
        byte[] digest = _values.Complete();
        _isBuilt = true;
        string[] classNames = [.. SortClassNames(_classIndices.Keys)];
        double[] labelNumbers = [.. _labelValues];
        if (_labelKind == LabelKind.Classes)
        {
            var sortedIndices = new int[classNames.Length];
            foreach ((int number, string @class) in classNames.Index())
                sortedIndices[_classIndices[@class]] = number;
            for (int i = 0; i < labelNumbers.Length; i++)
                labelNumbers[i] = sortedIndices[(int)labelNumbers[i]];
        }

        int[] classSizes = _labelKind == LabelKind.Classes ? new int[classNames.Length] : [Count];
        if (_labelKind == LabelKind.Classes)
        {
            foreach (double number in labelNumbers)
                classSizes[(int)number]++;
        }

        return new(_values, [.. _offsets], labelNumbers, _hasSplit ? [.. _testFlags] : null)
        {
            Name = _name,
            Format = Format,
            InputNames = _inputNames,
            InputMagnitudes = _inputMagnitudes,
            OutlyingInputs = outlyingInputs ?? [],
            LabelNames = _labelNames,
            ClassNames = classNames,
            ClassSizes = classSizes,
            MaximumLength = _maxLength,
            Digest = ComputeDigest(digest, labelNumbers, classNames),
        };
    }

    /// <summary>Releases the values if no dataset was built.</summary>
    public void Dispose()
    {
        if (!_isBuilt)
            _values.Dispose();
    }

    /// <summary>Sorts the names by value if all of them are numbers; otherwise by the codes of their letters.</summary>
    private static IEnumerable<string> SortClassNames(IEnumerable<string> names)
    {
        var ordered = names.Order(StringComparer.Ordinal);
        return ordered.All(name => NumberFormat.TryParseFinite(name, out _))
            ? ordered.OrderBy(name => NumberFormat.TryParseFinite(name, out double number) ? number : 0.0)
            : ordered;
    }

    private string ComputeDigest(byte[] valuesDigest, double[] labelNumbers, string[] classNames)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(valuesDigest);
        hash.AppendData(MemoryMarshal.AsBytes(labelNumbers.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes<long>(_offsets.ToArray()));
        hash.AppendData(MemoryMarshal.AsBytes<bool>(_testFlags.ToArray()));
        hash.AppendData(MemoryMarshal.AsBytes(string.Join('\n', classNames).AsSpan()));
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
