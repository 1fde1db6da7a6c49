using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Exports;

/// <summary>
/// Comma-separated values (RFC 4180, with a line feed at the end of each line): the names of the columns, then the
/// rows. Missing values are empty. A text with a comma, a quote or a line break is quoted, and its quotes are doubled.
/// </summary>
internal sealed class CsvRowWriter(Stream stream) : IRowWriter
{
    private readonly Utf8TextWriter _output = new(stream);

    public void WriteHeader(IReadOnlyList<ExportColumn> columns)
        => WriteRow([.. columns.Select(column => (SqliteValue)column.Name)]);

    public void WriteRow(ReadOnlySpan<SqliteValue> values)
    {
        _output.WriteValues(values, ","u8, ""u8, WriteText);
        _output.Write("\n"u8);
    }

    public void Complete() => _output.Flush();

    private void WriteText(string text)
    {
        bool needsNoQuotes = !text.AsSpan().ContainsAny(",\"\r\n");
        _output.Write(needsNoQuotes ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }
}
