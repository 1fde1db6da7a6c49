using LatchLab.Files;

namespace LatchLab.Models.Datasets;

/// <summary>An attribute of a whole sequence: a label, or the split (train or test).</summary>
/// <param name="Value">The value.</param>
/// <param name="Column">The name of its column.</param>
/// <param name="Line">Its line.</param>
/// <param name="File">Its file.</param>
/// <param name="Errors">Receives the errors of its file.</param>
internal sealed record SequenceAttribute(
    string Value, string Column, int Line, ITable File, ValidationErrors Errors)
{
    /// <summary>Reports that the value is invalid.</summary>
    public void ReportError(string problem) => Errors.Add(Line, Column, problem);

    /// <summary>The value as a number; reports an error if it is none.</summary>
    public double ParseNumber()
    {
        bool isNumber = File.TryParse(Value, Line, out double number)
            && Math.Abs(number) <= TableNumber.MaximumMagnitude;
        if (!isNumber)
            ReportError(TableNumber.DescribeInvalid(File, Value) + "; with label-kind=classes it names a class");
        return number;
    }
}

/// <summary>
/// Collects the attributes of a sequence from its rows. A column may give the value in one row or in every row, but all
/// values must be equal; blanks are ignored.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="columns">The columns; −1 for a missing column.</param>
/// <param name="errors">Receives errors.</param>
internal sealed class SequenceAttributes(ITable file, IReadOnlyList<int> columns, ValidationErrors errors)
{
    private SequenceAttribute?[] _values = new SequenceAttribute?[columns.Count];

    /// <summary>Returns the attributes of the rows so far, [column], null where missing, and clears them.</summary>
    public SequenceAttribute?[] TakeAll()
    {
        SequenceAttribute?[] result = _values;
        _values = new SequenceAttribute?[columns.Count];
        return result;
    }

    public void ReadRow()
    {
        for (int i = 0; i < columns.Count; i++)
        {
            ReadOnlySpan<char> text = columns[i] < 0 ? [] : file[columns[i]];
            if (text.IsEmpty)
                continue;
            if (_values[i] is not { } first)
            {
                string column = Escape.Text(file.Header[columns[i]]);
                _values[i] = new(text.ToString(), column, file.Line, file, errors);
                if (text.Contains('\uFFFD'))
                    _values[i]!.ReportError(
                        $"{Escape.Quote(text.ToString())} is not UTF-8 text; save the file as UTF-8");
                else if (text.ContainsAnyInRange('\0', '\x1f'))
                    _values[i]!.ReportError($"{Escape.Quote(text.ToString())} has unprintable characters");
            }
            else if (!text.SequenceEqual(first.Value))
            {
                string conflict = $"line {first.Line} has {Escape.Quote(first.Value)} for the same sequence";
                errors.Add(file.Line, first.Column, $"{Escape.Quote(text.ToString())}, but {conflict}");
            }
        }
    }
}
