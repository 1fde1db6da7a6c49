using System.Text;
using LatchLab.Figures;

namespace LatchLab.Reporting.Page;

/// <summary>The claims of the paper and the verdicts of the runs.</summary>
internal static class ClaimsSection
{
    private const int MaxInlineLength = 500;

    /// <summary>Renders the section; a claim with several interpretations has a row for each.</summary>
    public static string Render(IReadOnlyList<Claim> claims)
    {
        var section = new StringBuilder($"""
            <section id="claims">
            <h2>Claims</h2>
            <p class="summary">{FormatSummary(claims)}</p>
            <div class="scroll" role="region" aria-label="Claims" tabindex="0">
            <table class="claims">
            <thead><tr><th>No.</th><th>Claim of the paper</th><th>Verdict</th><th>Evidence</th></tr></thead>
            <tbody>

            """);
        foreach (var claim in claims)
        {
            string interpretation = claim.Interpretation.Length == 0
                ? ""
                : $"<span class=\"interpretation\">Interpretation: {Html.Escape(claim.Interpretation)}</span>";
            string verdict =
                $"<strong class=\"verdict {GetCssClass(claim.Verdict)}\">{claim.Verdict.Format()}</strong>";
            section.Append($"""
                <tr><td class="number">{claim.Number}</td>
                <td>{Html.Escape(claim.Statement)} <span class="source">{Html.Escape(claim.Source)}</span></td>
                <td>{verdict}{interpretation}</td>
                <td class="evidence">{RenderEvidence(claim.Evidence)}</td></tr>

                """);
        }

        return section.Append("</tbody>\n</table>\n</div>\n</section>\n").ToString();
    }

    /// <summary>Renders evidence; long evidence is collapsed to its first sentence.</summary>
    private static string RenderEvidence(string evidence)
    {
        int end = evidence.IndexOf(". ", StringComparison.Ordinal) + 1;
        return evidence.Length <= MaxInlineLength || end == 0
            ? Html.Escape(evidence)
            : $"<details><summary>{Html.Escape(evidence[..end])}</summary>{Html.Escape(evidence[end..])}</details>";
    }

    private static string FormatSummary(IReadOnlyList<Claim> claims)
        => string.Join(", ", Enum.GetValues<Verdict>()
            .Select(verdict => (verdict, Count: claims.Count(claim => claim.Verdict == verdict)))
            .Where(group => group.Count > 0)
            .Select(group => $"{group.Count} {group.verdict.Format()}")) + ".";

    private static string GetCssClass(Verdict verdict) => verdict.Format().Replace(' ', '-');
}
