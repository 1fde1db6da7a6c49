using System.Text;
using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Reporting.Page;

/// <summary>
/// The claims of the paper, one row each: the verdict under the reference interpretation, and marks for what is shown
/// beside it. The evidence of every statement is folded below its row.
/// </summary>
internal static class ClaimsSection
{
    /// <summary>The anchor of the section.</summary>
    public const string Id = "claims";

    /// <summary>Renders the section.</summary>
    public static string Render(IReadOnlyList<NumberedClaim> claims)
    {
        string counts = VerdictFormat.FormatCounts(claims.Select(claim => claim.Verdict));
        var section = new StringBuilder($"""
            <section id="{Id}">
            <h2>Claims</h2>
            <p class="summary">{claims.Count} {(claims.Count == 1 ? "claim" : "claims")}: {counts}. A claim that
            consists of several statements is reproduced if all of them are. Marks: other statements beside it, and
            single changes of the interpretation. These rest partly on the same runs and are not counted.</p>
            <p class="legend">{RenderLegend(claims)}</p>
            <table class="claims">
            <thead><tr><th>No.</th><th>Claim</th><th>Verdict</th><th>Others</th></tr></thead>
            <tbody>

            """);
        foreach (NumberedClaim claim in claims)
            AppendClaim(section, claim);
        return section.Append("</tbody>\n</table>\n</section>\n").ToString();
    }

    /// <summary>A mark with the colour and shape of a verdict.</summary>
    public static string RenderMark(Verdict verdict, string text)
        => $"<span class=\"mark {GetCssClass(verdict)}\" title=\"{Html.Escape(text)}\"></span>";

    /// <summary>The anchor of a claim.</summary>
    public static string GetAnchor(int number) => $"claim-{number}";

    private static void AppendClaim(StringBuilder section, NumberedClaim claim)
    {
        string sources = string.Join("; ", claim.Main.Select(main => main.Source).Distinct());
        string marks = string.Concat(claim.Others.Select(
            other => RenderMark(other.Verdict, $"{Describe(other)}: {other.FormatVerdict()}")));
        section.Append($"""
            <tr id="{GetAnchor(claim.Number)}"><td class="number">{claim.Number}</td>
            <td>{Html.EscapeProse(claim.Statement)} <span class="source">{Html.Escape(sources)}</span></td>
            <td>{RenderVerdict(claim.Decisive)}</td>
            <td class="marks">{marks}</td></tr>
            <tr class="evidence"><td class="number"></td><td colspan="3"><details><summary>Evidence</summary>

            """);
        foreach (Claim main in claim.Main)
            AppendStatement(section, main, "");
        foreach (Claim beside in claim.Beside)
            AppendStatement(section, beside, "");
        foreach ((Claim changed, Claim reference) in claim.Changes)
        {
            AppendStatement(section, changed, reference.Verdict == changed.Verdict ? ""
                : $"The change turns the verdict, which is {reference.Verdict.Format()} under the reference.");
        }

        section.Append("</details></td></tr>\n");
    }

    private static void AppendStatement(StringBuilder section, Claim claim, string note)
    {
        section.Append($"""
            <div class="statement"><p><b>{Html.Escape(Describe(claim))}</b> {RenderVerdict(claim)}
            <span class="source">{Html.Escape(claim.Source)}</span></p>
            {RenderLine(note)}{RenderLine(DescribeSeeds(claim))}<p>{Html.EscapeProse(claim.Evidence)}</p>
            {RenderParts(claim.Parts)}</div>

            """);
    }

    private static string Describe(Claim claim)
        => claim.Interpretation.Length == 0 ? claim.Statement : $"{claim.Statement} ({claim.Interpretation})";

    private static string RenderLine(string text)
        => text.Length == 0 ? "" : $"<p class=\"note\">{Html.EscapeProse(text)}</p>\n";

    private static string DescribeSeeds(Claim claim)
        => claim.VerdictsBySeed.Count == 0 ? ""
            : $"The single runs with {claim.VerdictsBySeed.Count} seeds: " +
                $"{VerdictFormat.FormatCounts(claim.VerdictsBySeed)}.";

    private static string RenderVerdict(Claim claim)
        => $"<strong class=\"verdict {GetCssClass(claim.Verdict)}\">{Html.Escape(claim.FormatVerdict())}</strong>";

    private static string RenderLegend(IReadOnlyList<NumberedClaim> claims)
        => string.Join(" ", claims.SelectMany(claim => claim.Others.Select(other => other.Verdict)
                .Append(claim.Verdict)).Distinct().Order()
            .Select(verdict => $"{RenderMark(verdict, verdict.Format())}{verdict.Format()}"));

    /// <summary>Renders the parts as a collapsed table.</summary>
    private static string RenderParts(IReadOnlyList<ClaimPart> parts)
    {
        if (parts.Count == 0)
            return "";
        string summary = parts.Count == 1 ? "The part" : $"The {parts.Count} parts";
        var table = new StringBuilder($"""
            <details><summary>{summary}</summary>
            <div class="scroll" role="region" aria-label="{summary}" tabindex="0">
            <table class="parts"><thead><tr><th>Part</th><th>Estimate [99 % interval]</th><th>Claimed</th>
            <th>Trials</th><th>Result</th></tr></thead><tbody>

            """);
        foreach (ClaimPart part in parts)
        {
            string interval = $"{NumberFormat.Short(part.Estimate)} " +
                $"[{NumberFormat.Short(part.Lower)}, {NumberFormat.Short(part.Upper)}]";
            string claimed = $"{part.Quantity} {part.Claimed} {NumberFormat.Short(part.Threshold)}";
            string result = part.Result.ToString().ToLowerInvariant()
                + (part.FailsAfterCorrection ? ", also after Holm’s correction" : "");
            table.Append($"""
                <tr><td>{Html.EscapeProse(part.Label)}</td><td>{Html.EscapeProse(interval)}</td>
                <td>{Html.EscapeProse(claimed)}</td>
                <td>{part.Trials}</td><td>{result}</td></tr>

                """);
        }

        return table.Append("</tbody></table></div></details>\n").ToString();
    }

    private static string GetCssClass(Verdict verdict) => verdict.Format().Replace(' ', '-');
}
