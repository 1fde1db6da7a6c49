using System.Text.Json.Nodes;
using LatchLab.Figures;
using LatchLab.Reporting;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>The summary of <c>reproduce</c>: the claims with their verdicts, and the path of the report.</summary>
internal static class ReportSummary
{
    /// <summary>Prints a table on standard output.</summary>
    public static void Print(Report report, string pagePath)
    {
        if (report.Claims.Count > 0)
        {
            var table = new Spectre.Console.Table().Border(TableBorder.Rounded)
                .AddColumn("Claim").AddColumn("Statement").AddColumn("Interpretation").AddColumn("Verdict");
            var groups = ClaimGroups.Create(report.Claims);
            foreach (Claim claim in groups.Reference.Concat(groups.Turned.Select(entry => entry.Claim)))
            {
                table.AddRow(
                    $"{claim.Number}",
                    Markup.Escape(claim.Statement),
                    Markup.Escape(claim.Interpretation),
                    $"[{GetColour(claim.Verdict)}]{Markup.Escape(claim.FormatVerdict())}[/]{FormatSeeds(claim)}");
            }

            AnsiConsole.Write(table);
            if (groups.Changed.Count > 0)
            {
                Console.Out.WriteLine("Of the verdicts under single changes of the reference interpretation, only " +
                    "those that differ are shown.");
            }
        }

        Console.Out.WriteLine($"Report: {pagePath}");
    }

    /// <summary>Prints one JSON document on standard output.</summary>
    public static void PrintJson(Report report, string pagePath)
    {
        var facts = new JsonObject();
        foreach ((string name, string value) in report.Metadata)
            facts[name] = value;
        JsonOutput.WriteDocument(new JsonObject
        {
            ["report"] = pagePath,
            ["facts"] = facts,
            ["claims"] = ClaimsJson.ToJson(report.Claims),
            ["figures"] = new JsonArray([.. report.Figures.Select(figure => new JsonObject
            {
                ["id"] = figure.Id,
                ["title"] = figure.Title,
                ["caption"] = figure.Caption,
                ["remark"] = figure.Remark,
            })]),
            ["settings"] = new JsonArray([.. report.Settings.Select(setting => new JsonObject
            {
                ["name"] = setting.Name,
                ["value"] = setting.Value,
                ["source"] = setting.Source,
            })]),
        });
    }

    private static string FormatSeeds(Claim claim)
        => claim.VerdictsBySeed.Count == 0 ? ""
            : Markup.Escape($" (by seed: {VerdictFormat.FormatCounts(claim.VerdictsBySeed)})");

    private static string GetColour(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "green",
        Verdict.NotReproduced => "red",
        _ => "yellow",
    };
}
