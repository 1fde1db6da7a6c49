using LatchLab.Experiments.Results;
using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>A piece of what a legend names: of the line with its mark, of the cells.</summary>
internal static class LegendSample
{
    /// <summary>What each takes up.</summary>
    public const float Width = 26f;

    /// <summary>Draws it to the right of <paramref name="x"/>.</summary>
    /// <param name="ink">The canvas.</param>
    /// <param name="entry">What is to be shown.</param>
    /// <param name="all">The whole legend: a bound looks like the curve that it bounds.</param>
    /// <param name="x">The left end.</param>
    /// <param name="middle">Half its height.</param>
    public static void Draw(Ink ink, LegendEntry entry, IEnumerable<LegendEntry> all, float x, float middle)
    {
        if (entry.Series is not { } series)
        {
            Cells(ink, entry.Cells!.Value, SKRect.Create(x + 1f, middle - 6f, Width - 2f, 12f));
            return;
        }

        var others = all.Select(other => other.Series).OfType<Series>();
        (string colour, float width) = ChartPanel.Look(series, others, ink.Theme);
        float centre = x + (Width / 2f);
        if (ReferenceEquals(entry, LegendEntry.LowerBound))
        {
            using var arrow = new SKPath();
            Strokes.AddArrow(arrow, centre, middle + 5f, CurveDrawing.ArrowLength);
            ink.Stroke(arrow, colour, 1.3f);
            return;
        }

        bool stems = series.Kind is SeriesKind.Stems or SeriesKind.BoldStems;
        bool bold = series.Kind is SeriesKind.BoldStems;
        using var stroke = Line(series, x, centre, middle);
        ink.Stroke(stroke, colour, bold ? 3.2f : stems ? 1.2f : width);
        if (series.Kind is SeriesKind.Bound or SeriesKind.Level or SeriesKind.Path or SeriesKind.Balls
            or SeriesKind.Outlines)
            return;

        using var paint = Paint.NewDisposablePaint();
        var (hue, paper) = (Color.FromHex(colour), Color.FromHex(ink.Theme.Paper));
        var marker = series.Kind is SeriesKind.Dots or SeriesKind.Orbit
            ? PathDrawing.Mark(series, hue, paper, rimmed: false)
            : Marks.Style(Marks.Of(series), stems && !bold ? 4.5f : 6.5f, hue, paper);
        marker.Render(ink.Canvas, new Pixel(centre, stems ? middle - 5f : middle), paint);
    }

    private static SKPath Line(Series series, float x, float centre, float middle)
    {
        bool stems = series.Kind is SeriesKind.Stems or SeriesKind.BoldStems;
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

        line.MoveTo(stems ? centre : x, stems ? middle - 5f : middle);
        line.LineTo(stems ? centre : x + Width, stems ? middle + 7f : middle);
        if (series.Kind is not (SeriesKind.Bound or SeriesKind.Level))
            return line;
        using (line)
        {
            return series.Kind == SeriesKind.Bound
                ? Strokes.Dashes(line)
                : Strokes.Dashes(line, ChartPanel.LevelDash(series));
        }
    }

    private static void Cells(Ink ink, (int Colour, bool Core) look, SKRect area)
    {
        string colour = ink.Theme.Cells(look.Colour, look.Core);
        using var box = new SKPath();
        box.AddRect(area);
        if (look.Colour != Region.Hatched)
        {
            ink.Fill(box, colour);
            return;
        }

        using var hatches = Strokes.Hatches(area);
        ink.Stroke(hatches, colour, Strokes.HatchWidth);
        ink.Stroke(box, colour, Strokes.HatchWidth);
    }
}
