namespace LatchLab.Formats.Csv;

/// <summary>What a field says of a whole sequence: its label, or whether it tests.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Column">Name of its column.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Mistakes">Those of its file.</param>
internal sealed record Saying(string Text, string Column, int Line, Mistakes Mistakes)
{
    /// <summary>What was said is wrong.</summary>
    public void Refuse(string problem) => Mistakes.Add(Line, Column, problem);
}

/// <summary>
/// What the rows of a sequence say of the whole of it, in certain columns. Each may say it once or in every row, but
/// never two different things; a blank says nothing.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="columns">The columns; −1 for one that is not there.</param>
/// <param name="mistakes">Receives what is wrong.</param>
internal sealed class Sayings(CsvFile file, IReadOnlyList<int> columns, Mistakes mistakes)
{
    private Saying?[] _said = new Saying?[columns.Count];

    /// <summary>What the rows so far have said, [column], null where they said nothing; and forgets it.</summary>
    public Saying?[] Finish()
    {
        Saying?[] said = _said;
        _said = new Saying?[columns.Count];
        return said;
    }

    /// <summary>Takes what the present row says.</summary>
    public void Take()
    {
        for (int i = 0; i < columns.Count; i++)
        {
            ReadOnlySpan<char> text = columns[i] < 0 ? [] : file[columns[i]];
            if (text.IsEmpty)
                continue;
            if (_said[i] is not { } before)
            {
                string column = Quotation.Plain(file.Header[columns[i]]);
                _said[i] = new(text.ToString(), column, file.Line, mistakes);
                if (text.Contains('\uFFFD'))
                    _said[i]!.Refuse($"{Quotation.Of(text.ToString())} is not UTF-8 text; save the file as that");
                else if (text.ContainsAnyInRange('\0', '\x1f'))
                    _said[i]!.Refuse($"{Quotation.Of(text.ToString())} has characters that cannot be shown");
            }
            else if (!text.SequenceEqual(before.Text))
            {
                string other = $"line {before.Line} says {Quotation.Of(before.Text)} of the same sequence";
                mistakes.Add(file.Line, before.Column, $"{Quotation.Of(text.ToString())}, but {other}");
            }
        }
    }
}
