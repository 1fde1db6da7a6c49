using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// What the colours of heat maps mean: viridis from 0 to 1 beside the name of the quantity. One bar serves all heat
/// maps of a figure that show the same quantity.
/// </summary>
internal static class ColourBar
{
    /// <summary>What a bar takes up, the room above it included.</summary>
    public const float Height = 44f;

    private const float BarWidth = 220f;
    private const float BarHeight = 11f;
    private const int Steps = 55;

    private static readonly string[] Numbers = ["0", "0.25", "0.5", "0.75", "1"];

    /// <summary>Draws the bar and its label side by side, centred on <paramref name="centre"/>.</summary>
    public static void Draw(Ink ink, string label, float centre, float top)
    {
        float labelWidth = label.Length == 0 ? 0f : Ink.Width(label, Ink.LabelSize) + 14f;
        float left = centre - ((labelWidth + BarWidth) / 2f);
        float upper = top + 12f;
        ink.Text(label, left, upper + BarHeight - 1f, Ink.LabelSize, ink.Theme.Ink);

        float bar = left + labelWidth;
        for (int step = 0; step < Steps; step++)
        {
            // Each step runs on under the next: two edges that merely touch let the paper shine through.
            using var cell = new SKPath();
            float right = bar + (Math.Min(step + 2, Steps) * BarWidth / Steps);
            cell.AddRect(new SKRect(bar + (step * BarWidth / Steps), upper, right, upper + BarHeight));
            ink.Fill(cell, HeatMapPanel.Colours.GetColor(step / (Steps - 1.0)).ToHex());
        }

        for (int i = 0; i < Numbers.Length; i++)
        {
            float x = bar + (i * BarWidth / (Numbers.Length - 1));
            using var stroke = new SKPath();
            stroke.MoveTo(x, upper + BarHeight);
            stroke.LineTo(x, upper + BarHeight + 4f);
            ink.Stroke(stroke, ink.Theme.Muted, 1f);
            ink.Text(Numbers[i], x, upper + BarHeight + 16f, Ink.TickSize, ink.Theme.Ink, SKTextAlign.Center);
        }
    }
}
