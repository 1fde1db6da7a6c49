using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>What ScottPlot does not draw, or not as needed: a drawing in the data area, without limits or legend.</summary>
internal sealed class CanvasPlottable(Action<SKCanvas, IAxes> draw) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp) => draw(rp.Canvas, Axes);
}
