using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// A marker that is drawn as a path: a polygon, filled and outlined, or strokes. ScottPlot has such markers, but it
/// does not keep their paths alive while Skia draws them: a garbage collection at that moment frees the path and
/// crashes the process.
/// </summary>
internal sealed class PathMarker : IMarker
{
    private static readonly float Root3 = MathF.Sqrt(3f);

    private readonly SKPoint[][] _lines;    // in units of the size, around the centre
    private readonly bool _isPolygon;

    private PathMarker(bool isPolygon, params SKPoint[][] lines) => (_isPolygon, _lines) = (isPolygon, lines);

    /// <summary>An equilateral triangle; the size is the length of its sides.</summary>
    public static PathMarker TriangleUp { get; } = Triangle(direction: 1f);

    /// <summary>The same, pointing downwards.</summary>
    public static PathMarker TriangleDown { get; } = Triangle(direction: -1f);

    /// <summary>A square on its corner; the size is its width.</summary>
    public static PathMarker Diamond { get; } = new(
        true, [[new(0.5f, 0f), new(0f, 0.5f), new(-0.5f, 0f), new(0f, -0.5f)]]);

    /// <summary>Two crossed strokes; the size is their width.</summary>
    public static PathMarker Cross { get; } = new(
        false, [new(0.5f, 0.5f), new(-0.5f, -0.5f)], [new(-0.5f, 0.5f), new(0.5f, -0.5f)]);

    public void Render(SKCanvas canvas, Paint paint, Pixel center, float size, MarkerStyle markerStyle)
    {
        using var path = new SKPath();
        foreach (SKPoint[] line in _lines)
        {
            path.AddPoly(
                [.. line.Select(p => new SKPoint(center.X + (size * p.X), center.Y + (size * p.Y)))], _isPolygon);
        }

        if (!_isPolygon)
        {
            ScottPlot.Drawing.DrawPath(canvas, paint, path, markerStyle.LineStyle);
            return;
        }

        ScottPlot.Drawing.FillPath(canvas, paint, path, markerStyle.FillStyle, new PixelRect(center, size / 2f));
        ScottPlot.Drawing.DrawPath(canvas, paint, path, markerStyle.OutlineStyle);
    }

    private static PathMarker Triangle(float direction)
        => new(true, [[
            new(0f, -direction / Root3), new(0.5f, direction * 0.5f / Root3), new(-0.5f, direction * 0.5f / Root3),
        ]]);
}
