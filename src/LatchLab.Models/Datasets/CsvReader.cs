using LatchLab.Files;
using LatchLab.Foundation;
using nietras.SeparatedValues;

namespace LatchLab.Models.Datasets;

/// <summary>
/// A file of rows with a header, read row by row, so that it need not fit into memory. The header says which of comma,
/// semicolon and tab separates. Rows with too few or too many fields are mistakes and are left out; blank lines are
/// none.
/// </summary>
internal sealed class CsvReader : IDisposable
{
    private const int MaximumHeaderLength = 1 << 20;

    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly string _path;
    private readonly ValidationErrors _errors;
    private readonly TextReader _input;
    private readonly SepReader _rowReader;
    private readonly Func<bool> _readRow;
    private int _lastLine = 1;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="errors">Receives what is wrong with rows.</param>
    /// <exception cref="ValidationException">It cannot be read, or begins with no header.</exception>
    public CsvReader(string path, ValidationErrors errors)
    {
        _path = path;
        _errors = errors;
        _input = new StreamReader(InputFile.Open(path));
        try
        {
            string header = InputFile.TranslateErrors(path, ReadHeader);
            Separator = Separators.MaxBy(separator => header.Count(letter => letter == separator));
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

    /// <summary>What separates fields.</summary>
    public char Separator { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Line of the present row, or where it begins.</summary>
    public int Line { get; private set; }

    /// <summary>Whether a row before the present one, or before the end, was left out.</summary>
    public bool HasSkippedRow { get; private set; }

    /// <summary>Goes to the next sound row.</summary>
    /// <exception cref="ValidationException">The file cannot be read any further.</exception>
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
                SkipRow(DescribeFieldCount(row.ColCount));
        }

        return false;
    }

    /// <summary>A field of the present row, without quotes and blanks around it.</summary>
    public ReadOnlySpan<char> this[int column] => _rowReader.Current[column].Span;

    /// <summary>
    /// A field as a number; false where it is none, or not finite. A comma, which would be taken for a separator of
    /// thousands, is part of none.
    /// </summary>
    public bool TryGetDouble(int column, out double number)
    {
        SepReader.Col field = _rowReader.Current[column];
        return field.TryParse(out number) && double.IsFinite(number) && !field.Span.Contains(',');
    }

    /// <inheritdoc/>
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

    private string DescribeFieldCount(int fields)
    {
        bool mayBeDecimalComma = Separator == ',' && fields > Header.Count;
        string hint = mayBeDecimalComma ? "; if decimals have commas, write them with a point" : "";
        string count = fields == 1 ? "1 field" : $"{fields} fields";
        return $"{count}, where the header has {Header.Count}{hint}";
    }

    /// <summary>A row as long as the longest that can be read is one whose quotes are not closed.</summary>
    private bool ReadRow()
    {
        try
        {
            return _rowReader.MoveNext();
        }
        catch (NotSupportedException)
        {
            throw new ValidationException(
                $"{_path}:{_lastLine + 1}", "", "a row that begins here has no end; is a quote not closed?");
        }
    }

    private string ReadHeader()
    {
        var header = new System.Text.StringBuilder();
        int character = _input.Read();
        for (; character is not (-1 or '\n' or '\r'); character = _input.Read())
        {
            if (header.Length == MaximumHeaderLength)
                throw new ValidationException($"{_path}:1", "", "the line has no end; is it the right file?");
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
