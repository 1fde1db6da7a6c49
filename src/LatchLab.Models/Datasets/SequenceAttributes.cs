using LatchLab.Files;

namespace LatchLab.Models.Datasets;

/// <summary>What a field says of a whole sequence: its label, or whether it tests.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Column">Name of its column.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Errors">Those of its file.</param>
internal sealed record SequenceAttribute(string Value, string Column, int Line, ValidationErrors Errors)
{
    /// <summary>What was said is wrong.</summary>
    public void ReportError(string problem) => Errors.Add(Line, Column, problem);
}

/// <summary>
/// What the rows of a sequence say of the whole of it, in certain columns. Each may say it once or in every row, but
/// never two different things; a blank says nothing.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="columns">The columns; −1 for one that is not there.</param>
/// <param name="errors">Receives what is wrong.</param>
internal sealed class SequenceAttributes(CsvReader file, IReadOnlyList<int> columns, ValidationErrors errors)
{
    private SequenceAttribute?[] _values = new SequenceAttribute?[columns.Count];

    /// <summary>What the rows so far have said, [column], null where they said nothing; and forgets it.</summary>
    public SequenceAttribute?[] TakeAll()
    {
        SequenceAttribute?[] result = _values;
        _values = new SequenceAttribute?[columns.Count];
        return result;
    }

    /// <summary>Takes what the present row says.</summary>
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
                _values[i] = new(text.ToString(), column, file.Line, errors);
                if (text.Contains('\uFFFD'))
                    _values[i]!.ReportError(
                        $"{Escape.Quote(text.ToString())} is not UTF-8 text; save the file as that");
                else if (text.ContainsAnyInRange('\0', '\x1f'))
                    _values[i]!.ReportError($"{Escape.Quote(text.ToString())} has characters that cannot be shown");
            }
            else if (!text.SequenceEqual(first.Value))
            {
                string conflict = $"line {first.Line} says {Escape.Quote(first.Value)} of the same sequence";
                errors.Add(file.Line, first.Column, $"{Escape.Quote(text.ToString())}, but {conflict}");
            }
        }
    }
}
