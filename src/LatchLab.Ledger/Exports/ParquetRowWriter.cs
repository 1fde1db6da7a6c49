using LatchLab.Ledger.Sqlite;
using Parquet;
using Parquet.Schema;

namespace LatchLab.Ledger.Exports;

/// <summary>
/// An Apache Parquet file with 64-bit integers, doubles and strings. Missing values are null; columns that cannot have
/// missing values are required.
/// </summary>
/// <param name="stream">Receives the file.</param>
/// <param name="rowGroupSize">The number of rows of a group, which are buffered and written together.</param>
internal sealed class ParquetRowWriter(Stream stream, int rowGroupSize = 1 << 16) : IRowWriter
{
    private ParquetColumn[] _columns = [];
    private ParquetWriter? _writer;
    private int _groupRowCount;

    public void WriteHeader(IReadOnlyList<ExportColumn> exportColumns)
    {
        _columns = [.. exportColumns.Select(column => ParquetColumn.Create(column, rowGroupSize))];
        var schema = new ParquetSchema(_columns.Select(parquetColumn => parquetColumn.Field));
        _writer = ParquetWriter.CreateAsync(schema, stream).GetAwaiter().GetResult();
    }

    public void WriteRow(ReadOnlySpan<SqliteValue> values)
    {
        for (int column = 0; column < values.Length; column++)
            _columns[column].Add(values[column]);
        if (++_groupRowCount == rowGroupSize)
            WriteRowGroup();
    }

    public void Complete()
    {
        if (_groupRowCount > 0)
            WriteRowGroup();
        _writer!.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private void WriteRowGroup()
    {
        using ParquetRowGroupWriter group = _writer!.CreateRowGroup();
        foreach (ParquetColumn parquetColumn in _columns)
            parquetColumn.Write(group).GetAwaiter().GetResult();
        group.CompleteValidate();
        _groupRowCount = 0;
    }
}
