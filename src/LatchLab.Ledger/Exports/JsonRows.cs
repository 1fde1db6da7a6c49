using System.Text.Encodings.Web;

namespace LatchLab.Ledger;

/// <summary>
/// One JSON document: what the ledger is about, the names of the columns, and each row as a list, on a line of its own.
/// What is missing is null.
/// </summary>
/// <param name="stream">Receives the text.</param>
/// <param name="table">The name of the table.</param>
/// <param name="identity">What the ledger is about.</param>
internal sealed class JsonRows(Stream stream, string table, LedgerIdentity identity) : IRowWriter
{
    private readonly Utf8Output output = new(stream);
    private bool isFirstValue = true;
    private bool isFirstRow = true;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ExportColumn> columns)
    {
        output.Write("{\"status\": \"ok\", \"table\": ");
        output.Write(Quoted(table));
        output.Write($", \"program\": {Quoted(identity.Program)}, \"randomStreams\": {Quoted(identity.RandomStreams)}");
        output.Write(FormattableString.Invariant($", \"seed\": {identity.Seed},\n\"columns\": ["));
        output.Write(string.Join(", ", columns.Select(column => Quoted(column.Name))));
        output.Write("],\n\"rows\": [");
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
        if (double.IsNaN(value))
        {
            Missing();
            return;
        }

        Separate();
        output.Write(value);
    }

    /// <inheritdoc/>
    public void Text(string value)
    {
        Separate();
        output.Write("\""u8);
        output.Write(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)); // itself, where nothing is escaped
        output.Write("\""u8);
    }

    /// <inheritdoc/>
    public void Missing()
    {
        Separate();
        output.Write("null"u8);
    }

    /// <inheritdoc/>
    public void EndRow()
    {
        output.Write("]"u8);
        isFirstValue = true;
    }

    /// <inheritdoc/>
    public void End()
    {
        output.Write("\n]}\n"u8);
        output.Flush();
    }

    private static string Quoted(string text)
        => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private void Separate()
    {
        output.Write(isFirstValue ? (isFirstRow ? "\n["u8 : ",\n["u8) : ", "u8);
        (isFirstValue, isFirstRow) = (false, false);
    }
}
