using System.Text;
using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Reporting.Page;

/// <summary>
/// The claims of the paper and the verdicts of the runs: a table under the reference interpretation, and a table of the
/// changes of it, those first that turn a verdict.
/// </summary>
internal static class ClaimsSection
{
    private const int MaxInlineLength = 500;

    /// <summary>Renders the section.</summary>
    public static string Render(IReadOnlyList<Claim> claims)
    {
        var groups = ClaimGroups.Create(claims);
        string counts = VerdictFormat.FormatCounts(groups.Reference.Select(claim => claim.Verdict));
        var section = new StringBuilder($"""
            <section id="claims">
            <h2>Claims</h2>
            <p class="summary">{counts}.{DescribeSeeds(groups.Reference)}</p>

            """);
        AppendTable(section, "Claims", groups.Reference, _ => "");
        if (groups.Changed.Count > 0)
            AppendChanges(section, groups);
        return section.Append("</section>\n").ToString();
    }

    private static void AppendChanges(StringBuilder section, ClaimGroups groups)
    {
        (Claim Claim, Claim Reference)[] turned = [.. groups.Turned];
        Dictionary<Claim, Verdict> references = turned.ToDictionary(
            entry => entry.Claim, entry => entry.Reference.Verdict);
        section.Append($"""
            <h3>Single changes of the reference interpretation</h3>
            <p class="summary">{(turned.Length == 0 ? "No change turns a verdict." : "These changes turn a verdict.")}
            The verdicts of different interpretations rest partly on the same runs. They are not independent, and are
            not counted.</p>

            """);
        if (turned.Length > 0)
        {
            AppendTable(
                section, "Changes that turn a verdict", [.. turned.Select(entry => entry.Claim)],
                claim => $"reference: {references[claim].Format()}");
        }

        section.Append("<details><summary>The changes that turn no verdict</summary>\n");
        AppendTable(
            section, "Changes that turn no verdict",
            [.. groups.Changed.Except(turned).Select(entry => entry.Claim)], _ => "");
        section.Append("</details>\n");
    }

    private static void AppendTable(
        StringBuilder section, string label, IReadOnlyList<Claim> claims, Func<Claim, string> note)
    {
        section.Append($"""
            <div class="scroll" role="region" aria-label="{label}" tabindex="0">
            <table class="claims">
            <thead><tr><th>No.</th><th>Claim of the paper</th><th>Verdict</th><th>Evidence</th></tr></thead>
            <tbody>

            """);
        foreach (Claim claim in claims)
        {
            string lines = RenderLine("Interpretation: ", claim.Interpretation) + RenderLine("", note(claim))
                + RenderLine("By seed: ", FormatSeeds(claim));
            string verdict =
                $"<strong class=\"verdict {GetCssClass(claim.Verdict)}\">{Html.Escape(claim.FormatVerdict())}</strong>";
            section.Append($"""
                <tr><td class="number">{claim.Number}</td>
                <td>{Html.Escape(claim.Statement)} <span class="source">{Html.Escape(claim.Source)}</span></td>
                <td>{verdict}{lines}</td>
                <td class="evidence">{RenderEvidence(claim.Evidence)}</td></tr>
                {RenderParts(claim.Parts)}
                """);
        }

        section.Append("</tbody>\n</table>\n</div>\n");
    }

    private static string RenderLine(string label, string text)
        => text.Length == 0 ? "" : $"<span class=\"interpretation\">{label}{Html.Escape(text)}</span>";

    private static string FormatSeeds(Claim claim)
        => claim.VerdictsBySeed.Count == 0 ? "" : VerdictFormat.FormatCounts(claim.VerdictsBySeed);

    /// <summary>Says whether the verdicts of single runs contradict each other.</summary>
    private static string DescribeSeeds(IReadOnlyList<Claim> claims)
    {
        Claim[] repeated = [.. claims.Where(claim => claim.VerdictsBySeed.Count > 0)];
        if (repeated.Length == 0)
            return "";
        Claim[] contradicting = [.. repeated.Where(claim => claim.VerdictsBySeed.Contains(Verdict.Reproduced)
            && claim.VerdictsBySeed.Contains(Verdict.NotReproduced))];
        return $" Over {repeated[0].VerdictsBySeed.Count} seeds, " + (contradicting.Length == 0
            ? "no claim is reproduced with one seed and not reproduced with another."
            : "reproduced with one seed and not reproduced with another: " +
                $"{Html.Escape(string.Join("; ", contradicting.Select(claim => claim.Statement)))}");
    }

    /// <summary>Renders evidence; long evidence is collapsed to its first sentence.</summary>
    private static string RenderEvidence(string evidence)
    {
        int end = evidence.IndexOf(". ", StringComparison.Ordinal) + 1;
        return evidence.Length <= MaxInlineLength || end == 0
            ? Html.Escape(evidence)
            : $"<details><summary>{Html.Escape(evidence[..end])}</summary>{Html.Escape(evidence[end..])}</details>";
    }

    /// <summary>Renders the parts as a collapsed table in a row of its own.</summary>
    private static string RenderParts(IReadOnlyList<ClaimPart> parts)
    {
        if (parts.Count == 0)
            return "";
        string summary = parts.Count == 1 ? "The part" : $"The {parts.Count} parts";
        var table = new StringBuilder($"""
            <tr class="parts"><td class="number"></td><td colspan="3"><details><summary>{summary}</summary>
            <table><thead><tr><th>Part</th><th>Estimate [99 % interval]</th><th>Claimed</th><th>Trials</th>
            <th>Result</th></tr></thead><tbody>

            """);
        foreach (ClaimPart part in parts)
        {
            string interval = $"{NumberFormat.Short(part.Estimate)} " +
                $"[{NumberFormat.Short(part.Lower)}, {NumberFormat.Short(part.Upper)}]";
            string claimed = $"{part.Quantity} {part.Claimed} {NumberFormat.Short(part.Threshold)}";
            string result = part.Result.ToString().ToLowerInvariant()
                + (part.FailsAfterCorrection ? ", also after Holm’s correction" : "");
            table.Append($"""
                <tr><td>{Html.Escape(part.Label)}</td><td>{interval}</td><td>{Html.Escape(claimed)}</td>
                <td>{part.Trials}</td><td>{result}</td></tr>

                """);
        }

        return table.Append("</tbody></table></details></td></tr>\n").ToString();
    }

    private static string GetCssClass(Verdict verdict) => verdict.Format().Replace(' ', '-');
}
