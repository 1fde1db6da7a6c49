using System.Text;
using LatchLab.Figures;

namespace LatchLab.Reporting;

/// <summary>
/// Tables as comma-separated values (RFC 4180, with a line feed at the end of each line): a cell that contains a comma,
/// a quote or a line break is quoted, and its quotes are doubled.
/// </summary>
public static class CsvText
{
    /// <summary>Formats a table: the column names, then the rows.</summary>
    public static string Format(Table table)
    {
        var text = new StringBuilder();
        AppendLine(text, table.Columns);
        foreach (var row in table.Rows)
            AppendLine(text, row);
        return text.ToString();
    }

    /// <summary>Formats the claims with their verdicts, one per line.</summary>
    public static string Format(IEnumerable<Claim> claims) => Format(new Table(
        ["number", "claim", "statement", "source", "interpretation", "verdict", "verdicts_by_seed", "evidence"],
        [.. claims.Select(claim => (IReadOnlyList<string>)
        [
            Table.FormatInteger(claim.Number), claim.Key, claim.Statement, claim.Source, claim.Interpretation,
            claim.FormatVerdict(), string.Join("; ", claim.VerdictsBySeed.Select(verdict => verdict.Format())),
            claim.Evidence,
        ])]));

    /// <summary>Formats the parts of the claims, one per line.</summary>
    public static string FormatParts(IEnumerable<Claim> claims) => Format(new Table(
        [
            "claim", "interpretation", "part", "quantity", "trials", "estimate", "lower_99", "upper_99", "claimed",
            "threshold", "result", "fails_after_correction", "remark",
        ],
        [
            .. from claim in claims
               from part in claim.Parts
               select (IReadOnlyList<string>)
               [
                   claim.Key, claim.Interpretation, part.Label, part.Quantity, Table.FormatInteger(part.Trials),
                   Table.FormatNumber(part.Estimate), Table.FormatNumber(part.Lower), Table.FormatNumber(part.Upper),
                   part.Claimed, Table.FormatNumber(part.Threshold), part.Result.ToString().ToLowerInvariant(),
                   part.FailsAfterCorrection ? "yes" : "no", part.Remark,
               ],
        ]));

    /// <summary>Formats the settings, one per line.</summary>
    public static string Format(IEnumerable<ReportedSetting> settings) => Format(new Table(
        ["group", "name", "value", "source", "meaning"],
        [.. settings.Select(setting => (IReadOnlyList<string>)
            [setting.Group, setting.Name, setting.Value, setting.Source, setting.Description])]));

    private static void AppendLine(StringBuilder text, IReadOnlyList<string> cells)
        => text.AppendJoin(',', cells.Select(Quote)).Append('\n');

    private static string Quote(string cell)
        => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
}
