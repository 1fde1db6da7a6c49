using LatchLab.Figures;
using LatchLab.Reporting.Drawing;

namespace LatchLab.Reporting.Page;

/// <summary>A figure with its heading, its remark, its caption and links to its files.</summary>
internal static class FigureSection
{
    /// <summary>Renders the section; its anchor is the figure's id.</summary>
    public static string Render(Figure figure)
    {
        string remark = figure.Remark.Length == 0 ? "" : $"<p class=\"remark\">{Html.Escape(figure.Remark)}</p>\n";
        string caption = figure.Caption.Length == 0 ? "" : $"<span>{Html.Escape(figure.Caption)}</span>\n";
        return $"""
            <section id="{Html.Escape(figure.Id)}">
            <figure>
            <h2>{Html.Escape(figure.Title)}</h2>
            <div class="scroll picture" role="region" aria-label="{Html.Escape(figure.Title)}" tabindex="0"
            style="--width:{FigureRenderer.MeasureWidth(figure)}">
            <div class="in-light">{FigureRenderer.RenderInlineSvg(figure, Theme.Light)}</div>
            <div class="in-dark">{FigureRenderer.RenderInlineSvg(figure, Theme.Dark)}</div>
            </div>
            <figcaption>
            {caption}<span class="files">
            <a href="{ReportPaths.GetPngPath(figure, Theme.Light)}">PNG</a>
            <a href="{ReportPaths.GetSvgPath(figure, Theme.Light)}">SVG</a>
            <a href="{ReportPaths.GetCsvPath(figure)}">CSV</a>
            </span>
            </figcaption>
            {remark}</figure>
            </section>

            """;
    }
}
