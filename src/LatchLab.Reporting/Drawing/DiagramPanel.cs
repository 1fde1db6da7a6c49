using LatchLab.Experiments.Results;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// A diagram: elements in circles (a long name stretches its circle to a capsule), connections as arrows, equations
/// below. It has no axes; a grid square is as large as the place allows, up to a size that suits the text.
/// </summary>
internal static class DiagramPanel
{
    private const float LargestUnit = 92f;
    private const float EquationHeight = 22f;
    private const float EquationSize = 13.5f;
    private const float Border = 10f;
    private const float ArrowLength = 9f;

    /// <summary>As wide as the diagram is with its squares in full size, or its equations.</summary>
    public static float NaturalWidth(Diagram diagram)
    {
        float drawing = (DiagramGeometry.Bounds(diagram).Width * LargestUnit) + (2f * Border);
        float equations = diagram.Equations.Select(line => Ink.Width(line, EquationSize)).DefaultIfEmpty().Max();
        float title = Ink.Width(diagram.Title, Ink.TitleSize);
        return MathF.Ceiling(Math.Clamp(Math.Max(drawing, Math.Max(equations, title)), 320f, 696f));
    }

    /// <summary>What the diagram takes up at the given width.</summary>
    public static float Height(Diagram diagram, float width)
        => DrawingHeight(diagram, width) + EquationsHeight(diagram);

    /// <summary>Draws the diagram into its place, the drawing in the middle, the equations below it.</summary>
    public static void Draw(Diagram diagram, PanelPlace place, Ink ink)
    {
        float unit = Unit(diagram, place.Data.Width);
        var bounds = DiagramGeometry.Bounds(diagram);
        float drawn = DrawingHeight(diagram, place.Data.Width);
        var origin = new SKPoint(
            place.Data.HorizontalCenter - (bounds.MidX * unit),
            place.Data.Top + (drawn / 2f) + (bounds.MidY * unit));
        var geometry = new DiagramGeometry(diagram, origin, unit);

        foreach (var arrow in diagram.Arrows)
            DrawArrow(geometry, arrow, ink);
        for (int i = 0; i < diagram.Nodes.Count; i++)
            DrawNode(diagram.Nodes[i], geometry.Centre(i), geometry.HalfSize(i), ink);
        for (int i = 0; i < diagram.Equations.Count; i++)
        {
            float baseline = place.Data.Top + drawn + 10f + ((i + 0.75f) * EquationHeight);
            ink.Text(
                diagram.Equations[i], place.Data.HorizontalCenter, baseline, EquationSize, ink.Theme.Ink,
                SKTextAlign.Center);
        }
    }

    private static float EquationsHeight(Diagram diagram)
        => diagram.Equations.Count == 0 ? 0f : 10f + (diagram.Equations.Count * EquationHeight);

    private static float DrawingHeight(Diagram diagram, float width)
        => (DiagramGeometry.Bounds(diagram).Height * Unit(diagram, width)) + (2f * Border);

    private static float Unit(Diagram diagram, float width)
        => Math.Min(LargestUnit, (width - (2f * Border)) / DiagramGeometry.Bounds(diagram).Width);

    private static void DrawNode(Node node, SKPoint centre, SKSize half, Ink ink)
    {
        if (node.Outlined)
        {
            using var outline = new SKPath();
            var box = SKRect.Create(centre.X - half.Width, centre.Y - half.Height, 2f * half.Width, 2f * half.Height);
            outline.AddRoundRect(box, half.Height, half.Height);
            ink.Stroke(outline, ink.Theme.Ink, 1.4f);
        }
        else if (node.Label.Length == 0)
        {
            using var point = new SKPath();
            point.AddCircle(centre.X, centre.Y, 2.5f);
            ink.Fill(point, ink.Theme.Ink);
        }

        ink.Text(
            node.Label, centre.X, centre.Y + 5f, DiagramGeometry.LabelSize, ink.Theme.Ink, SKTextAlign.Center);
    }

    private static void DrawArrow(DiagramGeometry geometry, Arrow arrow, Ink ink)
    {
        var curve = geometry.Curve(arrow);
        var (first, last) = geometry.Visible(curve, arrow, ArrowLength);
        var tip = geometry.Visible(curve, arrow, 0f).Last;

        using var line = new SKPath();
        line.MoveTo(curve[first]);
        for (int i = first + 1; i <= last; i++)
            line.LineTo(curve[i]);
        ink.Stroke(line, ink.Theme.Ink, 1.4f);

        var end = curve[tip];
        var back = Unit(end - curve[last]);
        var across = new SKPoint(-back.Y, back.X);
        using var head = new SKPath();
        head.MoveTo(end);
        head.LineTo(At(end, back, across, -ArrowLength, 3.6f));
        head.LineTo(At(end, back, across, -ArrowLength, -3.6f));
        head.Close();
        ink.Fill(head, ink.Theme.Ink);

        if (arrow.Label.Length == 0)
            return;
        var (anchor, align) = geometry.LabelPlace(curve[(first + last) / 2], arrow);
        ink.Text(arrow.Label, anchor.X, anchor.Y, DiagramGeometry.LabelSize, ink.Theme.Ink, align);
    }

    private static SKPoint At(SKPoint from, SKPoint along, SKPoint across, float distance, float aside)
        => new(
            from.X + (along.X * distance) + (across.X * aside),
            from.Y + (along.Y * distance) + (across.Y * aside));

    private static SKPoint Unit(SKPoint vector)
        => new(vector.X / Math.Max(vector.Length, 1e-6f), vector.Y / Math.Max(vector.Length, 1e-6f));
}
