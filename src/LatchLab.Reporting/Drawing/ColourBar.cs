using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The legend of heat map colours: viridis from 0 to 1 beside the name of the quantity. All heat maps of a figure that
/// show the same quantity share one bar.
/// </summary>
internal static class ColourBar
{
    /// <summary>The height of a bar, including the space above it.</summary>
    public const float Height = 44f;

    private const float BarWidth = 220f;
    private const float BarHeight = 11f;
    private const int SegmentCount = 55;

    private static readonly string[] TickLabels = ["0", "0.25", "0.5", "0.75", "1"];

    /// <summary>Draws the bar and its label side by side, centred on <paramref name="centre"/>.</summary>
    public static void Draw(FigureCanvas palette, string label, float centre, float top)
    {
        float labelWidth = label.Length == 0 ? 0f : FigureCanvas.MeasureWidth(label, FigureCanvas.LabelSize) + 14f;
        float left = centre - ((labelWidth + BarWidth) / 2f);
        float barTop = top + 12f;
        palette.DrawText(label, left, barTop + BarHeight - 1f, FigureCanvas.LabelSize);

        float barLeft = left + labelWidth;
        for (int segment = 0; segment < SegmentCount; segment++)
        {
            // Each segment overlaps the next one: between edges that only touch, the background would show through.
            using var cell = new SKPath();
            float right = barLeft + (Math.Min(segment + 2, SegmentCount) * BarWidth / SegmentCount);
            cell.AddRect(new SKRect(barLeft + (segment * BarWidth / SegmentCount), barTop, right, barTop + BarHeight));
            palette.FillPath(cell, HeatMapPanel.Colormap.GetColor(segment / (SegmentCount - 1.0)).ToHex());
        }

        for (int i = 0; i < TickLabels.Length; i++)
        {
            float x = barLeft + (i * BarWidth / (TickLabels.Length - 1));
            using var stroke = new SKPath();
            stroke.MoveTo(x, barTop + BarHeight);
            stroke.LineTo(x, barTop + BarHeight + 4f);
            palette.StrokePath(stroke, palette.Theme.Muted, 1f);
            palette.DrawText(TickLabels[i], x, barTop + BarHeight + 16f, FigureCanvas.TickSize, SKTextAlign.Center);
        }
    }
}
