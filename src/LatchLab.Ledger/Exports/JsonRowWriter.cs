using System.Text.Encodings.Web;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Exports;

/// <summary>
/// One JSON document: the identity of the ledger, the names of the columns, and each row as a list on its own line.
/// Missing values are null.
/// </summary>
internal sealed class JsonRowWriter(Stream stream, string table, LedgerIdentity identity) : IRowWriter
{
    private readonly Utf8TextWriter _output = new(stream);
    private bool _isFirstRow = true;

    public void WriteHeader(IReadOnlyList<ExportColumn> columns)
    {
        _output.Write("{\"status\": \"ok\", \"table\": ");
        _output.Write(Quote(table));
        _output.Write($", \"program\": {Quote(identity.Program)}, \"randomStreams\": {Quote(identity.RandomStreams)}");
        _output.Write(FormattableString.Invariant($", \"seed\": {identity.Seed},\n\"columns\": ["));
        _output.Write(string.Join(", ", columns.Select(column => Quote(column.Name))));
        _output.Write("],\n\"rows\": [");
    }

    public void WriteRow(ReadOnlySpan<SqliteValue> values)
    {
        _output.Write(_isFirstRow ? "\n["u8 : ",\n["u8);
        _isFirstRow = false;
        _output.WriteValues(values, ", "u8, "null"u8, WriteText);
        _output.Write("]"u8);
    }

    public void Complete()
    {
        _output.Write("\n]}\n"u8);
        _output.Flush();
    }

    private static string Quote(string text)
        => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private void WriteText(string text)
    {
        _output.Write("\""u8);
        _output.Write(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)); // does not allocate unless it escapes
        _output.Write("\""u8);
    }
}
