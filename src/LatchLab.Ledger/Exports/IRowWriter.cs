namespace LatchLab.Ledger.Exports;

/// <summary>
/// Writes a table in some format, row after row, value after value in the order of the columns, and keeps no more of it
/// than a bounded number of rows.
/// </summary>
internal interface IRowWriter
{
    /// <summary>Begins the table.</summary>
    void WriteHeader(IReadOnlyList<ExportColumn> columns);

    /// <summary>The next value of a row, in a column of whole numbers.</summary>
    void WriteInt64(long value);

    /// <summary>The next value of a row, in a column of numbers; NaN where it is not known.</summary>
    void WriteDouble(double value);

    /// <summary>The next value of a row, in a column of words.</summary>
    void WriteString(string value);

    /// <summary>The next value of a row, which is missing.</summary>
    void WriteNull();

    /// <summary>Ends a row.</summary>
    void EndRow();

    /// <summary>Ends the table.</summary>
    void Complete();
}
