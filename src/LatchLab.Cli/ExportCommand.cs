using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Ledger.Exports;
using LatchLab.Ledger.Reading;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab export</c>: exports a table of a ledger for other programs (docs/reference/ledger.md).
/// </summary>
internal static class ExportCommand
{
    private static readonly Argument<string> Folder = Options.Argument("DIR", "the folder of a ledger");

    private static readonly Option<ExportFormat> Format = Options.Choice(
        "--format", "FORMAT", "csv (default), parquet or json", ExportFormat.Csv);

    private static readonly Option<ExportedTable> Table = Options.Choice(
        "--table", "NAME",
        "trials (default), snapshots (of the trials that log them) or configurations (with totals)",
        ExportedTable.Trials);

    private static readonly Option<string?> To = Options.Text(
        "--to", "FILE", "output file; - is standard output (default: -; for parquet, DIR/NAME.parquet)");

    private static readonly Option<bool> Json = Options.Flag(
        "--json", "print one JSON document that describes the written file");

    public static Command Create() => new RunnableCommand(
        "export", "Export the trials of a ledger, in order, for other programs.", Run,
        () => [Folder, Format, Table, To, Json]);

    private static int Run(ParsedOptions parsed)
    {
        string? path = parsed.GetRequired(Folder);
        ExportFormat format = parsed.GetValue(Format);
        ExportedTable table = parsed.GetValue(Table);
        string? file = parsed.GetValue(To);
        if (file is null && format == ExportFormat.Parquet && path is not null)
            file = Path.Combine(path, $"{Settings.FormatValue(table)}.parquet");
        if (file == "-" && format == ExportFormat.Parquet)
            parsed.AddError(To, "parquet needs a file, not standard output");
        if (file == "-")
            file = null;
        if (file is null && parsed.GetValue(Json))
            parsed.AddError(Json, "describes a written file; give --to FILE, or --format json for data");
        using LedgerReader? ledger = parsed.Read(path, LedgerReader.Open);
        if (ledger is not null || parsed.HasValue(To))
            parsed.Check(file, LedgerExport.EnsureWritable);
        parsed.ThrowIfInvalid();
        Run(ledger!, table, format, file, parsed.GetValue(Json));
        return ExitCodes.Success;
    }

    private static void Run(LedgerReader ledger, ExportedTable table, ExportFormat format, string? file, bool json)
    {
        using var signals = new TerminationSignals();
        if (file is null)
        {
            using Stream output = Console.OpenStandardOutput();
            LedgerExport.Write(ledger, table, format, output, signals.Token);
            return;
        }

        long rows = 0;
        AtomicFile.Write(
            file, stream => rows = LedgerExport.Write(ledger, table, format, stream, signals.Token));
        if (json)
        {
            JsonOutput.WriteDocument(new JsonObject
            {
                ["file"] = file,
                ["format"] = Settings.FormatValue(format),
                ["table"] = Settings.FormatValue(table),
                ["rows"] = rows,
            });
        }
        else
        {
            Console.Out.WriteLine(FormattableString.Invariant($"{file}: {rows:N0} {Settings.FormatValue(table)}"));
        }
    }
}
