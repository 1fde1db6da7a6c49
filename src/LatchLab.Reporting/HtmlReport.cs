using System.Globalization;
using System.Text;
using LatchLab.Figures;
using LatchLab.Reporting.Fonts;
using LatchLab.Reporting.Page;

namespace LatchLab.Reporting;

/// <summary>
/// A report as one self-contained HTML page with embedded style, font and figures, and without scripts. The page
/// contains each figure in a light and a dark theme; the style sheet shows the one that matches the reader's colour
/// scheme, and print is always light. The only links are those to the files beside the page.
/// </summary>
public static class HtmlReport
{
    private const string SummaryId = "summary";

    /// <summary>Renders the whole page, as <see cref="ReportFolder"/> writes it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="provenance">What the heading shows beside the facts; null for nothing.</param>
    /// <exception cref="ArgumentException">
    /// A figure has no panels, an id is invalid, or two parts have the same id.
    /// </exception>
    public static string Render(Report report, Provenance? provenance = null)
    {
        ValidateIds(report);
        IReadOnlyList<NumberedClaim> claims = NumberedClaim.Group(report.Claims);
        var page = new StringBuilder();
        page.Append($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Escape(report.Title)}</title>
            <style>
            {FigureFont.FontFaceRule}
            {Html.StyleSheet}</style>
            </head>
            <body>
            <div class="page">
            {RenderContents(report, claims)}<main>
            <header>
            <h1>{Html.Escape(report.Title)}</h1>
            {RenderFacts(report, provenance)}</header>
            {RenderLead(report)}
            """);
        if (claims.Count > 0)
            page.Append(ClaimsSection.Render(claims));
        foreach (Figure figure in report.Figures)
            page.Append(FigureSection.Render(figure, FindClaims(report, figure, claims)));
        foreach (ReportSection section in report.Sections)
            page.Append(TextSection.Render(section));
        if (report.Settings.Count > 0)
            page.Append(SettingsSection.Render(report.Settings, report.SettingsNote));
        page.Append("""
            <footer>
            <p>Created by LatchLab, which reproduces the paper:
            Y. Bengio, P. Simard and P. Frasconi, “Learning Long-Term Dependencies with Gradient Descent is Difficult”,
            <cite>IEEE Transactions on Neural Networks</cite>, vol. 5, no. 2, pp. 157–166, March 1994,
            doi: 10.1109/72.279181.</p>
            </footer>
            </main>
            </div>
            </body>
            </html>

            """);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void ValidateIds(Report report)
    {
        IEnumerable<string> ids =
        [
            SummaryId, ClaimsSection.Id, SettingsSection.Id, .. report.Sections.Select(section => section.Id),
            .. report.Figures.Select(figure => figure.Id),
        ];
        if (ids.GroupBy(id => id).FirstOrDefault(same => same.Count() > 1) is { } duplicate)
            throw new ArgumentException($"Two parts of the report have the id '{duplicate.Key}'.", nameof(report));
    }

    /// <summary>Renders the links to the parts of the page.</summary>
    private static string RenderContents(Report report, IReadOnlyList<NumberedClaim> claims)
    {
        IEnumerable<(string Id, string Title)> parts =
        [
            .. report.Summary.Count > 0 ? ((string, string)[])[(SummaryId, "Summary")] : [],
            .. claims.Count > 0 ? ((string, string)[])[(ClaimsSection.Id, "Claims")] : [],
            .. report.Figures.Select(figure => (figure.Id, figure.Title)),
            .. report.Sections.Select(section => (section.Id, section.Title)),
            .. report.Settings.Count > 0 ? ((string, string)[])[(SettingsSection.Id, "Settings")] : [],
        ];
        string links = string.Join("\n", parts.Select(
            part => $"<a href=\"#{Html.Escape(part.Id)}\">{Html.Escape(part.Title)}</a>"));
        return $"<nav aria-label=\"Contents\">\n{links}\n</nav>\n";
    }

    /// <summary>Renders what a reader sees first: a warning, the summary, and the main figure beside it.</summary>
    private static string RenderLead(Report report)
    {
        string banner = report.Banner.Length == 0 ? "" : $"<p class=\"banner\">{Html.Escape(report.Banner)}</p>\n";
        if (report.Summary.Count == 0)
            return banner;
        string sentences = string.Join("\n", report.Summary.Select(sentence => sentence.Anchor.Length == 0
            ? $"<li>{Html.EscapeProse(sentence.Text)}</li>"
            : $"<li>{Html.EscapeProse(sentence.Text)} <a href=\"#{Html.Escape(sentence.Anchor)}\">More</a></li>"));
        string preview = report.Figures.FirstOrDefault(figure => figure.Id == report.MainFigure) is { } main
            ? FigureSection.RenderPreview(main) : "";
        return $"""
            {banner}<section id="{SummaryId}" class="lead">
            <ul>
            {sentences}
            </ul>
            {preview}</section>

            """;
    }

    /// <summary>The claims that the experiment of a figure tests, if it is the first of its experiment.</summary>
    private static IReadOnlyList<NumberedClaim> FindClaims(
        Report report, Figure figure, IReadOnlyList<NumberedClaim> claims)
        => report.Parts.FirstOrDefault(part => part.Figures.Count > 0 && part.Figures[0].Id == figure.Id) is { } part
            ? [.. claims.Where(claim => part.Claims.Any(own => own.Number == claim.Number))]
            : [];

    private static string RenderFacts(Report report, Provenance? provenance)
    {
        IEnumerable<(string Name, string Value)> facts =
        [
            .. provenance is null ? [] : ((string, string)[])
            [
                ("Command", provenance.Command),
                .. provenance.KeptParts.Count == 0 ? [] : ((string, string)[])
                    [("From an earlier report", string.Join(", ", provenance.KeptParts))],
                ("Date", provenance.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ],
            .. report.Metadata,
        ];
        string list = string.Concat(facts.Select(
            fact => $"<div><dt>{Html.Escape(fact.Name)}</dt><dd>{Html.Escape(fact.Value)}</dd></div>\n"));
        return list.Length == 0 ? "" : $"<dl class=\"facts\">\n{list}</dl>\n";
    }
}
