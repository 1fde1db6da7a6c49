using LatchLab.Reporting.Fonts;
using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// A canvas with a theme: draws text and lines in figure pixels (1 px is 1/96 inch at the layout width of the figure).
/// ScottPlot draws the plots with axes; this class draws everything around them.
/// </summary>
internal sealed class FigureCanvas(SKCanvas canvas, Theme theme)
{
    public const float TitleSize = 13f;

    /// <summary>The size of axis labels and legends.</summary>
    public const float LabelSize = 12.5f;

    /// <summary>The size of tick labels: 11 px if a figure of 720 px is shown 690 px wide.</summary>
    public const float TickSize = 11.5f;

    /// <summary>The distance between the baselines of labels and titles.</summary>
    public const float LineHeight = 16f;

    public SKCanvas Canvas => canvas;

    public Theme Theme => theme;

    public static float MeasureWidth(string text, float size)
    {
        using var font = CreateFont(size);
        return font.MeasureText(text);
    }

    /// <summary>Breaks a text at spaces into lines of at most the given width; a longer word stays whole.</summary>
    public static IReadOnlyList<string> Wrap(string text, float size, float width)
    {
        var lines = new List<string>();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && MeasureWidth($"{lines[^1]} {word}", size) <= width)
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        }

        return lines;
    }

    /// <summary>Draws a line of text on a baseline, rotated by degrees around its anchor.</summary>
    public void DrawText(
        string text, float x, float baseline, float size, SKTextAlign align = SKTextAlign.Left, float rotation = 0f)
    {
        using var font = CreateFont(size);
        using var paint = new SKPaint { Color = ParseColour(theme.Text), IsAntialias = true };
        canvas.Save();
        canvas.Translate(x, baseline);
        canvas.RotateDegrees(rotation);
        canvas.DrawText(text, 0f, 0f, align, font, paint);
        canvas.Restore();
    }

    /// <summary>Draws lines of text below one another, the first on the given baseline.</summary>
    public void DrawTextLines(IReadOnlyList<string> lines, float x, float baseline, float size, SKTextAlign align)
    {
        for (int i = 0; i < lines.Count; i++)
            DrawText(lines[i], x, baseline + (i * LineHeight), size, align);
    }

    public void StrokePath(SKPath path, string colour, float width)
    {
        using var paint = CreateStroke(ParseColour(colour), width);
        canvas.DrawPath(path, paint);
    }

    public static SKPaint CreateStroke(SKColor colour, float width)
        => new() { Color = colour, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width };

    public void FillPath(SKPath path, string colour)
    {
        using var paint = new SKPaint { Color = ParseColour(colour), IsAntialias = true };
        canvas.DrawPath(path, paint);
    }

    private static SKFont CreateFont(float size)
        => new(FigureFont.Typeface, size)
        {
            Subpixel = true,
            Edging = SKFontEdging.Antialias,
            Hinting = SKFontHinting.None,
        };

    private static SKColor ParseColour(string colour) => Color.FromHex(colour).ToSKColor();
}
