using LatchLab.Figures;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// A figure with its layout: draws the panels with titles and labels, then the shared labels, legend and colour bars.
/// </summary>
internal sealed class FigureDrawing
{
    private readonly FigureLayout _layout;
    private readonly Legend _legend;
    private readonly IReadOnlyList<ColourBar> _colourBars;

    /// <summary>Lays out a figure.</summary>
    /// <exception cref="ArgumentException">The figure has no panels.</exception>
    public FigureDrawing(Figure figure)
    {
        if (figure.Panels.Count == 0)
            throw new ArgumentException($"{figure.Id} has no panels.", nameof(figure));
        _layout = new FigureLayout(figure);
        // All frames of an animation have the legend of all of them, and so the same size. Regions that first appear in
        // a later frame are in the order of their colours.
        var entries = figure.Frames?.SelectMany(panels => panels).SelectMany(LegendEntry.Create)
            .OrderBy(entry => entry.Cells is { } cells ? (uint)cells.Colour : uint.MaxValue)
            .ThenBy(entry => entry.Cells?.Core) ?? figure.Panels.SelectMany(LegendEntry.Create);
        _legend = new Legend(_layout.HasPanelLegends ? [] : entries, _layout.Width - 40f);
        _colourBars = [.. figure.Panels.OfType<HeatMap>().Select(ColourBar.Create).Distinct()];
        Height = MathF.Ceiling(_layout.Height + _legend.Height + (_colourBars.Count * ColourBar.Height));
    }

    /// <summary>The width in figure pixels.</summary>
    public float Width => _layout.Width;

    /// <summary>The height in figure pixels, a whole number.</summary>
    public float Height { get; }

    public void Draw(SKCanvas canvas, Theme theme)
    {
        var palette = new FigureCanvas(canvas, theme);
        using var background = new SKPath();
        background.AddRect(SKRect.Create(Width, Height));
        palette.FillPath(background, theme.Background);

        foreach (var panelLayout in _layout.Panels)
            DrawPanel(palette, panelLayout);

        float bottom = _layout.PanelsBottom + DrawSharedLabels(palette);
        _legend.Draw(palette, Width / 2f, bottom);
        bottom += _legend.Height;
        for (int i = 0; i < _colourBars.Count; i++)
            _colourBars[i].Draw(palette, Width / 2f, bottom + (i * ColourBar.Height));
    }

    private void DrawPanel(FigureCanvas palette, PanelLayout panelLayout)
    {
        var title = FigureLayout.WrapTitle(panelLayout);
        float baseline = panelLayout.DataArea.Top - 8f - ((title.Count - 1) * FigureCanvas.LineHeight);
        palette.DrawTextLines(title, panelLayout.DataArea.Left, baseline, FigureCanvas.TitleSize, SKTextAlign.Left);

        switch (panelLayout.Panel)
        {
            case Chart chart:
                ChartPanel.Draw(chart, panelLayout, palette);
                break;
            case HeatMap map:
                HeatMapPanel.Draw(map, panelLayout, palette);
                break;
            case RegionMap map:
                RegionMapPanel.Draw(map, panelLayout, palette);
                break;
            case Diagram diagram:
                DiagramPanel.Draw(diagram, panelLayout, palette);
                break;
        }

        if (panelLayout.Axes is { } axes)
            DrawPanelLabels(palette, panelLayout, axes);
    }

    private void DrawPanelLabels(FigureCanvas palette, PanelLayout panelLayout, (Axis X, Axis Y) axes)
    {
        var data = panelLayout.DataArea;
        float bottom = data.Bottom;
        if (panelLayout.HasXTickLabels)
        {
            var lines = _layout.SharedXLabel is null ? FigureLayout.WrapXLabel(panelLayout) : [];
            palette.DrawTextLines(
                lines, data.HorizontalCenter, bottom + 36f, FigureCanvas.LabelSize, SKTextAlign.Center);
            bottom += 22f + (lines.Count * FigureCanvas.LineHeight) + (lines.Count > 0 ? 3f : 0f);
        }

        if (panelLayout.HasYTickLabels && _layout.SharedYLabel is null)
        {
            float x = data.Left - FigureLayout.MeasureTickLabelWidth(panelLayout) - 8f;
            palette.DrawText(
                axes.Y.Label, x, data.VerticalCenter, FigureCanvas.LabelSize, SKTextAlign.Center, rotation: -90f);
        }

        if (_layout.HasPanelLegends)
            FigureLayout.CreatePanelLegend(panelLayout).Draw(palette, data.HorizontalCenter, bottom);
    }

    private float DrawSharedLabels(FigureCanvas palette)
    {
        float left = _layout.Panels.Min(panelLayout => panelLayout.DataArea.Left);
        float right = _layout.Panels.Max(panelLayout => panelLayout.DataArea.Right);
        float top = _layout.Panels.Min(panelLayout => panelLayout.DataArea.Top);
        float bottom = _layout.Panels.Max(panelLayout => panelLayout.DataArea.Bottom);
        if (_layout.SharedYLabel is { } y)
            palette.DrawText(y, 24f, (top + bottom) / 2f, FigureCanvas.LabelSize, SKTextAlign.Center, rotation: -90f);
        if (_layout.SharedXLabel is not { } x)
            return 0f;
        float baseline = _layout.PanelsBottom + 14f;
        palette.DrawText(x, (left + right) / 2f, baseline, FigureCanvas.LabelSize, SKTextAlign.Center);
        return 20f;
    }
}
