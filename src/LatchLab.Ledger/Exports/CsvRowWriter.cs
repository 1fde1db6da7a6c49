namespace LatchLab.Ledger.Exports;

/// <summary>
/// Comma-separated values (RFC 4180, with a line feed at the end of each line): the names of the columns, then the
/// rows. Missing values are empty. A text with a comma, a quote or a line break is quoted, and its quotes are doubled.
/// </summary>
/// <param name="stream">Receives the text.</param>
internal sealed class CsvRowWriter(Stream stream) : IRowWriter
{
    private readonly Utf8TextWriter _output = new(stream);
    private bool _isFirst = true;

    /// <inheritdoc/>
    public void WriteHeader(IReadOnlyList<ExportColumn> columns)
    {
        foreach (ExportColumn column in columns)
            WriteString(column.Name);
        EndRow();
    }

    /// <inheritdoc/>
    public void WriteInt64(long value)
    {
        WriteSeparator();
        _output.Write(value);
    }

    /// <inheritdoc/>
    public void WriteDouble(double value)
    {
        WriteSeparator();
        if (!double.IsNaN(value))
            _output.Write(value);
    }

    /// <inheritdoc/>
    public void WriteString(string value)
    {
        WriteSeparator();
        bool needsNoQuotes = !value.AsSpan().ContainsAny(",\"\r\n");
        _output.Write(needsNoQuotes ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    /// <inheritdoc/>
    public void WriteNull() => WriteSeparator();

    /// <inheritdoc/>
    public void EndRow()
    {
        _output.Write("\n"u8);
        _isFirst = true;
    }

    /// <inheritdoc/>
    public void Complete() => _output.Flush();

    private void WriteSeparator()
    {
        if (!_isFirst)
            _output.Write(","u8);
        _isFirst = false;
    }
}
