using Parquet;
using Parquet.Schema;

namespace LatchLab.Ledger.Exports;

/// <summary>The buffered values of a column in the current row group.</summary>
/// <param name="dataField">The column in the file.</param>
internal abstract class ParquetColumn(DataField dataField)
{
    /// <summary>The column in the file.</summary>
    public DataField Field => dataField;

    /// <summary>Creates the column of a file for a column of an export.</summary>
    /// <param name="column">The column of the export.</param>
    /// <param name="rowGroupSize">The maximum number of rows of a group.</param>
    public static ParquetColumn Create(ExportColumn column, int rowGroupSize) => column.Type switch
    {
        ColumnType.Int64 => new ParquetNumberColumn<long>(column.Name, column.IsNullable, rowGroupSize),
        ColumnType.Double => new ParquetNumberColumn<double>(column.Name, column.IsNullable, rowGroupSize),
        _ => new ParquetStringColumn(column.Name, column.IsNullable),
    };

    /// <summary>Adds a missing value.</summary>
    public abstract void AddNull();

    /// <summary>Writes the values into a group and clears them.</summary>
    public abstract Task Write(ParquetRowGroupWriter group);
}

/// <summary>A column of numbers.</summary>
/// <param name="name">The name.</param>
/// <param name="isNullable">Whether values may be missing.</param>
/// <param name="rowGroupSize">The maximum number of rows of a group.</param>
internal sealed class ParquetNumberColumn<TNumber>(string name, bool isNullable, int rowGroupSize)
    : ParquetColumn(isNullable ? new DataField<TNumber?>(name) : new DataField<TNumber>(name))
    where TNumber : struct
{
    private readonly TNumber?[] _nullableValues = new TNumber?[isNullable ? rowGroupSize : 0];
    private readonly TNumber[] _values = new TNumber[isNullable ? 0 : rowGroupSize];
    private int _count;

    /// <summary>Adds a number.</summary>
    public void Add(TNumber value)
    {
        if (isNullable)
            _nullableValues[_count++] = value;
        else
            _values[_count++] = value;
    }

    /// <inheritdoc/>
    public override void AddNull() => _nullableValues[_count++] = null;

    /// <inheritdoc/>
    public override async Task Write(ParquetRowGroupWriter group)
    {
        if (isNullable)
            await group.WriteAsync<TNumber>(Field, _nullableValues.AsMemory(0, _count));
        else
            await group.WriteAsync<TNumber>(Field, _values.AsMemory(0, _count));
        _count = 0;
    }
}

/// <summary>A column of text.</summary>
/// <param name="name">The name.</param>
/// <param name="isNullable">Whether values may be missing.</param>
internal sealed class ParquetStringColumn(string name, bool isNullable)
    : ParquetColumn(new DataField<string>(name, isNullable))
{
    private readonly List<string?> _values = [];

    /// <summary>Adds a text.</summary>
    public void Add(string value) => _values.Add(value);

    /// <inheritdoc/>
    public override void AddNull() => _values.Add(null);

    /// <inheritdoc/>
    public override async Task Write(ParquetRowGroupWriter group)
    {
        await group.WriteAsync(Field, _values!);
        _values.Clear();
    }
}
