using LatchLab.Experiments.Results;
using ScottPlot;
using SkiaSharp;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// What lines and markers mean, set in rows below what they belong to, so that it never covers data. The panels of a
/// figure have one legend in common where no two of them contradict each other, else each has its own. The arrow of a
/// censored point is explained wherever there is one.
/// </summary>
internal sealed class Legend
{
    private const float SampleWidth = 26f;
    private const float Gap = 20f;
    private const float RowHeight = 20f;

    // Not a series, but what the arrow of a censored point means.
    private static readonly Series LowerBound = new("lower bound", SeriesKind.Curve, [], Series.Grey);

    private readonly IReadOnlyList<Series> _all;
    private readonly List<List<Series>> _rows;

    /// <summary>Breaks the entries into as few rows of at most the given width as will do, evenly filled.</summary>
    public Legend(IEnumerable<Series> series, float width)
    {
        List<Series> shown = [.. series];
        _all = [.. shown.Where(entry => entry.Name.Length > 0).DistinctBy(Meaning)];
        if (shown.Any(CurveDrawing.Censored))
            _all = [.. _all, LowerBound];
        _rows = Rows(width);
        for (float narrower = width - 10f; narrower > width / 3f; narrower -= 10f)
        {
            var rows = Rows(narrower);
            if (rows.Count > _rows.Count || rows.Any(row => RowWidth(row) > narrower))
                break;
            _rows = rows;
        }
    }

    /// <summary>What it takes up, the room above it included; 0 without entries.</summary>
    public float Height => _rows.Count == 0 ? 0f : 8f + (_rows.Count * RowHeight);

    /// <summary>Whether each name has one look, and each look one name, all over the figure.</summary>
    public static bool Agree(Figure figure)
    {
        var entries = figure.Panels.OfType<Chart>()
            .SelectMany(chart => chart.Series)
            .Where(series => series.Name.Length > 0)
            .Select(Meaning)
            .Distinct()
            .ToList();
        return entries.Select(entry => entry.Name).Distinct().Count() == entries.Count
            && entries.Select(entry => (entry.Kind, entry.Colour, entry.Mark)).Distinct().Count() == entries.Count;
    }

    /// <summary>Draws the rows, each centred on <paramref name="centre"/>, below <paramref name="top"/>.</summary>
    public void Draw(Ink ink, float centre, float top)
    {
        float middle = top + 8f + (RowHeight / 2f);
        foreach (var row in _rows)
        {
            float x = centre - (RowWidth(row) / 2f);
            foreach (var entry in row)
            {
                Sample(ink, entry, x, middle);
                ink.Text(entry.Name, x + SampleWidth + 6f, middle + 4.5f, Ink.LabelSize, ink.Theme.Ink);
                x += EntryWidth(entry) + Gap;
            }

            middle += RowHeight;
        }
    }

    private List<List<Series>> Rows(float width)
    {
        var rows = new List<List<Series>>();
        foreach (var entry in _all)
        {
            if (rows.Count > 0 && RowWidth([.. rows[^1], entry]) <= width)
                rows[^1].Add(entry);
            else
                rows.Add([entry]);
        }

        return rows;
    }

    private static (string Name, SeriesKind Kind, int Colour, Mark Mark) Meaning(Series series)
        => (series.Name, series.Kind, series.Colour, Marks.Of(series));

    private static float EntryWidth(Series entry) => SampleWidth + 6f + Ink.Width(entry.Name, Ink.LabelSize);

    private static float RowWidth(List<Series> row) => row.Sum(EntryWidth) + ((row.Count - 1) * Gap);

    private void Sample(Ink ink, Series entry, float x, float middle)
    {
        (string colour, float width) = ChartPanel.Look(entry, _all, ink.Theme);
        bool stems = entry.Kind is SeriesKind.Stems or SeriesKind.BoldStems;
        bool bold = entry.Kind is SeriesKind.BoldStems;
        float centre = x + (SampleWidth / 2f);
        using var stroke = new SKPath();
        if (ReferenceEquals(entry, LowerBound))
        {
            Strokes.AddArrow(stroke, centre, middle + 5f, CurveDrawing.ArrowLength);
            ink.Stroke(stroke, colour, 1.3f);
            return;
        }

        stroke.MoveTo(stems ? centre : x, stems ? middle - 5f : middle);
        stroke.LineTo(stems ? centre : x + SampleWidth, stems ? middle + 7f : middle);
        if (entry.Kind is SeriesKind.Bound or SeriesKind.Level)
        {
            using var dashes = entry.Kind == SeriesKind.Bound
                ? Strokes.Dashes(stroke)
                : Strokes.Dashes(stroke, ChartPanel.LevelDash(entry));
            ink.Stroke(dashes, colour, width);
            return;
        }

        ink.Stroke(stroke, colour, bold ? 3.2f : stems ? 1.2f : width);
        using var paint = Paint.NewDisposablePaint();
        float size = stems && !bold ? 4.5f : 6.5f;
        var marker = Marks.Style(Marks.Of(entry), size, Color.FromHex(colour), Color.FromHex(ink.Theme.Paper));
        marker.Render(ink.Canvas, new Pixel(centre, stems ? middle - 5f : middle), paint);
    }
}
