namespace LatchLab.Ledger.Exports;

/// <summary>
/// Writes a table in some format: row by row, and the values of a row in the order of the columns. Memory holds a
/// bounded number of rows.
/// </summary>
internal interface IRowWriter
{
    /// <summary>Begins the table.</summary>
    void WriteHeader(IReadOnlyList<ExportColumn> columns);

    /// <summary>Writes the next value of a row, in a column of whole numbers.</summary>
    void WriteInt64(long value);

    /// <summary>Writes the next value of a row, in a column of numbers; NaN if unknown.</summary>
    void WriteDouble(double value);

    /// <summary>Writes the next value of a row, in a column of text.</summary>
    void WriteString(string value);

    /// <summary>Writes a missing value as the next value of a row.</summary>
    void WriteNull();

    /// <summary>Ends a row.</summary>
    void EndRow();

    /// <summary>Ends the table.</summary>
    void Complete();
}
