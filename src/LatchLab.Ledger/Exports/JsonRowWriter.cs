using System.Text.Encodings.Web;
using LatchLab.Ledger.Identity;

namespace LatchLab.Ledger.Exports;

/// <summary>
/// One JSON document: the identity of the ledger, the names of the columns, and each row as a list on its own line.
/// Missing values are null.
/// </summary>
/// <param name="stream">Receives the text.</param>
/// <param name="table">The name of the table.</param>
/// <param name="identity">The identity of the ledger.</param>
internal sealed class JsonRowWriter(Stream stream, string table, LedgerIdentity identity) : IRowWriter
{
    private readonly Utf8TextWriter _output = new(stream);
    private bool _isFirstValue = true;
    private bool _isFirstRow = true;

    /// <inheritdoc/>
    public void WriteHeader(IReadOnlyList<ExportColumn> columns)
    {
        _output.Write("{\"status\": \"ok\", \"table\": ");
        _output.Write(Quote(table));
        _output.Write($", \"program\": {Quote(identity.Program)}, \"randomStreams\": {Quote(identity.RandomStreams)}");
        _output.Write(FormattableString.Invariant($", \"seed\": {identity.Seed},\n\"columns\": ["));
        _output.Write(string.Join(", ", columns.Select(column => Quote(column.Name))));
        _output.Write("],\n\"rows\": [");
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
        if (double.IsNaN(value))
        {
            WriteNull();
            return;
        }

        WriteSeparator();
        _output.Write(value);
    }

    /// <inheritdoc/>
    public void WriteString(string value)
    {
        WriteSeparator();
        _output.Write("\""u8);
        _output.Write(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)); // does not allocate unless it escapes
        _output.Write("\""u8);
    }

    /// <inheritdoc/>
    public void WriteNull()
    {
        WriteSeparator();
        _output.Write("null"u8);
    }

    /// <inheritdoc/>
    public void EndRow()
    {
        _output.Write("]"u8);
        _isFirstValue = true;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        _output.Write("\n]}\n"u8);
        _output.Flush();
    }

    private static string Quote(string text)
        => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private void WriteSeparator()
    {
        _output.Write(_isFirstValue ? (_isFirstRow ? "\n["u8 : ",\n["u8) : ", "u8);
        (_isFirstValue, _isFirstRow) = (false, false);
    }
}
