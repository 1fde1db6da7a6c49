using nietras.SeparatedValues;

namespace LatchLab.Formats.Csv;

/// <summary>
/// A file of rows with a header, read row by row, so that it need not fit into memory. The header says which of comma,
/// semicolon and tab separates. Rows with too few or too many fields are mistakes and are left out; blank lines are
/// none.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    private const int LongestHeader = 1 << 20;

    private static readonly char[] _separators = [',', ';', '\t'];

    private readonly string _path;
    private readonly Mistakes _mistakes;
    private readonly TextReader _text;
    private readonly SepReader _rows;
    private readonly Func<bool> _moveOn;
    private int _lastLine = 1;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mistakes">Receives what is wrong with rows.</param>
    /// <exception cref="InputException">It cannot be read, or begins with no header.</exception>
    public CsvFile(string path, Mistakes mistakes)
    {
        _path = path;
        _mistakes = mistakes;
        _text = new StreamReader(InputFile.Open(path));
        try
        {
            string header = InputFile.Explained(path, ReadHeader);
            Separator = _separators.MaxBy(separator => header.Count(letter => letter == separator));
            Header = Fields(header);
            _rows = Options().From(_text, leaveOpen: true);
            _moveOn = MoveOn;
        }
        catch
        {
            _text.Dispose();
            throw;
        }
    }

    /// <summary>What separates fields.</summary>
    public char Separator { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Line of the present row, or where it begins.</summary>
    public int Line { get; private set; }

    /// <summary>Whether a row before the present one, or before the end, was left out.</summary>
    public bool LeftOut { get; private set; }

    /// <summary>Goes to the next sound row.</summary>
    /// <exception cref="InputException">The file cannot be read any further.</exception>
    public bool MoveNext()
    {
        LeftOut = false;
        while (InputFile.Explained(_path, _moveOn))
        {
            SepReader.Row row = _rows.Current;
            Line = _lastLine + 1;
            _lastLine = row.LineNumberToExcl; // the last line of the row, since the header was read before
            if (_lastLine > Line)
                Refuse("a quote opens here that is not closed before the end of the line");
            else if (row.ColCount == Header.Count)
                return true;
            else if (row.ColCount > 1 || !row.Span.Trim().IsEmpty)
                Refuse(Explain(row.ColCount));
        }

        return false;
    }

    /// <summary>A field of the present row, without quotes and blanks around it.</summary>
    public ReadOnlySpan<char> this[int column] => _rows.Current[column].Span;

    /// <summary>
    /// A field as a number; false where it is none, or not finite. A comma, which would be taken for a separator of
    /// thousands, is part of none.
    /// </summary>
    public bool TryNumber(int column, out double number)
    {
        SepReader.Col field = _rows.Current[column];
        return field.TryParse(out number) && double.IsFinite(number) && !field.Span.Contains(',');
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _text.Dispose();
    }

    private void Refuse(string problem)
    {
        LeftOut = true;
        _mistakes.Add(Line, "", problem);
    }

    private string Explain(int fields)
    {
        bool mayBeDecimals = Separator == ',' && fields > Header.Count;
        string hint = mayBeDecimals ? "; if decimals have commas, write them with a point" : "";
        string count = fields == 1 ? "1 field" : $"{fields} fields";
        return $"{count}, where the header has {Header.Count}{hint}";
    }

    /// <summary>A row as long as the longest that can be read is one whose quotes are not closed.</summary>
    private bool MoveOn()
    {
        try
        {
            return _rows.MoveNext();
        }
        catch (NotSupportedException)
        {
            throw new InputException(
                $"{_path}:{_lastLine + 1}", "", "a row that begins here has no end; is a quote not closed?");
        }
    }

    private string ReadHeader()
    {
        var header = new System.Text.StringBuilder();
        int letter = _text.Read();
        for (; letter is not (-1 or '\n' or '\r'); letter = _text.Read())
        {
            if (header.Length == LongestHeader)
                throw new InputException($"{_path}:1", "", "the line has no end; is it the right file?");
            header.Append((char)letter);
        }

        if (letter == '\r' && _text.Peek() == '\n')
            _text.Read();
        string line = header.ToString();
        return !string.IsNullOrWhiteSpace(line) ? line : throw (letter == -1
            ? new InputException(_path, "", "is empty")
            : new InputException($"{_path}:1", "", "a blank line, where the names of the columns are needed"));
    }

    private List<string> Fields(string line)
    {
        using SepReader reader = Options().FromText(line);
        reader.MoveNext();
        List<string> names = [];
        for (int column = 0; column < reader.Current.ColCount; column++)
            names.Add(reader.Current[column].ToString());
        return names;
    }

    private SepReaderOptions Options() => new(new Sep(Separator))
    {
        HasHeader = false,
        DisableColCountCheck = true,
        Unescape = true,
        Trim = SepTrim.Outer,
    };
}
