using Parquet;
using Parquet.Schema;

namespace LatchLab.Ledger;

/// <summary>The values of a column that wait for their group to be written.</summary>
/// <param name="place">The column in the file.</param>
internal abstract class ParquetColumn(DataField place)
{
    /// <summary>The column in the file.</summary>
    public DataField Field => place;

    /// <summary>The column of a file for a column of an export.</summary>
    /// <param name="column">The column of the export.</param>
    /// <param name="rows">The most rows of a group.</param>
    public static ParquetColumn Of(ExportColumn column, int rows) => column.Kind switch
    {
        ColumnKind.Whole => new ParquetNumbers<long>(column.Name, column.IsOptional, rows),
        ColumnKind.Number => new ParquetNumbers<double>(column.Name, column.IsOptional, rows),
        _ => new ParquetTexts(column.Name, column.IsOptional),
    };

    /// <summary>Adds that a value is missing.</summary>
    public abstract void AddMissing();

    /// <summary>Writes the values into a group, and forgets them.</summary>
    public abstract Task Write(ParquetRowGroupWriter group);
}

/// <summary>A column of numbers.</summary>
/// <param name="name">Its name.</param>
/// <param name="isOptional">Whether any may be missing.</param>
/// <param name="rows">The most rows of a group.</param>
internal sealed class ParquetNumbers<TNumber>(string name, bool isOptional, int rows)
    : ParquetColumn(isOptional ? new DataField<TNumber?>(name) : new DataField<TNumber>(name))
    where TNumber : struct
{
    private readonly TNumber?[] optional = new TNumber?[isOptional ? rows : 0];
    private readonly TNumber[] required = new TNumber[isOptional ? 0 : rows];
    private int count;

    /// <summary>Adds a number.</summary>
    public void Add(TNumber value)
    {
        if (isOptional)
            optional[count++] = value;
        else
            required[count++] = value;
    }

    /// <inheritdoc/>
    public override void AddMissing() => optional[count++] = null;

    /// <inheritdoc/>
    public override async Task Write(ParquetRowGroupWriter group)
    {
        if (isOptional)
            await group.WriteAsync<TNumber>(Field, optional.AsMemory(0, count));
        else
            await group.WriteAsync<TNumber>(Field, required.AsMemory(0, count));
        count = 0;
    }
}

/// <summary>A column of texts.</summary>
/// <param name="name">Its name.</param>
/// <param name="isOptional">Whether any may be missing.</param>
internal sealed class ParquetTexts(string name, bool isOptional)
    : ParquetColumn(new DataField<string>(name, isOptional))
{
    private readonly List<string?> values = [];

    /// <summary>Adds a text.</summary>
    public void Add(string value) => values.Add(value);

    /// <inheritdoc/>
    public override void AddMissing() => values.Add(null);

    /// <inheritdoc/>
    public override async Task Write(ParquetRowGroupWriter group)
    {
        await group.WriteAsync(Field, values!);
        values.Clear();
    }
}
