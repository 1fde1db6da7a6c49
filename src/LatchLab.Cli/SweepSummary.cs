using System.Text.Json.Nodes;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.SweepAnalysis;
using LatchLab.Formats;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>What <c>run</c> and <c>report</c> say at their end: the first cells with what their trials gave.</summary>
internal static class SweepSummary
{
    private const int MostRows = 24;

    /// <summary>A table, or one JSON document, on standard output.</summary>
    /// <param name="results">What the ledger holds.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="page">The page of the report; null where there is none yet.</param>
    /// <param name="json">Whether as JSON.</param>
    /// <param name="whole">Of a shard, the folder of the whole sweep.</param>
    public static void Print(SweepResults results, string folder, string? page, bool json, string? whole = null)
    {
        ReportTable cells = SweepReport.Cells(results).Table!;
        string next = whole is null
            ? $"its figures: latchlab report {ShellWords.Of(folder)}"
            : $"when all shards have ended: latchlab merge {ShellWords.Of(whole, whole)}";
        if (json)
        {
            Numbers.Print(new JsonObject
            {
                ["status"] = "ok",
                ["folder"] = folder,
                ["report"] = page,
                ["trials"] = results.Cells.Sum(cell => cell.Totals.Trials),
                ["cells"] = new JsonArray([.. cells.Data.Rows.Select(row => Row(cells.Data.Columns, row))]),
            });
            return;
        }

        var table = new Spectre.Console.Table().Border(TableBorder.Rounded);
        foreach (string heading in cells.Headings)
            table.AddColumn(Markup.Escape(heading));
        foreach (IReadOnlyList<string> row in cells.Rows.Take(MostRows))
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
        if (results.Cells.Count > MostRows)
        {
            Console.Out.WriteLine(FormattableString.Invariant(
                $"The first {MostRows} of {results.Cells.Count:N0} cells."));
        }

        Console.Out.WriteLine(page is null
            ? $"Ledger: {folder}; {next}"
            : $"Report: {page}");
    }

    private static JsonObject Row(IReadOnlyList<string> columns, IReadOnlyList<string> row)
        => new(columns.Zip(row, (column, text) => KeyValuePair.Create(
            column,
            double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double number)
                ? Numbers.Json(number)
                : JsonValue.Create(text))));
}
