using LatchLab.Figures;
using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>Draws the symbol of a legend entry: a piece of the line with its marker, or of the cells.</summary>
internal static class LegendSymbol
{
    public const float Width = 26f;

    /// <summary>
    /// Draws a symbol to the right of <paramref name="x"/>. The style of a bound depends on its curve, which is among
    /// all entries of the legend.
    /// </summary>
    public static void Draw(FigureCanvas palette, LegendEntry entry, IEnumerable<LegendEntry> all, float x,
        float middle)
    {
        if (entry.Series is not { } series)
        {
            DrawRegion(palette, entry.Cells!.Value, SKRect.Create(x + 1f, middle - 6f, Width - 2f, 12f));
            return;
        }

        var others = all.Select(other => other.Series).OfType<Series>();
        (string colour, float width) = ChartPanel.GetLineStyle(series, others, palette.Theme);
        float centre = x + (Width / 2f);
        if (ReferenceEquals(entry, LegendEntry.CensoredArrow))
        {
            using var arrow = new SKPath();
            Strokes.AddArrow(arrow, centre, middle + 5f, CurveDrawing.ArrowLength);
            palette.StrokePath(arrow, colour, 1.3f);
            return;
        }

        if (ReferenceEquals(entry, LegendEntry.UnboundedBar))
        {
            using var bar = new SKPath();
            bar.MoveTo(centre, middle + 7f);
            bar.LineTo(centre, middle - 7f);
            palette.StrokePath(bar, colour, 1.4f);
            return;
        }

        bool isStems = series.Kind is SeriesKind.Stems or SeriesKind.BoldStems;
        bool isBold = series.Kind is SeriesKind.BoldStems;
        using var stroke = CreateLinePath(series, x, centre, middle);
        palette.StrokePath(stroke, colour, isBold ? 3.2f : isStems ? 1.2f : width);
        if (series.Kind is SeriesKind.Bound or SeriesKind.Level or SeriesKind.Path or SeriesKind.Balls
            or SeriesKind.Outlines)
            return;

        using var paint = Paint.NewDisposablePaint();
        var (markerColour, background) = (Color.FromHex(colour), Color.FromHex(palette.Theme.Background));
        var marker = series.Kind is SeriesKind.Dots or SeriesKind.Orbit
            ? PathDrawing.CreateMarkerStyle(series, markerColour, background, hasOutline: false)
            : MarkerStyles.Create(MarkerStyles.GetMark(series), isStems && !isBold ? 4.5f : 6.5f, markerColour,
                background);
        marker.Render(palette.Canvas, new Pixel(centre, isStems ? middle - 5f : middle), paint);
    }

    private static SKPath CreateLinePath(Series series, float x, float centre, float middle)
    {
        bool isStems = series.Kind is SeriesKind.Stems or SeriesKind.BoldStems;
        var line = new SKPath();
        switch (series.Kind)
        {
            case SeriesKind.Dots:
                return line;
            case SeriesKind.Balls:
                line.AddCircle(centre, middle, 5.5f);
                return line;
            case SeriesKind.Outlines:
                line.AddOval(SKRect.Create(centre - 9f, middle - 4f, 18f, 8f));
                return line;
        }

        line.MoveTo(isStems ? centre : x, isStems ? middle - 5f : middle);
        line.LineTo(isStems ? centre : x + Width, isStems ? middle + 7f : middle);
        if (series.Kind is not (SeriesKind.Bound or SeriesKind.Level))
            return line;
        using (line)
        {
            return series.Kind == SeriesKind.Bound
                ? Strokes.CreateDashPath(line)
                : Strokes.CreateDashPath(line, ChartPanel.GetDashLength(series));
        }
    }

    private static void DrawRegion(FigureCanvas palette, (int Colour, bool Core) region, SKRect area)
    {
        string colour = palette.Theme.GetRegionColour(region.Colour, region.Core);
        using var box = new SKPath();
        box.AddRect(area);
        if (region.Colour != Region.Hatched)
        {
            palette.FillPath(box, colour);
            return;
        }

        using var hatches = Strokes.CreateHatchPath(area);
        palette.StrokePath(hatches, colour, Strokes.HatchWidth);
        palette.StrokePath(box, colour, Strokes.HatchWidth);
    }
}
