namespace LatchLab.Ledger;

/// <summary>What stands in a column of an export.</summary>
internal enum ColumnKind
{
    /// <summary>Whole numbers.</summary>
    Whole,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Words.</summary>
    Text,
}

/// <summary>A column of an export.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What stands in it.</param>
/// <param name="IsOptional">Whether something may be missing in it.</param>
internal sealed record ExportColumn(string Name, ColumnKind Kind, bool IsOptional = false)
{
    /// <summary>A column of numbers, of which any may not be known.</summary>
    public static ExportColumn Number(string name) => new(name, ColumnKind.Number, IsOptional: true);

    /// <summary>A column of whole numbers.</summary>
    public static ExportColumn Whole(string name) => new(name, ColumnKind.Whole);
}
