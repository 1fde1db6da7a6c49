using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Formats;
using LatchLab.Ledger;

namespace LatchLab.Cli;

/// <summary><c>latchlab export</c>: a table of a ledger for other programs (docs/ledger.md).</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var folder = new TextArgument("DIR", "the folder of a ledger");
        var format = new TextOption("--format", "FORMAT", "csv (default), parquet or json");
        var table = new TextOption(
            "--table", "NAME", "trials (default), checks (of the trials that keep a log) or cells (with their totals)");
        var to = new TextOption(
            "--to", "FILE", "where to write it (default: standard output; of parquet, DIR/NAME.parquet)");
        var json = new Flag("--json", "print one JSON document about the file that was written");
        var command = new Command("export", "Write the trials of a ledger, in order, for other programs.")
        {
            folder, format, table, to, json,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            string? path = given.RequiredText(folder);
            ExportFormat chosen = Choice.Word(given, format, ExportFormat.Csv);
            ExportedTable exported = Choice.Word(given, table, ExportedTable.Trials);
            string? file = given.Text(to);
            if (file is null && chosen == ExportFormat.Parquet && path is not null)
                file = Path.Combine(path, $"{Settings.InWords(exported)}.parquet");
            if (file is null && given.Has(json))
                given.Mistakes.Add(new(json.Name, "", "tells of a file; give --to FILE, or --format json for data"));
            using LedgerReader? ledger = path is null ? null : given.Try(() => LedgerReader.Open(path));
            if (file is not null && (ledger is not null || given.Text(to) is not null))
                given.Try(() => LedgerExport.CheckWritable(file));
            given.ThrowIfMistaken();
            Run(ledger!, exported, chosen, file, given.Has(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Run(LedgerReader ledger, ExportedTable table, ExportFormat format, string? file, bool json)
    {
        using var interruption = new Interruption();
        if (file is null)
        {
            using Stream output = Console.OpenStandardOutput();
            LedgerExport.Write(ledger, table, format, output, interruption.Token);
            return;
        }

        long rows = 0;
        OutputFile.Write(
            file, stream => rows = LedgerExport.Write(ledger, table, format, stream, interruption.Token));
        if (json)
        {
            Numbers.Print(new JsonObject
            {
                ["status"] = "ok",
                ["file"] = file,
                ["format"] = Settings.InWords(format),
                ["table"] = Settings.InWords(table),
                ["rows"] = rows,
            });
        }
        else
        {
            Console.Out.WriteLine(FormattableString.Invariant($"{file}: {rows:N0} {Settings.InWords(table)}"));
        }
    }
}
