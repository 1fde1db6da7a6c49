using LatchLab.Figures;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The geometry of a diagram's nodes and arrows: converts grid squares (y upwards) to figure pixels (y downwards). An
/// arrow is a polyline from centre to centre, of which the part outside both nodes is drawn. A curved arrow is a
/// parabola of the given height; an arrow from a node to itself is a loop above it, or below it for a negative height.
/// </summary>
internal sealed class DiagramGeometry(Diagram diagram, SKPoint origin, float squareSize)
{
    /// <summary>The size of the text in and beside the nodes.</summary>
    public const float LabelSize = 14f;

    private const float Radius = 0.34f;
    private const float LoopHeight = 0.95f;
    private const int Segments = 160;

    /// <summary>The bounds of the diagram in grid squares, including nodes, arcs and their labels.</summary>
    public static SKRect MeasureBounds(Diagram diagram)
    {
        var bounds = SKRect.Empty;
        var inGrid = new DiagramGeometry(diagram, SKPoint.Empty, 1f);
        foreach (var node in diagram.Nodes)
        {
            float half = Math.Max(Radius + 0.04f, (FigureCanvas.MeasureWidth(node.Label, LabelSize) + 14f) / 2f / 92f);
            var (x, y) = ((float)node.X, (float)node.Y);
            Include(new SKRect(x - half, y - Radius - 0.04f, x + half, y + Radius + 0.04f));
        }

        foreach (var arrow in diagram.Arrows)
        {
            var middle = inGrid.GetPolyline(arrow)[Segments / 2];
            float label = arrow.Label.Length > 0 ? 0.27f : 0.03f;
            float lower = -middle.Y - (arrow.ArcHeight < 0.0 ? label : 0.03f);
            float upper = -middle.Y + (arrow.ArcHeight < 0.0 ? 0.03f : label);
            Include(new SKRect(middle.X - 0.1f, lower, middle.X + 0.1f, upper));
        }

        return bounds;

        void Include(SKRect part) => bounds = bounds.IsEmpty ? part : SKRect.Union(bounds, part);
    }

    public SKPoint GetCentre(int node) => ToPixels(diagram.Nodes[node].X, diagram.Nodes[node].Y);

    /// <summary>
    /// Half the width and height of a node; for a node without outline, those of its text with a margin.
    /// </summary>
    public SKSize GetHalfSize(int node)
    {
        var element = diagram.Nodes[node];
        float text = FigureCanvas.MeasureWidth(element.Label, LabelSize) / 2f;
        return element switch
        {
            { IsOutlined: true } => new SKSize(Math.Max(Radius * squareSize, text + 9f), Radius * squareSize),
            { Label.Length: 0 } => new SKSize(3f, 3f),
            _ => new SKSize(text + 7f, 12f),
        };
    }

    /// <summary>The polyline of an arrow, from centre to centre.</summary>
    public SKPoint[] GetPolyline(Arrow arrow)
    {
        var (from, to) = (diagram.Nodes[arrow.From], diagram.Nodes[arrow.To]);
        return [.. Enumerable.Range(0, Segments + 1).Select(i => (double)i / Segments).Select(t =>
            arrow.From == arrow.To ? EvaluateLoop(from, arrow.ArcHeight, t)
                : EvaluateArc(from, to, arrow.ArcHeight, t))];
    }

    /// <summary>
    /// The indices of the first and the last point of a curve outside the two nodes; the last one is
    /// <paramref name="tipGap"/> px before the second node.
    /// </summary>
    public (int First, int Last) FindVisibleRange(SKPoint[] curve, Arrow arrow, float tipGap)
    {
        int middle = Segments / 2;
        int first = 0;
        while (first < middle && IsInside(curve[first], arrow.From))
            first++;
        int last = Segments;
        while (last > middle && IsInside(curve[last], arrow.To))
            last--;
        var tip = curve[last];
        while (last > first + 1 && SKPoint.Distance(curve[last], tip) < tipGap)
            last--;
        return (first, last);
    }

    /// <summary>The position of an arrow's label: outside an arc, above or to the right of a straight arrow.</summary>
    public (SKPoint Anchor, SKTextAlign Align) GetLabelPosition(SKPoint middle, Arrow arrow)
    {
        var (from, to) = (GetCentre(arrow.From), GetCentre(arrow.To));
        bool isVertical = arrow.From != arrow.To && Math.Abs(to.X - from.X) < 0.5f * Math.Abs(to.Y - from.Y);
        if (isVertical)
            return (new SKPoint(middle.X + 8f, middle.Y + 5f), SKTextAlign.Left);
        float below = arrow.ArcHeight < 0.0 ? 18f : -8f;
        return (new SKPoint(middle.X, middle.Y + below), SKTextAlign.Center);
    }

    private bool IsInside(SKPoint point, int node)
    {
        var centre = GetCentre(node);
        var half = GetHalfSize(node);
        float gap = diagram.Nodes[node].IsOutlined ? 0.7f : 1f;

        // A capsule: the distance from the segment between the centres of its two round ends.
        float straight = half.Width - half.Height;
        float x = Math.Max(0f, Math.Abs(point.X - centre.X) - straight);
        float y = point.Y - centre.Y;
        return MathF.Sqrt((x * x) + (y * y)) < half.Height + gap;
    }

    private SKPoint EvaluateArc(Node from, Node to, double bend, double t)
    {
        double dx = to.X - from.X;
        double dy = to.Y - from.Y;
        double length = Math.Max(Math.Sqrt((dx * dx) + (dy * dy)), 1e-9);
        double upwards = dx < 0.0 ? -1.0 : 1.0;
        double height = upwards * bend * 4.0 * t * (1.0 - t);
        return ToPixels(
            from.X + (t * dx) - (height * dy / length),
            from.Y + (t * dy) + (height * dx / length));
    }

    // A cubic that leaves the centre to the right and returns from the left; its top is at 3/4 of its handles' height.
    private SKPoint EvaluateLoop(Node node, double bend, double t)
    {
        double top = bend == 0.0 ? LoopHeight : bend;
        double handle = top / 0.75;
        double rise = 3.0 * t * (1.0 - t) * handle;
        double horizontalOffset = 3.0 * t * (1.0 - t) * (1.0 - (2.0 * t)) * 0.95;
        return ToPixels(node.X + horizontalOffset, node.Y + rise);
    }

    private SKPoint ToPixels(double x, double y)
        => new(origin.X + ((float)x * squareSize), origin.Y - ((float)y * squareSize));
}
