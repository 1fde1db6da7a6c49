using System.Runtime.InteropServices;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using Parquet;
using Parquet.Schema;

namespace LatchLab.Ledger.Exports;

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

    /// <summary>A row for each snapshot of the trials that keep a log.</summary>
    Snapshots,

    /// <summary>A row for each configuration, with the totals over its trials.</summary>
    Configurations,
}

/// <summary>
/// Exports a table of a ledger for other programs. The bytes depend only on the trials in the ledger, not on how often
/// the run was killed, on how many machines it ran or in which order its trials completed.
/// </summary>
public static class LedgerExport
{
    /// <summary>Writes a table row by row, with bounded memory.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="table">The table.</param>
    /// <param name="format">The format.</param>
    /// <param name="output">Receives the export; Parquet requires a stream with a position.</param>
    /// <param name="cancellation">Cancels the export.</param>
    /// <returns>The number of rows.</returns>
    public static long Write(
        LedgerReader ledger,
        ExportedTable table,
        ExportFormat format,
        Stream output,
        CancellationToken cancellation = default)
    {
        IRowWriter writer = format switch
        {
            ExportFormat.Csv => new CsvRowWriter(output),
            ExportFormat.Json => new JsonRowWriter(output, Settings.FormatValue(table), ledger.Identity),
            _ => new ParquetRowWriter(output),
        };
        return Write(ledger, table, writer, cancellation);
    }

    /// <summary>Writes a table with a writer of a format.</summary>
    internal static long Write(
        LedgerReader ledger, ExportedTable table, IRowWriter writer, CancellationToken cancellation)
    {
        var tables = new ExportedTables(ledger);
        writer.WriteHeader(tables.GetColumns(table));
        long count = 0;
        foreach (List<SqliteValue> row in tables.ReadRows(table))
        {
            cancellation.ThrowIfCancellationRequested();
            writer.WriteRow(CollectionsMarshal.AsSpan(row));
            count++;
        }

        writer.Complete();
        return count;
    }

    /// <summary>
    /// Checks that an export can be written to a file; an existing export may be replaced.
    /// </summary>
    /// <exception cref="ValidationException">The file cannot be written, or is not an export.</exception>
    public static void EnsureWritable(string path) => AtomicFile.EnsureWritable(path, IsExport, "LatchLab export");

    /// <summary>Whether a file begins like an export; in version 0.1 the first column is <c>cell</c>.</summary>
    private static bool IsExport(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[32];
        header = header[..file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)];
        if (header.StartsWith("configuration,part,"u8)
            || header.StartsWith("cell,part,"u8)
            || header.StartsWith("{\"status\": \"ok\", \"table\": \""u8))
            return true;
        return header.StartsWith("PAR1"u8) && IsParquetExport(file);
    }

    private static bool IsParquetExport(FileStream file)
    {
        try
        {
            ParquetSchema schema = ParquetReader.ReadSchemaAsync(file).GetAwaiter().GetResult();
            return schema.Fields is [{ Name: "configuration" or "cell" }, { Name: "part" }, ..];
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or ParquetException)
        {
            return false;
        }
    }
}
