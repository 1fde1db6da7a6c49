using LatchLab.Figures;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Draws a <see cref="Figure"/>. The same figure in the same theme gives the same bytes of SVG on every machine: the
/// font travels with the program, and nothing in the picture depends on time, chance or what is installed.
/// </summary>
public static class FigureRenderer
{
    /// <summary>How many pixels of a PNG one pixel of the layout becomes, to each side.</summary>
    public const int PngScale = 2;

    // ScottPlot and Skia keep fonts and glyphs for the whole process, in caches that are not made for several threads.
    private static readonly Lock DrawingLock = new();

    /// <summary>An SVG file that stands alone: it carries its font.</summary>
    /// <exception cref="ArgumentException">The figure has no panels.</exception>
    public static string RenderSvg(Figure figure, Theme theme) => CreateSvgDocument(figure, theme).ToStandaloneFile();

    /// <summary>
    /// An <c>svg</c> element for a page that declares the font itself. Its ids begin with the figure's id and the name
    /// of the theme, so that several can stand in one page.
    /// </summary>
    /// <exception cref="ArgumentException">The figure has no panels.</exception>
    public static string RenderInlineSvg(Figure figure, Theme theme)
        => CreateSvgDocument(figure, theme).ToInlineElement();

    /// <summary>The bytes of a PNG file at twice the size of the SVG.</summary>
    /// <exception cref="ArgumentException">The figure has no panels.</exception>
    public static byte[] RenderPng(Figure figure, Theme theme)
    {
        using Lock.Scope scope = DrawingLock.EnterScope();
        var drawing = FigureDrawing.Create(figure);
        int width = (int)(PngScale * drawing.Width);
        int height = (int)(PngScale * drawing.Height);
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var surface = SKSurface.Create(info);
        surface.Canvas.Scale(PngScale);
        drawing.Draw(surface.Canvas, theme);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The width of the drawing in pixels at which its text has the size that it was set in.</summary>
    /// <exception cref="ArgumentException">The figure has no panels.</exception>
    public static int MeasureWidth(Figure figure)
    {
        using Lock.Scope scope = DrawingLock.EnterScope();
        return (int)FigureDrawing.Create(figure).Width;
    }

    private static SvgDocument CreateSvgDocument(Figure figure, Theme theme)
    {
        using Lock.Scope scope = DrawingLock.EnterScope();
        var drawing = FigureDrawing.Create(figure);
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(drawing.Width, drawing.Height), stream))
            drawing.Draw(canvas, theme);

        return new SvgDocument(stream.ToArray(), figure, theme);
    }
}
