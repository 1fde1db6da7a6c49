using LatchLab.Formats;
using Parquet;
using Parquet.Schema;

namespace LatchLab.Ledger;

/// <summary>The formats of an export.</summary>
public enum ExportFormat
{
    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>A JSON document.</summary>
    Json,
}

/// <summary>The tables that can be exported.</summary>
public enum ExportedTable
{
    /// <summary>A row for each trial.</summary>
    Trials,

    /// <summary>A row for each check of the trials that keep a log.</summary>
    Checks,

    /// <summary>A row for each cell, with the totals of its trials.</summary>
    Cells,
}

/// <summary>
/// A table of a ledger for other programs. Its bytes are a function of what the ledger holds: how often a run was
/// killed, on how many machines it ran and in which order its trials ended, is not in them.
/// </summary>
public static class LedgerExport
{
    /// <summary>Writes a table, row after row: however large, it needs no more memory.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="table">Which table.</param>
    /// <param name="format">In which format.</param>
    /// <param name="output">Receives it; Parquet needs a stream that knows its position.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>How many rows it has.</returns>
    public static long Write(
        LedgerReader ledger,
        ExportedTable table,
        ExportFormat format,
        Stream output,
        CancellationToken cancellation = default)
    {
        IRowWriter rows = format switch
        {
            ExportFormat.Csv => new CsvRows(output),
            ExportFormat.Json => new JsonRows(output, Settings.InWords(table), ledger.Identity),
            _ => new ParquetRows(output),
        };
        var tables = new ExportTables(ledger, rows);
        long count = table switch
        {
            ExportedTable.Trials => tables.WriteTrials(cancellation),
            ExportedTable.Checks => tables.WriteChecks(cancellation),
            _ => tables.WriteCells(),
        };
        rows.End();
        return count;
    }

    /// <summary>
    /// Finds out whether an export can be written to a file; an export that is there may be replaced.
    /// </summary>
    /// <exception cref="InputException">It cannot be written, or holds something else.</exception>
    public static void CheckWritable(string path) => OutputFile.Check(path, IsExport, "export of ours");

    /// <summary>Whether a file begins as our exports do.</summary>
    private static bool IsExport(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> begin = stackalloc byte[32];
        begin = begin[..file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false)];
        if (begin.StartsWith("cell,part,"u8) || begin.StartsWith("{\"status\": \"ok\", \"table\": \""u8))
            return true;
        return begin.StartsWith("PAR1"u8) && IsParquetExport(file);
    }

    private static bool IsParquetExport(FileStream file)
    {
        try
        {
            ParquetSchema schema = ParquetReader.ReadSchemaAsync(file).GetAwaiter().GetResult();
            return schema.Fields is [{ Name: "cell" }, { Name: "part" }, ..];
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or ParquetException)
        {
            return false;
        }
    }
}
