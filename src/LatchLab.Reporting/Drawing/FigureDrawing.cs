using LatchLab.Experiments.Results;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>A figure laid out: its panels with their titles and labels, then what is common to all of them.</summary>
internal sealed class FigureDrawing
{
    private readonly FigureLayout _layout;
    private readonly Legend _legend;
    private readonly IReadOnlyList<string> _bars;

    private FigureDrawing(Figure figure)
    {
        _layout = FigureLayout.Of(figure);
        var entries = figure.Panels.SelectMany(LegendEntry.Of);
        _legend = new Legend(_layout.OwnLegends ? [] : entries, _layout.Width - 40f);
        _bars = [.. figure.Panels.OfType<HeatMap>().Select(map => map.ValueLabel).Distinct()];
        Height = MathF.Ceiling(_layout.Height + _legend.Height + (_bars.Count * ColourBar.Height));
    }

    /// <summary>In figure pixels.</summary>
    public float Width => _layout.Width;

    /// <summary>In figure pixels, whole.</summary>
    public float Height { get; }

    /// <summary>Lays out a figure.</summary>
    public static FigureDrawing Of(Figure figure)
        => figure.Panels.Count > 0
            ? new FigureDrawing(figure)
            : throw new ArgumentException($"{figure.Id} has no panels.", nameof(figure));

    /// <summary>Draws it all.</summary>
    public void Draw(SKCanvas canvas, Theme theme)
    {
        var ink = new Ink(canvas, theme);
        using var paper = new SKPath();
        paper.AddRect(SKRect.Create(Width, Height));
        ink.Fill(paper, theme.Paper);

        foreach (var place in _layout.Places)
            DrawPanel(ink, place);

        float bottom = _layout.PanelsBottom + DrawCommonLabels(ink);
        _legend.Draw(ink, Width / 2f, bottom);
        bottom += _legend.Height;
        for (int i = 0; i < _bars.Count; i++)
            ColourBar.Draw(ink, _bars[i], Width / 2f, bottom + (i * ColourBar.Height));
    }

    private void DrawPanel(Ink ink, PanelPlace place)
    {
        var title = FigureLayout.TitleLines(place);
        float baseline = place.Data.Top - 8f - ((title.Count - 1) * Ink.LineHeight);
        ink.Lines(title, place.Data.Left, baseline, Ink.TitleSize, ink.Theme.Ink, SKTextAlign.Left);

        switch (place.Panel)
        {
            case Chart chart:
                ChartPanel.Draw(chart, place, ink);
                break;
            case HeatMap map:
                HeatMapPanel.Draw(map, place, ink);
                break;
            case RegionMap map:
                RegionMapPanel.Draw(map, place, ink);
                break;
            case Diagram diagram:
                DiagramPanel.Draw(diagram, place, ink);
                break;
        }

        if (place.Axes is { } axes)
            DrawOwnLabels(ink, place, axes);
    }

    private void DrawOwnLabels(Ink ink, PanelPlace place, (Axis X, Axis Y) axes)
    {
        var data = place.Data;
        float bottom = data.Bottom;
        if (place.ShowsX)
        {
            var lines = _layout.CommonX is null ? FigureLayout.XLabelLines(place) : [];
            ink.Lines(
                lines, data.HorizontalCenter, bottom + 36f, Ink.LabelSize, ink.Theme.Ink, SKTextAlign.Center);
            bottom += 22f + (lines.Count * Ink.LineHeight) + (lines.Count > 0 ? 3f : 0f);
        }

        if (place.ShowsY && _layout.CommonY is null)
        {
            float x = data.Left - FigureLayout.NumberWidth(place) - 8f;
            ink.Text(
                axes.Y.Label, x, data.VerticalCenter, Ink.LabelSize, ink.Theme.Ink, SKTextAlign.Center, turn: -90f);
        }

        if (_layout.OwnLegends)
            FigureLayout.OwnLegend(place).Draw(ink, data.HorizontalCenter, bottom);
    }

    private float DrawCommonLabels(Ink ink)
    {
        float left = _layout.Places.Min(place => place.Data.Left);
        float right = _layout.Places.Max(place => place.Data.Right);
        float top = _layout.Places.Min(place => place.Data.Top);
        float bottom = _layout.Places.Max(place => place.Data.Bottom);
        if (_layout.CommonY is { } y)
            ink.Text(y, 24f, (top + bottom) / 2f, Ink.LabelSize, ink.Theme.Ink, SKTextAlign.Center, turn: -90f);
        if (_layout.CommonX is not { } x)
            return 0f;
        float baseline = _layout.PanelsBottom + 14f;
        ink.Text(x, (left + right) / 2f, baseline, Ink.LabelSize, ink.Theme.Ink, SKTextAlign.Center);
        return 20f;
    }
}
