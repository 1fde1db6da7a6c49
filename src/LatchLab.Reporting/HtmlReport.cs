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
    /// <summary>Renders the whole page, as <see cref="ReportFolder"/> writes it.</summary>
    /// <exception cref="ArgumentException">
    /// A figure has no panels, an id is invalid, or two parts have the same id.
    /// </exception>
    public static string Render(Report report)
    {
        ValidateIds(report);
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
            <main>
            <header>
            <h1>{Html.Escape(report.Title)}</h1>
            {RenderFacts(report)}</header>

            """);
        foreach (var section in report.Sections)
            page.Append(TextSection.Render(section));
        if (report.Claims.Count > 0)
            page.Append(ClaimsSection.Render(report.Claims));
        foreach (var figure in report.Figures)
            page.Append(FigureSection.Render(figure));
        if (report.Settings.Count > 0)
            page.Append(SettingsSection.Render(report.Settings));
        page.Append("""
            </main>
            <footer>
            <p>Created by LatchLab, which reproduces the paper:
            Y. Bengio, P. Simard and P. Frasconi, “Learning Long-Term Dependencies with Gradient Descent is Difficult”,
            <cite>IEEE Transactions on Neural Networks</cite>, vol. 5, no. 2, pp. 157–166, March 1994,
            doi: 10.1109/72.279181.</p>
            </footer>
            </body>
            </html>

            """);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void ValidateIds(Report report)
    {
        IEnumerable<string> ids =
        [
            "claims", "settings", .. report.Sections.Select(section => section.Id),
            .. report.Figures.Select(figure => figure.Id),
        ];
        if (ids.GroupBy(id => id).FirstOrDefault(same => same.Count() > 1) is { } duplicate)
            throw new ArgumentException($"Two parts of the report have the id '{duplicate.Key}'.", nameof(report));
    }

    private static string RenderFacts(Report report)
    {
        if (report.Metadata.Count == 0)
            return "";
        var list = new StringBuilder("<dl class=\"facts\">\n");
        foreach (var (name, value) in report.Metadata)
            list.Append($"<div><dt>{Html.Escape(name)}</dt><dd>{Html.Escape(value)}</dd></div>\n");
        return list.Append("</dl>\n").ToString();
    }
}
