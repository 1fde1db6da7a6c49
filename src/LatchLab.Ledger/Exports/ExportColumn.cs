namespace LatchLab.Ledger.Exports;

/// <summary>What stands in a column of an export.</summary>
internal enum ColumnType
{
    /// <summary>Whole numbers.</summary>
    Int64,

    /// <summary>Numbers.</summary>
    Double,

    /// <summary>Words.</summary>
    String,
}

/// <summary>A column of an export.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What stands in it.</param>
/// <param name="IsNullable">Whether something may be missing in it.</param>
internal sealed record ExportColumn(string Name, ColumnType Type, bool IsNullable = false)
{
    /// <summary>A column of numbers, of which any may not be known.</summary>
    public static ExportColumn NullableDouble(string name) => new(name, ColumnType.Double, IsNullable: true);

    /// <summary>A column of whole numbers.</summary>
    public static ExportColumn Int64(string name) => new(name, ColumnType.Int64);
}
