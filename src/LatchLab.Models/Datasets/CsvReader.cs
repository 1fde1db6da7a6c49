using LatchLab.Files;
using LatchLab.Foundation;
using nietras.SeparatedValues;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Reads a file with a header row by row, so that it does not have to fit in memory. The header determines the
/// separator: comma, semicolon or tab. Rows with too few or too many fields are reported and skipped. Blank lines are
/// ignored.
/// </summary>
internal sealed class CsvReader : ITable
{
    private const int MaximumHeaderLength = 1 << 20, BufferSize = 1 << 16;

    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly string _path;
    private readonly ValidationErrors _errors;
    private readonly FileStream _file;
    private readonly TextReader _input;
    private readonly SepReader _rowReader;
    private readonly Func<bool> _readRow;
    private readonly DecimalSign _decimalSign;
    private int _lastLine = 1;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="ValidationException">The file cannot be read or has no header.</exception>
    public CsvReader(string path, ValidationErrors errors)
    {
        _path = path;
        _errors = errors;
        _file = InputFile.Open(path);
        _input = new StreamReader(_file, bufferSize: BufferSize);
        try
        {
            string header = InputFile.TranslateErrors(path, ReadHeader);
            Separator = FindSeparator(header);
            _decimalSign = new(allowsComma: Separator != ',');
            Header = ParseHeader(header);
            _rowReader = CreateOptions().From(_input, leaveOpen: true);
            _readRow = ReadRow;
        }
        catch
        {
            _input.Dispose();
            throw;
        }
    }

    /// <summary>The field separator.</summary>
    public char Separator { get; }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The first line of the current row, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Whether invalid rows were skipped immediately before the current row or the end of the file.</summary>
    public bool HasSkippedRow { get; private set; }

    public string RowName => "line";

    public double ReadShare => _file.CanSeek && _file.Length > 0 ? (double)_file.Position / _file.Length : 0.0;

    /// <summary>Advances to the next valid row.</summary>
    /// <exception cref="ValidationException">The file cannot be read.</exception>
    public bool MoveNext()
    {
        HasSkippedRow = false;
        while (InputFile.TranslateErrors(_path, _readRow))
        {
            SepReader.Row row = _rowReader.Current;
            Line = _lastLine + 1;
            _lastLine = row.LineNumberToExcl; // the last line of the row, since the header was read before
            if (_lastLine > Line)
                SkipRow("a quote opens here that is not closed before the end of the line");
            else if (row.ColCount == Header.Count)
                return true;
            else if (row.ColCount > 1 || !row.Span.Trim().IsEmpty)
                SkipRow(DescribeFieldCount(row));
        }

        return false;
    }

    /// <summary>What a row or header ends with if its last field is empty, and what to do.</summary>
    public string TrailingColumnHint => $"the line ends with a {GetName(Separator)}: remove it";

    public string Format => Separator == ',' ? "" :
        $"{GetName(Separator)}s separate the fields{(_decimalSign.IsComma ? "; the numbers have decimal commas" : "")}";

    /// <summary>A field of the current row, without surrounding quotes and spaces.</summary>
    public ReadOnlySpan<char> this[int column] => _rowReader.Current[column].Span;

    /// <summary>
    /// Parses a field as a finite number. A comma is never left to the parser, which would read it as a thousands
    /// separator.
    /// </summary>
    public bool TryGetDouble(int column, out double number)
    {
        SepReader.Col field = _rowReader.Current[column];
        ReadOnlySpan<char> text = field.Span;
        int position = text.IndexOfAny('.', ',');
        if (position < 0)
            return field.TryParse(out number) && double.IsFinite(number);
        number = 0.0;
        if (!_decimalSign.Accepts(text[position], Line))
            return false;
        return text[position] == ',' ? DecimalSign.TryParseWithComma(text, position, out number)
            : !text.Contains(',') && field.TryParse(out number) && double.IsFinite(number);
    }

    public bool TryParse(ReadOnlySpan<char> text, int line, out double number)
        => _decimalSign.TryParse(text, line, out number);

    public string? DescribeDecimalSign(string text) => _decimalSign.DescribeConflict(text);

    public void Dispose()
    {
        _rowReader.Dispose();
        _input.Dispose();
    }

    private void SkipRow(string problem)
    {
        HasSkippedRow = true;
        _errors.Add(Line, "", problem);
    }

    /// <summary>The separator that is most frequent outside quotes.</summary>
    private static char FindSeparator(string header)
    {
        string unquoted = string.Concat(header.Split('"').Where((_, index) => index % 2 == 0));
        return Separators.MaxBy(separator => unquoted.Count(letter => letter == separator));
    }

    private static string GetName(char separator)
        => separator switch { ',' => "comma", ';' => "semicolon", _ => "tab" };

    private string DescribeFieldCount(SepReader.Row row)
    {
        int fields = row.ColCount;
        string text = row.Span.ToString();
        char other = Separators.FirstOrDefault(
            separator => separator != Separator && text.Count(letter => letter == separator) == Header.Count - 1);
        string hint = row[fields - 1].Span.IsEmpty && fields == Header.Count + 1 ? $"; {TrailingColumnHint}"
            : fields == 1 && other != default
                ? $"; the header is separated by a {GetName(Separator)}, this line by a {GetName(other)}: use one of " +
                    "them"
            : Separator == ',' && fields > Header.Count
                ? "; if decimals have commas, write them with a point, or separate the fields by semicolons" : "";
        return $"{NumberFormat.WithNoun(fields, "field")}, where the header has {Header.Count}{hint}";
    }

    /// <summary>Reads a row. A row that exceeds the size limit of the reader has an unclosed quote.</summary>
    private bool ReadRow()
    {
        try
        {
            return _rowReader.MoveNext();
        }
        catch (NotSupportedException)
        {
            throw new ValidationException(
                $"{_path}:{_lastLine + 1}", "", "the row that begins here does not end; a quote may be unclosed");
        }
    }

    private string ReadHeader()
    {
        var header = new System.Text.StringBuilder();
        int character = _input.Read();
        for (; character is not (-1 or '\n' or '\r'); character = _input.Read())
        {
            if (header.Length == MaximumHeaderLength)
                throw new ValidationException($"{_path}:1", "", "the line does not end; is it the intended file?");
            header.Append((char)character);
        }

        if (character == '\r' && _input.Peek() == '\n')
            _input.Read();
        string line = header.ToString();
        return !string.IsNullOrWhiteSpace(line) ? line : throw (character == -1
            ? new ValidationException(_path, "", "is empty")
            : new ValidationException($"{_path}:1", "", "a blank line, where the names of the columns are needed"));
    }

    private List<string> ParseHeader(string line)
    {
        using SepReader reader = CreateOptions().FromText(line);
        reader.MoveNext();
        List<string> names = [];
        for (int column = 0; column < reader.Current.ColCount; column++)
            names.Add(reader.Current[column].ToString());
        return names;
    }

    private SepReaderOptions CreateOptions() => new(new Sep(Separator))
    {
        HasHeader = false,
        DisableColCountCheck = true,
        Unescape = true,
        Trim = SepTrim.Outer,
    };
}
