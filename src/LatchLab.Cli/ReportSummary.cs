using System.Text.Json.Nodes;
using LatchLab.Figures;
using LatchLab.Reporting;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>The summary of <c>reproduce</c>: the claims with their verdicts, and the path of the report.</summary>
internal static class ReportSummary
{
    /// <summary>Prints one line for each claim, their counts and the path of the page on standard output.</summary>
    /// <param name="report">The report.</param>
    /// <param name="pagePath">The path of its page.</param>
    /// <param name="keptParts">The experiments of an earlier report, which this command did not run.</param>
    /// <param name="verbose">Whether to print every statement of each claim with its evidence, too.</param>
    public static void Print(Report report, string pagePath, IReadOnlyList<string> keptParts, bool verbose)
    {
        IReadOnlyList<NumberedClaim> claims = NumberedClaim.Group(report.Claims);
        int verdictWidth = claims.Select(claim => claim.Decisive.FormatVerdict().Length).DefaultIfEmpty().Max();
        foreach (NumberedClaim claim in claims)
        {
            string verdict = claim.Decisive.FormatVerdict();
            string start = $"{claim.Number,2}  ", space = new(' ', verdictWidth - verdict.Length + 2);
            Console.Out.Write(start);
            AnsiConsole.Markup($"[{GetColour(claim.Verdict)}]{Markup.Escape(verdict)}[/]");
            Console.Out.WriteLine(space + Fit(claim.Statement, start.Length + verdictWidth + 2));
            if (verbose)
                PrintStatements(claim);
        }

        if (claims.Count > 0)
            Console.Out.WriteLine($"{VerdictFormat.FormatCounts(claims.Select(claim => claim.Verdict))}.");
        if (keptParts.Count > 0)
            SectionPrinter.PrintParagraph($"From an earlier report: {string.Join(", ", keptParts)}.");
        if (report.Banner.Length > 0)
            SectionPrinter.PrintParagraph(report.Banner);
        Console.Out.WriteLine($"Report: {pagePath}");
    }

    private static void PrintStatements(NumberedClaim claim)
    {
        foreach (Claim statement in claim.Main.Concat(claim.Others))
        {
            string interpretation = statement.Interpretation.Length == 0 ? "" : $" ({statement.Interpretation})";
            string seeds = statement.VerdictsBySeed.Count == 0 ? ""
                : $" By seed: {VerdictFormat.FormatCounts(statement.VerdictsBySeed)}.";
            SectionPrinter.PrintParagraph($"    {statement.Statement}{interpretation} — " +
                $"{statement.FormatVerdict()}.{seeds} {statement.Evidence}");
        }
    }

    /// <summary>A text that fits the rest of a row of the terminal; the whole text if the output is piped.</summary>
    private static string Fit(string text, int start)
    {
        int columns = AnsiConsole.Profile.Width - 1 - start;
        return Console.IsOutputRedirected || text.Length <= columns || columns < 2 ? text
            : $"{text[..(columns - 1)]}…";
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

    private static string GetColour(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "green",
        Verdict.NotReproduced => "red",
        _ => "yellow",
    };
}
