using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Strokes of one colour and width in a plot, all in one path: interval bars, stems, dashes. ScottPlot's own plottables
/// draw these, too, but convert dashes to outlines and add zero-length caps to bars, which makes an SVG three times as
/// large.
/// </summary>
internal static class Strokes
{
    private const float Dash = 6f;
    private const float DashGap = 4f;
    private const float HatchStep = 6f;

    /// <summary>The width of the lines of a hatched region.</summary>
    public const float HatchWidth = 0.9f;

    /// <summary>
    /// Bars from each element of <paramref name="lower"/> to the same element of <paramref name="upper"/>, moved
    /// sideways by <paramref name="offset"/> px, with end strokes of <paramref name="cap"/> px to both sides. A bar
    /// that reaches the border of the plot has no end stroke there.
    /// </summary>
    public static CanvasPlottable CreateBars(
        Color colour, float width, double[] xs, double[] lower, double[] upper, float offset = 0f, float cap = 0f)
        => CreatePath(colour, width, axes =>
        {
            var path = new SKPath();
            for (int i = 0; i < xs.Length; i++)
            {
                var low = axes.GetPixel(new Coordinates(xs[i], lower[i]));
                var high = axes.GetPixel(new Coordinates(xs[i], upper[i]));
                AddLine(path, low.X + offset, low.Y, high.X + offset, high.Y);
                if (cap > 0f && lower[i] > axes.YAxis.Range.Min)
                    AddLine(path, low.X + offset - cap, low.Y, low.X + offset + cap, low.Y);
                if (cap > 0f && upper[i] < axes.YAxis.Range.Max)
                    AddLine(path, high.X + offset - cap, high.Y, high.X + offset + cap, high.Y);
            }

            return path;
        });

    /// <summary>Upward arrows that begin <paramref name="gap"/> px above points.</summary>
    public static CanvasPlottable CreateArrows(Color colour, float width, double[] xs, double[] ys, float gap,
        float length)
        => CreatePath(colour, width, axes =>
        {
            var path = new SKPath();
            foreach (var foot in xs.Zip(ys, (x, y) => axes.GetPixel(new Coordinates(x, y))))
                AddArrow(path, foot.X, foot.Y - gap, length);
            return path;
        });

    public static CanvasPlottable CreateDashedLine(Color colour, float width, double[] xs, double[] ys,
        float dash = Dash)
        => CreatePath(colour, width, axes =>
        {
            using var line = new SKPath();
            line.AddPoly([.. xs.Zip(ys, (x, y) => axes.GetPixel(new Coordinates(x, y)).ToSKPoint())], close: false);
            return CreateDashPath(line, dash);
        });

    /// <summary>Polylines with round corners; one whose last point equals its first is closed.</summary>
    public static CanvasPlottable CreatePolylines(Color colour, float width, IReadOnlyList<Coordinates[]> lines)
        => CreatePath(colour, width, axes =>
        {
            var path = new SKPath();
            foreach (var line in lines)
            {
                bool isClosed = line.Length > 2 && line[0] == line[^1];
                path.AddPoly([.. line.SkipLast(isClosed ? 1 : 0).Select(at => axes.GetPixel(at).ToSKPoint())],
                    isClosed);
            }

            return path;
        }, SKStrokeJoin.Round);

    /// <summary>
    /// The outlines of ellipses that fill boxes. Each is drawn separately, so that the SVG has one element per ellipse;
    /// in a single path they would become many short curves.
    /// </summary>
    public static CanvasPlottable CreateEllipses(Color colour, float width, IReadOnlyList<CoordinateRect> boxes)
        => new((canvas, axes) =>
        {
            using var paint = FigureCanvas.CreateStroke(colour.ToSKColor(), width);
            foreach (var box in boxes)
                canvas.DrawOval(axes.GetPixelRect(box).ToSKRect(), paint);
        });

    /// <summary>Diagonal lines that fill an area of the canvas.</summary>
    public static CanvasPlottable CreateHatching(Color colour, PixelRect area)
        => CreatePath(colour, HatchWidth, _ => CreateHatchPath(area.ToSKRect()));

    /// <summary>Lines that rise to the right, each from border to border of the area.</summary>
    public static SKPath CreateHatchPath(SKRect area)
    {
        var path = new SKPath();
        for (float start = HatchStep / 2f; start < area.Width + area.Height; start += HatchStep)
        {
            float below = Math.Max(0f, start - area.Width), beyond = Math.Max(0f, start - area.Height);
            AddLine(path, area.Left + beyond, area.Top + start - beyond, area.Left + start - below, area.Top + below);
        }

        return path;
    }

    public static SKPath CreateDashPath(SKPath line, float dash = Dash)
    {
        float step = dash + Math.Min(dash + 1f, DashGap);
        var dashes = new SKPath();
        using var measure = new SKPathMeasure(line);
        for (float start = 0f; start < measure.Length; start += step)
            measure.GetSegment(start, Math.Min(start + dash, measure.Length), dashes, startWithMoveTo: true);
        return dashes;
    }

    /// <summary>Adds an upward arrow to a path.</summary>
    public static void AddArrow(SKPath path, float x, float y, float length)
    {
        float head = Math.Min(2.5f, 0.4f * length);
        AddLine(path, x, y, x, y - length);
        path.MoveTo(x - head, y - length + head + 0.5f);
        path.LineTo(x, y - length);
        path.LineTo(x + head, y - length + head + 0.5f);
    }

    private static CanvasPlottable CreatePath(
        Color colour, float width, Func<IAxes, SKPath> shape, SKStrokeJoin join = SKStrokeJoin.Miter)
        => new((canvas, axes) =>
        {
            using var path = shape(axes);
            using var paint = FigureCanvas.CreateStroke(colour.ToSKColor(), width);
            paint.StrokeJoin = join;
            canvas.DrawPath(path, paint);
        });

    private static void AddLine(SKPath path, float fromX, float fromY, float toX, float toY)
    {
        path.MoveTo(fromX, fromY);
        path.LineTo(toX, toY);
    }
}
