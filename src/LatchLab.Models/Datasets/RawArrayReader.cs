using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Reads the sequences of arrays of NumPy for a network that is already trained. The names of the inputs and labels are
/// those of the arrays of the training, or <c>x</c>, <c>y</c> and <c>label</c>. A sequence is named by its index.
/// </summary>
internal sealed class RawArrayReader : RawSequenceReader
{
    private readonly NumpyFile _archive;
    private readonly NumpyArray _inputs;    // [sequence, step, input]
    private readonly NumpyArray? _labels;
    private int _sequence;
    private string? _firstMissing;
    private long _missing;

    /// <summary>Opens the arrays and checks their shapes.</summary>
    public RawArrayReader(string path, NetworkData data)
        : base(path, data)
    {
        _archive = new(path);
        try
        {
            string own = FindArrayName(data.Columns), label = FindArrayName(data.Labels);
            _inputs = _archive.IsArchive && _archive.Has(own) ? _archive.Open(own)
                : _archive.Open("x");
            string? labels = _archive.IsArchive ? Array.Find([label, "y", "label"], _archive.Has) : null;
            _labels = labels is null ? null : _archive.Open(labels);
            HasLabels = _labels is not null;
            ValidateShapes();
        }
        catch
        {
            _archive.Dispose();
            throw;
        }
    }

    public override double ReadShare => (double)_sequence / _inputs.Shape[0];

    public override IEnumerable<RawSequence> ReadAll()
    {
        for (; _sequence < _inputs.Shape[0]; _sequence++)
        {
            if (Read() is { } sequence)
                yield return sequence;
        }

        if (_missing > 0)
        {
            throw _inputs.Error($"{_firstMissing} is a missing number, one of {_missing} in all; the network was " +
                "trained with missing=error");
        }
    }

    protected override void Dispose(bool disposing) => _archive.Dispose();

    /// <summary>The name of the array whose columns have some names: x of x1, x2, …, or the only one.</summary>
    private static string FindArrayName(IReadOnlyList<string> names)
    {
        string first = names[0];
        return names.Count == 1 || !first.EndsWith('1') ? first : first[..^1];
    }

    private RawSequence? Read()
    {
        _inputs.ReadRow();
        _labels?.ReadRow();
        int inputs = Data.Columns.Count;
        var steps = new double[_inputs.RowLength];
        bool hasMissing = false;
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = _inputs.GetNumber(i);
            if (double.IsNaN(steps[i]))
                hasMissing = true;
            else if (!(Math.Abs(steps[i]) <= TableNumber.MaximumMagnitude))
                throw _inputs.Error(FormattableString.Invariant($"[{_sequence}, {i / inputs}, {i % inputs}] is ") +
                    FormattableString.Invariant($"{steps[i]}; at most {TableNumber.MaximumMagnitude:0e+0} is allowed"));
        }

        var sequence = new RawSequence(_sequence.ToString(CultureInfo.InvariantCulture), steps)
        {
            FirstStep = 0,
            Classes = _labels is null || Data.Classes.Count == 0 ? []
                : [.. Enumerable.Range(0, _labels.RowLength).Select(ReadClass)],
            Values = _labels is null || Data.Classes.Count > 0 ? []
                : [.. Enumerable.Range(0, _labels.RowLength).Select(_labels.GetNumber)],
        };
        if (!hasMissing)
            return sequence;
        if (Data.Missing != MissingNumbers.Error)
            return ReplaceMissing(sequence);
        int first = Array.FindIndex(steps, double.IsNaN);
        _firstMissing ??= $"[{_sequence}, {first / inputs}, {first % inputs}]";
        _missing += steps.Count(double.IsNaN);
        return null;
    }

    private string ReadClass(int element)
        => !_labels!.IsText && double.IsNaN(_labels.GetNumber(element)) ? "" : _labels.GetText(element);

    private void ValidateShapes()
    {
        int inputs = Data.Columns.Count;
        if (_inputs.Shape.Count != 3 || _inputs.IsText || _inputs.Shape.Contains(0) || _inputs.Shape[2] != inputs)
        {
            throw _inputs.Error($"has the shape {_inputs.FormatShape()}{(_inputs.IsText ? " of text" : "")}; the " +
                $"network has {NumberFormat.WithNoun(inputs, "input")}, so that [sequences, steps, {inputs}] of " +
                "numbers is needed, none empty");
        }

        if (_labels is null)
            return;
        int[] shape = [.. _inputs.Shape.Take(Data.HasStepLabels ? 2 : 1)];
        int labels = Data.Labels.Count;
        bool fits = _labels.Shape.SequenceEqual([.. shape, labels])
            || (labels == 1 && _labels.Shape.SequenceEqual(shape));
        if (!fits || (_labels.IsText && Data.Classes.Count == 0))
        {
            throw _labels.Error($"has the shape {_labels.FormatShape()}{(_labels.IsText ? " of text" : "")}; " +
                $"[{string.Join(", ", labels == 1 ? shape : [.. shape, labels])}] is needed for the labels");
        }
    }
}
