using LatchLab.Figures;
using LatchLab.Reporting.Drawing;

namespace LatchLab.Reporting.Page;

/// <summary>
/// A figure with its heading, the sentence of the paper that it is about, what to look at, its claims, its caption and
/// links to its files. The picture is as wide as the page allows, and leads to a file in full size.
/// </summary>
internal static class FigureSection
{
    /// <summary>Renders the section; its anchor is the figure's id.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="claims">The claims that it tests; may be empty.</param>
    public static string Render(Figure figure, IReadOnlyList<NumberedClaim> claims)
    {
        string remark = figure.Remark.Length == 0 ? "" : $"<p class=\"remark\">{Html.EscapeProse(figure.Remark)}</p>\n";
        string caption = figure.Caption.Length == 0 ? "" : $"<span>{Html.EscapeProse(figure.Caption)}</span>\n";
        return $"""
            <section id="{Html.Escape(figure.Id)}">
            <h2>{Html.Escape(figure.Title)}</h2>
            {RenderGuide(figure.Guide)}{RenderClaims(claims)}<figure>
            <div class="picture" style="--width:{FigureRenderer.Measure(figure).Width}px">
            {RenderPicture(figure, Theme.Light)}
            {RenderPicture(figure, Theme.Dark)}
            </div>
            <figcaption>
            {caption}<span class="files">
            {RenderFileLinks(figure, Theme.Light)}
            {RenderFileLinks(figure, Theme.Dark)}
            <a href="{ReportPaths.GetCsvPath(figure)}">CSV</a>
            </span>
            </figcaption>
            {remark}</figure>
            </section>

            """;
    }

    private static string RenderFileLinks(Figure figure, Theme theme)
        => $"<a class=\"in-{theme.Name}\" href=\"{ReportPaths.GetPngPath(figure, theme)}\">PNG</a> " +
            $"<a class=\"in-{theme.Name}\" href=\"{ReportPaths.GetSvgPath(figure, theme)}\">SVG</a>";

    private static string RenderPicture(Figure figure, Theme theme)
        => $"<a class=\"in-{theme.Name}\" href=\"{ReportPaths.GetSvgPath(figure, theme)}\" " +
            $"aria-label=\"{Html.Escape(figure.Title)}, full size\">" +
            $"{FigureRenderer.RenderInlineSvg(figure, theme)}</a>";

    /// <summary>
    /// Renders a figure of the page a second time, without its text: it refers to the drawing of its section, and leads
    /// there.
    /// </summary>
    public static string RenderPreview(Figure figure)
    {
        (int width, int height) = FigureRenderer.Measure(figure);
        string drawings = string.Join("\n", Theme.All.Select(
            theme => $"<svg class=\"in-{theme.Name}\" viewBox=\"0 0 {width} {height}\">" +
                $"<use href=\"#{FigureRenderer.GetInlineId(figure, theme)}\"/></svg>"));
        return $"""
            <a class="preview picture" href="#{Html.Escape(figure.Id)}" aria-label="{Html.Escape(figure.Title)}">
            {drawings}
            <span>{Html.Escape(figure.Title)}</span></a>

            """;
    }

    private static string RenderGuide(FigureGuide? guide)
    {
        if (guide is null)
            return "";
        string quote = guide.Quote.Length == 0 ? ""
            : $"<blockquote>“{Html.Escape(guide.Quote)}” <cite>{Html.Escape(guide.Source)}</cite></blockquote>\n";
        return $"{quote}<p><b>What to look at.</b> {Html.Escape(guide.LookAt)}</p>\n";
    }

    private static string RenderClaims(IReadOnlyList<NumberedClaim> claims)
        => claims.Count == 0 ? ""
            : "<p class=\"legend\">" + string.Join(" ", claims.Select(claim =>
                $"{ClaimsSection.RenderMark(claim.Verdict, claim.Statement)}" +
                $"<a href=\"#{ClaimsSection.GetAnchor(claim.Number)}\">Claim {claim.Number}</a> " +
                $"{Html.Escape(claim.Decisive.FormatVerdict())}")) + "</p>\n";
}
