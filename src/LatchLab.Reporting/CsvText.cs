using System.Text;
using LatchLab.Experiments.Results;

namespace LatchLab.Reporting;

/// <summary>
/// Tables as comma-separated values (RFC 4180, with a line feed at the end of each line): a cell that holds a comma, a
/// quote or a line break stands in quotes, and its quotes are doubled.
/// </summary>
public static class CsvText
{
    /// <summary>The column names, then the rows.</summary>
    public static string Of(Table table)
    {
        var text = new StringBuilder();
        AppendLine(text, table.Columns);
        foreach (var row in table.Rows)
            AppendLine(text, row);
        return text.ToString();
    }

    /// <summary>The claims with their verdicts, one a line.</summary>
    public static string Of(IEnumerable<Claim> claims) => Of(new Table(
        ["number", "statement", "source", "reading", "verdict", "evidence"],
        [.. claims.Select(claim => (IReadOnlyList<string>)
        [
            Table.Count(claim.Number), claim.Statement, claim.Source, claim.Reading, claim.Verdict.InWords(),
            claim.Evidence,
        ])]));

    /// <summary>The settings, one a line.</summary>
    public static string Of(IEnumerable<ReportedSetting> settings) => Of(new Table(
        ["group", "name", "value", "source", "meaning"],
        [.. settings.Select(setting => (IReadOnlyList<string>)
            [setting.Group, setting.Name, setting.Value, setting.Source, setting.Meaning])]));

    private static void AppendLine(StringBuilder text, IReadOnlyList<string> cells)
        => text.AppendJoin(',', cells.Select(Quoted)).Append('\n');

    private static string Quoted(string cell)
        => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
}
