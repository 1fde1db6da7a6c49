namespace LatchLab.Ledger.Exports;

/// <summary>The type of a column of an export.</summary>
internal enum ColumnType
{
    /// <summary>Whole numbers.</summary>
    Int64,

    /// <summary>Double-precision numbers.</summary>
    Double,

    /// <summary>Text.</summary>
    String,
}

/// <summary>A column of an export.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of the values.</param>
/// <param name="IsNullable">Whether values may be missing.</param>
internal sealed record ExportColumn(string Name, ColumnType Type, bool IsNullable = false)
{
    /// <summary>Creates a column of numbers that may be unknown.</summary>
    public static ExportColumn NullableDouble(string name) => new(name, ColumnType.Double, IsNullable: true);

    /// <summary>
    /// The name of a column in the form of all columns, <c>learner_learning_rate</c>, from a path or a name.
    /// </summary>
    public static string FormatName(string name) => name.Replace('-', '_').Replace('.', '_');

    /// <summary>Creates a column of whole numbers.</summary>
    public static ExportColumn Int64(string name) => new(name, ColumnType.Int64);
}
