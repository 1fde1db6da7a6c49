using LatchLab.Figures;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Renders a <see cref="Figure"/>. The same figure in the same theme gives the same bytes of SVG on every machine: the
/// font is embedded in the assembly, and the output does not depend on time, random numbers or installed software.
/// </summary>
public static class FigureRenderer
{
    /// <summary>PNG pixels per layout pixel, in each direction.</summary>
    public const int PngScale = 2;

    // ScottPlot and Skia cache fonts and glyphs for the whole process, and these caches are not thread-safe.
    private static readonly Lock DrawingLock = new();

    /// <summary>Renders a standalone SVG file with an embedded font.</summary>
    /// <exception cref="ArgumentException">The figure has no panels.</exception>
    public static string RenderSvg(Figure figure, Theme theme) => CreateSvgDocument(figure, theme).ToStandaloneFile();

    /// <summary>
    /// Renders an <c>svg</c> element for a page that declares the font itself. Its ids begin with the figure's id and
    /// the name of the theme, so that a page can contain several.
    /// </summary>
    /// <exception cref="ArgumentException">The figure has no panels.</exception>
    public static string RenderInlineSvg(Figure figure, Theme theme)
        => CreateSvgDocument(figure, theme).ToInlineElement();

    /// <summary>Renders a PNG file at twice the size of the SVG.</summary>
    /// <exception cref="ArgumentException">The figure has no panels.</exception>
    public static byte[] RenderPng(Figure figure, Theme theme)
    {
        using Lock.Scope scope = DrawingLock.EnterScope();
        var drawing = new FigureDrawing(figure);
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

    /// <summary>The size of the drawing in pixels at its nominal text size.</summary>
    /// <exception cref="ArgumentException">The figure has no panels.</exception>
    public static (int Width, int Height) Measure(Figure figure)
    {
        using Lock.Scope scope = DrawingLock.EnterScope();
        var drawing = new FigureDrawing(figure);
        return ((int)drawing.Width, (int)drawing.Height);
    }

    /// <summary>The id of the element of <see cref="RenderInlineSvg"/>, with which a page can show it again.</summary>
    public static string GetInlineId(Figure figure, Theme theme) => $"{figure.Id}-{theme.Name}-drawing";

    private static SvgDocument CreateSvgDocument(Figure figure, Theme theme)
    {
        if (figure.Frames is not { Count: > 1 } frames)
            return DrawSvg(figure, theme);
        SvgDocument[] drawings =
            [.. frames.Select((panels, i) => DrawSvg(figure with { Panels = panels }, theme, $"frame-{i + 1}-"))];
        drawings[0].Animate(drawings);
        return drawings[0];
    }

    private static SvgDocument DrawSvg(Figure figure, Theme theme, string idPrefix = "")
    {
        using Lock.Scope scope = DrawingLock.EnterScope();
        var drawing = new FigureDrawing(figure);
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(drawing.Width, drawing.Height), stream))
            drawing.Draw(canvas, theme);

        return new SvgDocument(stream.ToArray(), figure, theme, idPrefix);
    }
}
