using Parquet;
using Parquet.Schema;

namespace LatchLab.Ledger;

/// <summary>
/// An Apache Parquet file: 64-bit whole numbers, doubles and texts, null where something is missing; columns in which
/// nothing can be are required.
/// </summary>
/// <param name="stream">Receives the file.</param>
/// <param name="groupRows">Rows of a group, which are kept in memory until they are written together.</param>
internal sealed class ParquetRows(Stream stream, int groupRows = 1 << 16) : IRowWriter
{
    private ParquetColumn[] columns = [];
    private ParquetWriter? writer;
    private int column;
    private int rows;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ExportColumn> exported)
    {
        columns = [.. exported.Select(column => ParquetColumn.Of(column, groupRows))];
        var schema = new ParquetSchema(columns.Select(kept => kept.Field));
        writer = ParquetWriter.CreateAsync(schema, stream).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Whole(long value) => ((ParquetNumbers<long>)columns[column++]).Add(value);

    /// <inheritdoc/>
    public void Number(double value)
    {
        if (double.IsNaN(value))
            Missing();
        else
            ((ParquetNumbers<double>)columns[column++]).Add(value);
    }

    /// <inheritdoc/>
    public void Text(string value) => ((ParquetTexts)columns[column++]).Add(value);

    /// <inheritdoc/>
    public void Missing() => columns[column++].AddMissing();

    /// <inheritdoc/>
    public void EndRow()
    {
        column = 0;
        if (++rows == groupRows)
            WriteGroup();
    }

    /// <inheritdoc/>
    public void End()
    {
        if (rows > 0)
            WriteGroup();
        writer!.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private void WriteGroup()
    {
        using ParquetRowGroupWriter group = writer!.CreateRowGroup();
        foreach (ParquetColumn kept in columns)
            kept.Write(group).GetAwaiter().GetResult();
        group.CompleteValidate();
        rows = 0;
    }
}
