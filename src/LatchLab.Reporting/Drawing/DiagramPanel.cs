using LatchLab.Figures;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Draws a diagram: nodes as circles (or capsules, for long labels), connections as arrows, equations below. It has no
/// axes; a grid square is as large as the panel allows, up to a size that suits the text.
/// </summary>
internal static class DiagramPanel
{
    private const float MaxSquareSize = 92f;
    private const float EquationHeight = 22f;
    private const float EquationSize = 13.5f;
    private const float Border = 10f;
    private const float ArrowLength = 9f;

    /// <summary>The width of the diagram at full grid size, or of its equations or title if they are wider.</summary>
    public static float MeasureWidth(Diagram diagram)
    {
        float drawing = (DiagramGeometry.MeasureBounds(diagram).Width * MaxSquareSize) + (2f * Border);
        float equations =
            diagram.Equations.Select(line => FigureCanvas.MeasureWidth(line, EquationSize)).DefaultIfEmpty().Max();
        float title = FigureCanvas.MeasureWidth(diagram.Title, FigureCanvas.TitleSize);
        return MathF.Ceiling(Math.Clamp(Math.Max(drawing, Math.Max(equations, title)), 320f, 696f));
    }

    public static float MeasureHeight(Diagram diagram, float width)
        => MeasureDrawingHeight(diagram, width) + MeasureEquationsHeight(diagram);

    public static void Draw(Diagram diagram, PanelLayout panelLayout, FigureCanvas palette)
    {
        float squareSize = Unit(diagram, panelLayout.DataArea.Width);
        var bounds = DiagramGeometry.MeasureBounds(diagram);
        float drawn = MeasureDrawingHeight(diagram, panelLayout.DataArea.Width);
        var origin = new SKPoint(
            panelLayout.DataArea.HorizontalCenter - (bounds.MidX * squareSize),
            panelLayout.DataArea.Top + (drawn / 2f) + (bounds.MidY * squareSize));
        var geometry = new DiagramGeometry(diagram, origin, squareSize);

        foreach (var arrow in diagram.Arrows)
            DrawArrow(geometry, arrow, palette);
        for (int i = 0; i < diagram.Nodes.Count; i++)
            DrawNode(diagram.Nodes[i], geometry.GetCentre(i), geometry.GetHalfSize(i), palette);
        foreach (var (i, equation) in diagram.Equations.Index())
        {
            float baseline = panelLayout.DataArea.Top + drawn + 10f + ((i + 0.75f) * EquationHeight);
            palette.DrawText(
                equation, panelLayout.DataArea.HorizontalCenter, baseline, EquationSize, SKTextAlign.Center);
        }
    }

    private static float MeasureEquationsHeight(Diagram diagram)
        => diagram.Equations.Count == 0 ? 0f : 10f + (diagram.Equations.Count * EquationHeight);

    private static float MeasureDrawingHeight(Diagram diagram, float width)
        => (DiagramGeometry.MeasureBounds(diagram).Height * Unit(diagram, width)) + (2f * Border);

    private static float Unit(Diagram diagram, float width)
        => Math.Min(MaxSquareSize, (width - (2f * Border)) / DiagramGeometry.MeasureBounds(diagram).Width);

    private static void DrawNode(Node node, SKPoint centre, SKSize half, FigureCanvas palette)
    {
        if (node.IsOutlined)
        {
            using var outline = new SKPath();
            var box = SKRect.Create(centre.X - half.Width, centre.Y - half.Height, 2f * half.Width, 2f * half.Height);
            outline.AddRoundRect(box, half.Height, half.Height);
            palette.StrokePath(outline, palette.Theme.Text, 1.4f);
        }
        else if (node.Label.Length == 0)
        {
            using var point = new SKPath();
            point.AddCircle(centre.X, centre.Y, 2.5f);
            palette.FillPath(point, palette.Theme.Text);
        }

        palette.DrawText(node.Label, centre.X, centre.Y + 5f, DiagramGeometry.LabelSize, SKTextAlign.Center);
    }

    private static void DrawArrow(DiagramGeometry geometry, Arrow arrow, FigureCanvas palette)
    {
        var curve = geometry.GetPolyline(arrow);
        var (first, last) = geometry.FindVisibleRange(curve, arrow, ArrowLength);
        var tip = geometry.FindVisibleRange(curve, arrow, 0f).Last;

        using var line = new SKPath();
        line.MoveTo(curve[first]);
        for (int i = first + 1; i <= last; i++)
            line.LineTo(curve[i]);
        palette.StrokePath(line, palette.Theme.Text, 1.4f);

        var end = curve[tip];
        var direction = Unit(end - curve[last]);
        var normal = new SKPoint(-direction.Y, direction.X);
        using var head = new SKPath();
        head.MoveTo(end);
        head.LineTo(Offset(end, direction, normal, -ArrowLength, 3.6f));
        head.LineTo(Offset(end, direction, normal, -ArrowLength, -3.6f));
        head.Close();
        palette.FillPath(head, palette.Theme.Text);

        if (arrow.Label.Length == 0)
            return;
        var (anchor, align) = geometry.GetLabelPosition(curve[(first + last) / 2], arrow);
        palette.DrawText(arrow.Label, anchor.X, anchor.Y, DiagramGeometry.LabelSize, align);
    }

    private static SKPoint Offset(SKPoint from, SKPoint direction, SKPoint normal, float distance,
        float lateralDistance)
        => new(
            from.X + (direction.X * distance) + (normal.X * lateralDistance),
            from.Y + (direction.Y * distance) + (normal.Y * lateralDistance));

    private static SKPoint Unit(SKPoint vector)
        => new(vector.X / Math.Max(vector.Length, 1e-6f), vector.Y / Math.Max(vector.Length, 1e-6f));
}
