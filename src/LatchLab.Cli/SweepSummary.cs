using System.Text.Json.Nodes;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Sweeps.Reports;
using LatchLab.Sweeps.Slurm;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>The summary of <c>run</c> and <c>report</c>: the first configurations and their results.</summary>
internal static class SweepSummary
{
    private const int MaxRows = 24;

    /// <summary>Prints a table, or one JSON document, on standard output.</summary>
    /// <param name="results">The results in the ledger.</param>
    /// <param name="folder">The folder of the ledger.</param>
    /// <param name="page">The page of the report; null if there is none yet.</param>
    /// <param name="json">Whether to print JSON.</param>
    /// <param name="sweepFolder">For a shard, the folder of the whole sweep; else null.</param>
    public static void Print(SweepResults results, string folder, string? page, bool json, string? sweepFolder = null)
    {
        string nextCommand = sweepFolder is null
            ? $"to draw its figures: latchlab report {ShellQuoting.Join(folder)}"
            : $"when all shards have ended: latchlab merge {ShellQuoting.Join(sweepFolder, sweepFolder)}";
        if (json)
        {
            JsonOutput.WriteDocument(new JsonObject
            {
                ["folder"] = folder,
                ["report"] = page,
                ["trials"] = results.Configurations.Sum(configuration => configuration.Summary.Trials),
                ["memory"] = new JsonArray([.. MemoryFinding.FindAll(results).Select(finding => new JsonObject
                {
                    ["part"] = finding.Part,
                    ["setting"] = finding.Field,
                    ["steps"] = finding.Steps,
                    ["sentence"] = finding.Sentence,
                })]),
                ["configurations"] = new JsonArray([.. results.Configurations.Index().Select(
                    configuration => ToJson(results, configuration.Index, configuration.Item))]),
            });
            return;
        }

        ReportTable configurations = SweepReport.CreateConfigurationSection(results).Table!;
        configurations = configurations with { Rows = [.. configurations.Rows.Take(MaxRows)] };
        if (SectionPrinter.Fits(configurations))
            SectionPrinter.Write(SectionPrinter.CreateTable(configurations.Headings, configurations.Rows));
        else
            PrintParagraphs(configurations);
        if (results.Configurations.Count > MaxRows)
        {
            Console.Out.WriteLine(
                $"The first {MaxRows} of {NumberFormat.GroupThousands(results.Configurations.Count)} configurations; " +
                "latchlab export --table configurations writes all of them.");
        }

        if (results.DescribeIncomplete() is { Length: > 0 } warning)
            SectionPrinter.PrintParagraph(warning);
        foreach (MemoryFinding finding in MemoryFinding.FindAll(results))
            SectionPrinter.PrintParagraph(finding.Sentence);
        SectionPrinter.PrintParagraph($"{results.DescribeChance()} Medians are accurate to 1.6 %.".TrimStart());
        Console.Out.WriteLine(page is null
            ? $"Ledger: {folder}; {nextCommand}"
            : $"Report: {page}");
    }

    /// <summary>
    /// Prints the configurations of a table that is wider than the terminal: the settings of each, then its results.
    /// </summary>
    private static void PrintParagraphs(ReportTable table)
    {
        int trials = table.Headings.ToList().IndexOf("trials");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            (string Heading, string Text)[] cells = [.. table.Headings.Zip(row)];
            IEnumerable<string> settings = cells[1..trials].Where(cell => cell.Text.Length > 0)
                .Select(cell => cell.Heading == "part" ? cell.Text : $"{cell.Heading} {cell.Text}");
            SectionPrinter.PrintParagraph($"{row[0]}: {string.Join(", ", settings)}");
            SectionPrinter.PrintParagraph(
                string.Join(", ", cells[trials..].Select(cell => $"{cell.Heading} {cell.Text}")), indentation: 4);
        }
    }

    private static JsonObject ToJson(SweepResults results, int index, ConfigurationResult configuration)
    {
        var document = new JsonObject
        {
            ["configuration"] = index,
            ["part"] = results.GetPart(index).Name,
            ["settings"] = new JsonObject(configuration.Settings.Select(
                setting => KeyValuePair.Create(
                    setting.Field, NumberFormat.TryParseFinite(setting.Value, out double number)
                        ? JsonOutput.ToJson(number) : setting.Value))),
        };
        document["chanceError"] = JsonOutput.ToJson(configuration.ChanceError);
        document["chanceMeanSquaredError"] = JsonOutput.ToJson(configuration.ChanceMeanSquaredError);
        SummaryJson.Add(document, configuration.Summary);
        return document;
    }
}
