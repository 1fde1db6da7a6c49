using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The outlines of circles or ellipses that fill boxes. Each is drawn separately, so that the SVG has one element per
/// ellipse; circles in a single path, as in <see cref="StrokePlottable"/>, would become many short curves.
/// </summary>
internal sealed class EllipsePlottable(Color colour, float width, IReadOnlyList<CoordinateRect> boxes) : IPlottable
{
    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc/>
    public IAxes Axes { get; set; } = new Axes();

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => [];

    /// <inheritdoc/>
    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        using var paint = new SKPaint
        {
            Color = colour.ToSKColor(),
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = width,
        };
        foreach (var box in boxes)
            rp.Canvas.DrawOval(Axes.GetPixelRect(box).ToSKRect(), paint);
    }
}
