using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Ledger.Exports;
using LatchLab.Ledger.Reading;

namespace LatchLab.Cli;

/// <summary><c>latchlab export</c>: exports a table of a ledger for other programs (docs/ledger.md).</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var folder = new TextArgument("DIR", "the folder of a ledger");
        var format = new TextOption("--format", "FORMAT", "csv (default), parquet or json");
        var table = new TextOption(
            "--table", "NAME",
            "trials (default), snapshots (of the trials that log them) or configurations (with totals)");
        var to = new TextOption(
            "--to", "FILE", "output file; - is standard output (default: -; for parquet, DIR/NAME.parquet)");
        var json = new Flag("--json", "print one JSON document that describes the written file");
        var command = new Command("export", "Export the trials of a ledger, in order, for other programs.")
        {
            folder, format, table, to, json,
        };
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            string? path = parsedOptions.GetRequiredString(folder);
            ExportFormat exportFormat = ChoiceParser.ParseEnum(parsedOptions, format, ExportFormat.Csv);
            ExportedTable exportedTable = ChoiceParser.ParseEnum(parsedOptions, table, ExportedTable.Trials);
            string? file = parsedOptions.GetString(to);
            if (file is null && exportFormat == ExportFormat.Parquet && path is not null)
                file = Path.Combine(path, $"{Settings.FormatValue(exportedTable)}.parquet");
            if (file == "-" && exportFormat == ExportFormat.Parquet)
                parsedOptions.ValidationErrors.Add(new(to.Name, "", "parquet needs a file, not standard output"));
            if (file == "-")
                file = null;
            if (file is null && parsedOptions.HasFlag(json))
                parsedOptions.ValidationErrors.Add(
                    new(json.Name, "", "describes a written file; give --to FILE, or --format json for data"));
            using LedgerReader? ledger = path is null ? null
                : parsedOptions.CollectErrors(() => LedgerReader.Open(path));
            if (file is not null && (ledger is not null || parsedOptions.GetString(to) is not null))
                parsedOptions.CollectErrors(() => LedgerExport.EnsureWritable(file));
            parsedOptions.ThrowIfInvalid();
            Run(ledger!, exportedTable, exportFormat, file, parsedOptions.HasFlag(json));
            return ExitCodes.Success;
        });
        return command;
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
                ["status"] = "ok",
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
