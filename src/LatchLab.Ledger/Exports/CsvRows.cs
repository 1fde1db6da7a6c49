namespace LatchLab.Ledger;

/// <summary>
/// Comma-separated values (RFC 4180, with a line feed at the end of each line): the names of the columns, then the
/// rows. What is missing is empty; a text with a comma, a quote or a line break stands in quotes, and its quotes are
/// doubled.
/// </summary>
/// <param name="stream">Receives the text.</param>
internal sealed class CsvRows(Stream stream) : IRowWriter
{
    private readonly Utf8Output output = new(stream);
    private bool isFirst = true;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ExportColumn> columns)
    {
        foreach (ExportColumn column in columns)
            Text(column.Name);
        EndRow();
    }

    /// <inheritdoc/>
    public void Whole(long value)
    {
        Separate();
        output.Write(value);
    }

    /// <inheritdoc/>
    public void Number(double value)
    {
        Separate();
        if (!double.IsNaN(value))
            output.Write(value);
    }

    /// <inheritdoc/>
    public void Text(string value)
    {
        Separate();
        bool isPlain = !value.AsSpan().ContainsAny(",\"\r\n");
        output.Write(isPlain ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    /// <inheritdoc/>
    public void Missing() => Separate();

    /// <inheritdoc/>
    public void EndRow()
    {
        output.Write("\n"u8);
        isFirst = true;
    }

    /// <inheritdoc/>
    public void End() => output.Flush();

    private void Separate()
    {
        if (!isFirst)
            output.Write(","u8);
        isFirst = false;
    }
}
