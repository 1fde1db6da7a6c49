using LatchLab.Experiments.Results;
using ScottPlot;
using Point = LatchLab.Experiments.Results.DataPoint;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// A chart: curves with intervals, dashed bounds, stems. A curve's intervals are bars while each point can be seen for
/// itself, and a band beyond. A value that no axis can show (NaN, zero on a logarithm) interrupts its curve.
/// </summary>
internal static class ChartPanel
{
    private const int MostBars = 40;
    private const int MostMarkers = 60;

    private static readonly MarkerShape[] Markers =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond];

    /// <summary>Draws the chart into its place.</summary>
    public static void Draw(Chart chart, PanelPlace place, Ink ink)
    {
        using var plot = AxesPanel.Create(place, ink.Theme, grid: true);
        var drawing = new Drawn(plot, place, ink.Theme, chart);
        foreach (var series in chart.Series.Reverse().OrderBy(series => series.Kind != SeriesKind.Bound))
            drawing.Add(series);
        AxesPanel.Draw(plot, ink, place);
    }

    /// <summary>The marker of a series: for curves a second way to tell colours apart, for stems a dot.</summary>
    public static MarkerShape Marker(Series series)
        => series.Kind == SeriesKind.Curve
            ? Markers[(int)((uint)series.Colour % (uint)Markers.Length)]
            : MarkerShape.FilledCircle;

    /// <summary>A filled marker, of a size that makes different shapes look alike.</summary>
    public static MarkerStyle MarkerStyle(MarkerShape shape, float size, Color colour)
    {
        float look = shape switch
        {
            MarkerShape.FilledSquare => 0.88f,
            MarkerShape.FilledTriangleUp or MarkerShape.FilledDiamond => 1.2f,
            _ => 1f,
        };
        return new MarkerStyle(shape, size * look, colour) { OutlineWidth = 0f, LineWidth = 0f };
    }

    /// <summary>
    /// A bound is a wide stroke in a shade of the curve that it bounds, so that it is seen even where the curve lies on
    /// it; one that belongs to no curve is a thin grey one.
    /// </summary>
    public static (string Colour, float Width) Look(Series series, IEnumerable<Series> neighbours, Theme theme)
        => series.Kind != SeriesKind.Bound ? (theme.Series(series.Colour), 1.7f)
            : neighbours.Any(other => other.Kind != SeriesKind.Bound && other.Colour == series.Colour)
                ? (theme.Shade(series.Colour), 5f)
                : (theme.Muted, 1.4f);

    private sealed class Drawn(Plot plot, PanelPlace place, Theme theme, Chart chart)
    {
        private readonly bool _small = place.Data.Width < 220f;

        public void Add(Series series)
        {
            (string hex, float width) = Look(series, chart.Series, theme);
            var colour = Color.FromHex(hex);
            switch (series.Kind)
            {
                case SeriesKind.Curve:
                    Curve(series, colour);
                    break;
                case SeriesKind.Bound:
                    foreach (var run in Runs(series.Points))
                        plot.Add.Plottable(Strokes.Dashed(colour, _small ? 0.8f * width : width, Xs(run), Ys(run)));
                    break;
                default:
                    Stems(series, colour, bold: series.Kind == SeriesKind.BoldStems);
                    break;
            }
        }

        private void Curve(Series series, Color colour)
        {
            if (series.Points.Any(point => point.Lower != point.Y || point.Upper != point.Y))
                Intervals(series, colour);
            foreach (var run in Runs(series.Points))
            {
                var line = plot.Add.ScatterLine(Xs(run), Ys(run), colour);
                line.LineWidth = _small ? 1.4f : 1.8f;
            }

            if (series.Points.Count <= MostMarkers)
                Dots(series, colour, Marker(series), _small ? 4.5f : 6.5f);
        }

        private void Dots(Series series, Color colour, MarkerShape shape, float size)
        {
            var points = Runs(series.Points).SelectMany(run => run).ToList();
            if (points.Count == 0)
                return;
            var dots = plot.Add.ScatterPoints(Xs(points), Ys(points), colour);
            dots.MarkerStyle = MarkerStyle(shape, size, colour);
        }

        private void Intervals(Series series, Color colour)
        {
            foreach (var run in Runs(series.Points))
            {
                var lower = run.Select(point => place.Y!.PositionOrLow(point.Lower)).ToArray();
                var upper = run.Select(point => place.Y!.PositionOrLow(point.Upper)).ToArray();
                if (series.Points.Count > MostBars)
                {
                    var band = plot.Add.FillY(Xs(run), lower, upper);
                    band.FillColor = colour.WithAlpha(0.25);
                    band.LineWidth = 0f;
                }
                else
                {
                    var (width, cap) = _small ? (1.1f, 0f) : (1.4f, 2f);
                    plot.Add.Plottable(Strokes.Bars(
                        colour.WithAlpha(0.8), width, Xs(run), lower, upper, Aside(series), cap));
                }
            }
        }

        // The bars of curves that share their x would hide one another: each stands a little aside, within its marker.
        private float Aside(Series series)
        {
            var curves = chart.Series.Where(other => other.Kind == SeriesKind.Curve).ToList();
            float step = Math.Min(_small ? 2f : 3f, 4f / Math.Max(1, curves.Count - 1));
            return (curves.IndexOf(series) - ((curves.Count - 1) / 2f)) * step;
        }

        private void Stems(Series series, Color colour, bool bold)
        {
            var zero = plot.Add.HorizontalLine(place.Y!.PositionOrLow(0.0), 1f, Color.FromHex(theme.Muted));
            zero.EnableAutoscale = false;
            foreach (var run in Runs(series.Points))
            {
                var foot = run.Select(_ => place.Y!.PositionOrLow(0.0)).ToArray();
                plot.Add.Plottable(Strokes.Bars(colour, bold ? 3.2f : 1.2f, Xs(run), foot, Ys(run)));
            }

            Dots(series, colour, Marker(series), bold ? (_small ? 6f : 8f) : (_small ? 3.5f : 4.5f));
        }

        private IEnumerable<List<Point>> Runs(IReadOnlyList<Point> points)
        {
            var run = new List<Point>();
            foreach (var point in points)
            {
                if (double.IsFinite(place.X!.Position(point.X)) && double.IsFinite(place.Y!.Position(point.Y)))
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

        private double[] Xs(IEnumerable<Point> points) => [.. points.Select(point => place.X!.Position(point.X))];

        private double[] Ys(IEnumerable<Point> points) => [.. points.Select(point => place.Y!.Position(point.Y))];
    }
}
