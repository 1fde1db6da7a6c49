using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Ledger.Reading;
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
        IRowWriter writer = format switch
        {
            ExportFormat.Csv => new CsvRowWriter(output),
            ExportFormat.Json => new JsonRowWriter(output, Settings.FormatValue(table), ledger.Identity),
            _ => new ParquetRowWriter(output),
        };
        var exporter = new TableExporter(ledger, writer);
        long count = table switch
        {
            ExportedTable.Trials => exporter.WriteTrials(cancellation),
            ExportedTable.Checks => exporter.WriteSnapshots(cancellation),
            _ => exporter.WriteConfigurations(),
        };
        writer.Complete();
        return count;
    }

    /// <summary>
    /// Finds out whether an export can be written to a file; an export that is there may be replaced.
    /// </summary>
    /// <exception cref="ValidationException">It cannot be written, or holds something else.</exception>
    public static void EnsureWritable(string path) => AtomicFile.EnsureWritable(path, IsExport, "export of ours");

    /// <summary>Whether a file begins as our exports do.</summary>
    private static bool IsExport(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[32];
        header = header[..file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)];
        if (header.StartsWith("cell,part,"u8) || header.StartsWith("{\"status\": \"ok\", \"table\": \""u8))
            return true;
        return header.StartsWith("PAR1"u8) && IsParquetExport(file);
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
