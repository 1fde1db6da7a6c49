using LatchLab.Experiments.Results;
using ScottPlot;
using Point = LatchLab.Experiments.Results.DataPoint;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// A chart: curves with intervals, dashed bounds, stems, levels, paths and marks. A value that no axis can show (NaN,
/// zero on a logarithm) interrupts its curve.
/// </summary>
internal static class ChartPanel
{
    private const int CurveLayer = 2; // above levels and bounds

    /// <summary>Draws the chart into its place.</summary>
    public static void Draw(Chart chart, PanelPlace place, Ink ink)
    {
        using var plot = AxesPanel.Create(place, ink.Theme, grid: true);
        AddSeries(plot, chart, place, ink.Theme, onCells: false);
        AxesPanel.Draw(plot, ink, place);
    }

    /// <summary>Puts the series of a chart into a plot, which may have cells in it already.</summary>
    public static void AddSeries(Plot plot, Chart chart, PanelPlace place, Theme theme, bool onCells)
    {
        var drawing = new Drawn(plot, place, theme, chart, onCells);
        foreach (var series in chart.Series.Reverse().OrderBy(series => Layer(series.Kind)))
            drawing.Add(series);
    }

    /// <summary>
    /// A bound is a wide stroke in a shade of the curve that it bounds, so that it is seen even where the curve lies on
    /// it; one that belongs to no curve is a thin grey one.
    /// </summary>
    public static (string Colour, float Width) Look(Series series, IEnumerable<Series> neighbours, Theme theme)
        => series.Kind switch
        {
            SeriesKind.Level => (theme.Series(series.Colour), 1.3f),
            SeriesKind.Bound when neighbours.Any(
                other => Layer(other.Kind) == CurveLayer && other.Colour == series.Colour)
                => (theme.Shade(series.Colour), 5f),
            SeriesKind.Bound => (theme.Muted, 1.4f),
            SeriesKind.Curve or SeriesKind.Stems or SeriesKind.BoldStems => (theme.Series(series.Colour), 1.7f),
            _ => (theme.Series(series.Colour), PathDrawing.LineWidth(series.Kind)),
        };

    /// <summary>
    /// Levels are dotted in grey and dashed in a colour, so that two of them can be told apart in print, too.
    /// </summary>
    public static float LevelDash(Series series) => series.Colour == Series.Grey ? 2f : 5f;

    /// <summary>The points that the axes can show, in runs that nothing interrupts.</summary>
    public static IEnumerable<List<Point>> Runs(IReadOnlyList<Point> points, Func<Point, bool> shown)
    {
        var run = new List<Point>();
        foreach (var point in points)
        {
            if (shown(point))
            {
                run.Add(point);
                continue;
            }

            if (run.Count > 0)
                yield return run;
            run = [];
        }

        if (run.Count > 0)
            yield return run;
    }

    private static int Layer(SeriesKind kind) => kind switch
    {
        SeriesKind.Level => 0,
        SeriesKind.Bound => 1,
        SeriesKind.Dots => CurveLayer + 1, // an attractor is seen even where many orbits end
        _ => CurveLayer,
    };

    private sealed class Drawn(Plot plot, PanelPlace place, Theme theme, Chart chart, bool onCells)
    {
        private readonly bool _small = place.IsSmall;
        private readonly CurveDrawing _curves = new(plot, place, theme, chart);
        private readonly PathDrawing _paths = new(plot, place, theme, rimmed: onCells);

        public void Add(Series series)
        {
            (string hex, float width) = Look(series, chart.Series, theme);
            var colour = Color.FromHex(hex);
            switch (series.Kind)
            {
                case SeriesKind.Curve:
                    _curves.Add(series, colour);
                    break;
                case SeriesKind.Bound:
                    foreach (var run in Runs(series.Points, place.Holds))
                        plot.Add.Plottable(Strokes.Dashed(colour, _small ? 0.8f * width : width, Xs(run), Ys(run)));
                    break;
                case SeriesKind.Level:
                    foreach (double y in Ys(series.Points).Where(double.IsFinite))
                    {
                        double[] ends = [place.X!.Low, place.X.High];
                        plot.Add.Plottable(Strokes.Dashed(colour, width, ends, [y, y], LevelDash(series)));
                    }

                    break;
                case SeriesKind.Stems or SeriesKind.BoldStems:
                    Stems(series, colour, bold: series.Kind == SeriesKind.BoldStems);
                    break;
                default:
                    _paths.Add(series, colour);
                    break;
            }
        }

        private void Stems(Series series, Color colour, bool bold)
        {
            double ground = place.Y!.PositionOrEnd(0.0);
            var zero = plot.Add.HorizontalLine(ground, 1f, Color.FromHex(theme.Muted));
            zero.EnableAutoscale = false;
            foreach (var run in Runs(series.Points, place.Holds))
            {
                var foot = run.Select(_ => ground).ToArray();
                plot.Add.Plottable(Strokes.Bars(colour, bold ? 3.2f : 1.2f, Xs(run), foot, Ys(run)));
            }

            List<Point> points = [.. series.Points.Where(place.Holds)];
            if (points.Count == 0)
                return;
            float size = bold ? (_small ? 6f : 8f) : (_small ? 3.5f : 4.5f);
            plot.Add.ScatterPoints(Xs(points), Ys(points), colour).MarkerStyle
                = Marks.Style(Marks.Of(series), size, colour, Color.FromHex(theme.Paper));
        }

        private double[] Xs(IEnumerable<Point> points) => [.. points.Select(point => place.X!.Position(point.X))];

        private double[] Ys(IEnumerable<Point> points) => [.. points.Select(point => place.Y!.Position(point.Y))];
    }
}
