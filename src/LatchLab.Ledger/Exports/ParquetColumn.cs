using LatchLab.Ledger.Sqlite;
using Parquet;
using Parquet.Schema;

namespace LatchLab.Ledger.Exports;

/// <summary>The buffered values of a column in the current row group.</summary>
internal abstract class ParquetColumn(DataField dataField)
{
    /// <summary>The column in the file.</summary>
    public DataField Field => dataField;

    /// <summary>Creates the column of a file for a column of an export.</summary>
    public static ParquetColumn Create(ExportColumn column, int rowGroupSize) => column.Type switch
    {
        ColumnType.Int64 => new ParquetNumberColumn<long>(column, rowGroupSize, value => value.Integer),
        ColumnType.Double => new ParquetNumberColumn<double>(
            column, rowGroupSize, value => double.IsNaN(value.Number) ? null : value.Number),
        _ => new ParquetStringColumn(column),
    };

    /// <summary>Adds a value, which may be missing.</summary>
    public abstract void Add(in SqliteValue value);

    /// <summary>Writes the values into a group and clears them.</summary>
    public abstract Task Write(ParquetRowGroupWriter group);
}

/// <summary>A column of numbers.</summary>
/// <param name="column">The column of the export.</param>
/// <param name="rowGroupSize">The maximum number of rows of a group.</param>
/// <param name="getNumber">Returns the number of a value; null if it is missing.</param>
internal sealed class ParquetNumberColumn<TNumber>(
    ExportColumn column, int rowGroupSize, Func<SqliteValue, TNumber?> getNumber)
    : ParquetColumn(column.IsNullable ? new DataField<TNumber?>(column.Name) : new DataField<TNumber>(column.Name))
    where TNumber : struct
{
    private readonly TNumber?[] _nullableValues = new TNumber?[column.IsNullable ? rowGroupSize : 0];
    private readonly TNumber[] _values = new TNumber[column.IsNullable ? 0 : rowGroupSize];
    private int _count;

    public override void Add(in SqliteValue value)
    {
        if (column.IsNullable)
            _nullableValues[_count++] = getNumber(value);
        else
            _values[_count++] = getNumber(value)!.Value;
    }

    public override async Task Write(ParquetRowGroupWriter group)
    {
        if (column.IsNullable)
            await group.WriteAsync<TNumber>(Field, _nullableValues.AsMemory(0, _count));
        else
            await group.WriteAsync<TNumber>(Field, _values.AsMemory(0, _count));
        _count = 0;
    }
}

/// <summary>A column of text.</summary>
internal sealed class ParquetStringColumn(ExportColumn column)
    : ParquetColumn(new DataField<string>(column.Name, column.IsNullable))
{
    private readonly List<string?> _values = [];

    public override void Add(in SqliteValue value) => _values.Add(value.Text);

    public override async Task Write(ParquetRowGroupWriter group)
    {
        await group.WriteAsync(Field, _values!);
        _values.Clear();
    }
}
