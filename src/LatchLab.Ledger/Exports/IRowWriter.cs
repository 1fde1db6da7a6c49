using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Exports;

/// <summary>Writes a table in some format, row by row. Memory holds a bounded number of rows.</summary>
internal interface IRowWriter
{
    /// <summary>Begins the table.</summary>
    void WriteHeader(IReadOnlyList<ExportColumn> columns);

    /// <summary>Writes a row: a value of the type of its column, or a missing value, for each column.</summary>
    void WriteRow(ReadOnlySpan<SqliteValue> values);

    /// <summary>Ends the table.</summary>
    void Complete();
}
