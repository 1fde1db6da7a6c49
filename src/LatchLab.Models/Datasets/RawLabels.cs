using LatchLab.Files;
using LatchLab.Tasks;

namespace LatchLab.Models.Datasets;

/// <summary>
/// The labels of a sequence, or of its steps, in a table for a network that is already trained. A label that is blank
/// or a text for a missing number is missing, unless the network has a class of this name.
/// </summary>
internal sealed class RawLabels
{
    private readonly ITable _file;
    private readonly NetworkData _data;
    private readonly int[] _columns; // [label], or [step of the row][label]
    private readonly ValidationErrors _errors;
    private readonly SequenceAttributes _attributes;
    private readonly Dictionary<string, string> _classes;
    private readonly List<string> _stepClasses = [];
    private readonly List<double> _stepValues = [];

    /// <summary>Begins with the labels of a table.</summary>
    public RawLabels(ITable file, NetworkData data, RawColumns columns, ValidationErrors errors)
    {
        (_file, _data, _columns, _errors) = (file, data, columns.Labels, errors);
        _attributes = new(file, data.HasStepLabels ? [] : _columns, errors);
        _classes = data.Classes.ToDictionary(name => name);
    }

    /// <summary>Reads the labels of a row.</summary>
    /// <param name="steps">The steps of the row.</param>
    public void ReadRow(int steps)
    {
        if (!_data.HasStepLabels)
        {
            _attributes.ReadRow();
            return;
        }

        foreach (int column in _columns.AsSpan(0, Math.Min(_columns.Length, steps * _data.Labels.Count)))
        {
            if (_data.Classes.Count > 0)
                _stepClasses.Add(ReadClass(column));
            else
                _stepValues.Add(TableNumber.Read(_file, column, _errors, allowsMissing: true));
        }
    }

    /// <summary>The sequence with the labels since the last one.</summary>
    public RawSequence Complete(RawSequence sequence)
    {
        if (_columns.Length == 0)
            return sequence;
        if (!_data.HasStepLabels)
        {
            SequenceAttribute?[] labels = _attributes.TakeAll();
            return _data.Classes.Count > 0
                ? sequence with { Classes = [labels[0] is { } label ? FindClass(label.Value) : ""] }
                : sequence with { Values = [.. labels.Select(ParseNumber)] };
        }

        sequence = sequence with { Classes = [.. _stepClasses], Values = [.. _stepValues] };
        _stepClasses.Clear();
        _stepValues.Clear();
        return sequence;
    }

    private double ParseNumber(SequenceAttribute? label)
    {
        if (label is null || TableNumber.IsMissing(label.Value))
            return double.NaN;
        if (!_file.TryParse(label.Value, label.Line, out double number))
            label.ReportError(TableNumber.DescribeInvalid(_file, label.Value));
        return number;
    }

    private string ReadClass(int column)
    {
        ReadOnlySpan<char> text = _file[column];
        if (text.Contains('\uFFFD'))
        {
            _errors.Add(_file.Line, Escape.Text(_file.Header[column]),
                $"{Escape.Quote(text.ToString())} is not UTF-8 text; save the file as UTF-8");
        }

        return FindClass(text);
    }

    /// <summary>A class of the network without a new text, or another one.</summary>
    private string FindClass(ReadOnlySpan<char> text)
        => _classes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out string? name) ? name
            : TableNumber.IsMissing(text) ? "" : text.ToString();
}
