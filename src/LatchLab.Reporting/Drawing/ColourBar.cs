using LatchLab.Figures;
using LatchLab.Foundation;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The legend of heat map colours: viridis beside the name of the quantity. All heat maps of a figure that show the
/// same quantity on the same scale share one bar.
/// </summary>
/// <param name="Label">The name of the quantity.</param>
/// <param name="Scale">The scale of the colours.</param>
internal sealed record ColourBar(string Label, AxisScale Scale)
{
    /// <summary>The height of a bar, including the space above it.</summary>
    public const float Height = 44f;

    private const float BarWidth = 220f;
    private const float BarHeight = 11f;
    private const int SegmentCount = 55;

    private const int TickCount = 5;

    /// <summary>Creates the bar of a heat map.</summary>
    public static ColourBar Create(HeatMap map) => new(map.ValueLabel, HeatMapPanel.GetColourScale(map));

    /// <summary>Draws the bar and its label side by side, centred on <paramref name="centre"/>.</summary>
    public void Draw(FigureCanvas palette, float centre, float top)
    {
        float labelWidth = Label.Length == 0 ? 0f : FigureCanvas.MeasureWidth(Label, FigureCanvas.LabelSize) + 14f;
        float left = centre - ((labelWidth + BarWidth) / 2f);
        float barTop = top + 12f;
        palette.DrawText(Label, left, barTop + BarHeight - 1f, FigureCanvas.LabelSize);

        float barLeft = left + labelWidth;
        for (int segment = 0; segment < SegmentCount; segment++)
        {
            // Each segment overlaps the next one: between edges that only touch, the background would show through.
            using var cell = new SKPath();
            float right = barLeft + (Math.Min(segment + 2, SegmentCount) * BarWidth / SegmentCount);
            cell.AddRect(new SKRect(barLeft + (segment * BarWidth / SegmentCount), barTop, right, barTop + BarHeight));
            palette.FillPath(cell, HeatMapPanel.Colormap.GetColor(segment / (SegmentCount - 1.0)).ToHex());
        }

        for (int i = 0; i < TickCount; i++)
        {
            float x = barLeft + (i * BarWidth / (TickCount - 1));
            using var stroke = new SKPath();
            stroke.MoveTo(x, barTop + BarHeight);
            stroke.LineTo(x, barTop + BarHeight + 4f);
            palette.StrokePath(stroke, palette.Theme.Muted, 1f);
            string number = FormatTick((double)i / (TickCount - 1));
            palette.DrawText(number, x, barTop + BarHeight + 16f, FigureCanvas.TickSize, SKTextAlign.Center);
        }
    }

    private string FormatTick(double share)
    {
        double position = Scale.Low + (share * (Scale.High - Scale.Low));
        double value = Scale.IsLogarithmic ? Math.Pow(10.0, position) : position;
        return value < 1000.0 ? NumberFormat.Short(value) : NumberFormat.GroupThousands(value);
    }
}
