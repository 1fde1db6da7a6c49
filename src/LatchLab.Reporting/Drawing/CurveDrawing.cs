using LatchLab.Experiments.Results;
using ScottPlot;
using Point = LatchLab.Experiments.Results.DataPoint;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The curves of a chart: intervals, line, marks. The intervals are bars while each point can be seen for itself, and a
/// band beyond. A censored point stands outside the line and has an arrow, which takes the place of the upper half of
/// an interval without end.
/// </summary>
internal sealed class CurveDrawing(Plot plot, PanelPlace place, Theme theme, Chart chart)
{
    /// <summary>From a censored point to the foot of its arrow.</summary>
    public const float ArrowGap = 4f;

    /// <summary>Of the arrow of a censored point.</summary>
    public const float ArrowLength = 9f;

    private const int MostBars = 40;
    private const int MostMarkers = 60;

    private readonly int _count = chart.Series.Count(series => series.Kind == SeriesKind.Curve);
    private readonly Dodge _dodge = new(chart, place);
    private readonly bool _small = place.IsSmall;

    /// <summary>Whether any point of a series is censored.</summary>
    public static bool Censored(Series series)
        => series.Kind == SeriesKind.Curve && series.Points.Any(point => point.Censored);

    /// <summary>Draws a curve over what has been drawn.</summary>
    public void Add(Series series, Color colour)
    {
        if (series.Points.Any(point => point.Lower != point.Y || point.Upper != point.Y))
            Intervals(series, colour);
        foreach (var run in ChartPanel.Runs(series.Points, point => place.Holds(point) && !point.Censored))
        {
            var line = plot.Add.ScatterLine(Xs(series, run), Ys(run), colour);
            line.LineWidth = _small ? 1.4f : 1.8f;
        }

        Arrows(series, colour);
        if (series.Points.Count <= MostMarkers)
            Dots(series, colour);
    }

    private void Intervals(Series series, Color colour)
    {
        foreach (var run in ChartPanel.Runs(series.Points, place.Holds))
        {
            var lower = run.Select(point => place.Y!.PositionOrEnd(Known(point.Lower, point))).ToArray();
            var upper = run.Select(point => place.Y!.PositionOrEnd(
                point.Censored && double.IsInfinity(point.Upper) ? point.Y : Known(point.Upper, point))).ToArray();
            if (series.Points.Count > MostBars)
            {
                var band = plot.Add.FillY(Xs(series, run), lower, upper);
                band.FillColor = colour.WithAlpha(0.25);
                band.LineWidth = 0f;
            }
            else
            {
                var (width, cap) = _small ? (1.1f, 0f) : (1.4f, 2f);
                plot.Add.Plottable(Strokes.Bars(
                    colour.WithAlpha(0.8), width, Xs(series, run), lower, upper, Aside(series), cap));
            }
        }

        static double Known(double end, Point point) => double.IsNaN(end) ? point.Y : end;
    }

    // The bars of curves that share their x would hide one another: where the points themselves stand on one another,
    // each bar stands a little aside, within its marker.
    private float Aside(Series series)
    {
        if (chart.Dodged)
            return 0f;
        float step = Math.Min(_small ? 2f : 3f, 4f / Math.Max(1, _count - 1));
        return (float)_dodge.Place(series) * step;
    }

    private void Arrows(Series series, Color colour)
    {
        List<Point> points = [.. series.Points.Where(point => point.Censored && place.Holds(point))];
        if (points.Count > 0)
        {
            plot.Add.Plottable(Strokes.Arrows(
                colour, _small ? 1.1f : 1.3f, Xs(series, points), Ys(points), ArrowGap,
                _small ? 0.6f * ArrowLength : ArrowLength));
        }
    }

    private void Dots(Series series, Color colour)
    {
        List<Point> points = [.. series.Points.Where(place.Holds)];
        if (points.Count == 0)
            return;
        plot.Add.ScatterPoints(Xs(series, points), Ys(points), colour).MarkerStyle
            = Marks.Style(Marks.Of(series), _small ? 4.5f : 6.5f, colour, Color.FromHex(theme.Paper));
    }

    private double[] Xs(Series series, IEnumerable<Point> points)
    {
        double steps = _dodge.Place(series);
        return [.. points.Select(point => place.X!.Position(point.X)).Select(x => x + (steps * _dodge.Step(x)))];
    }

    private double[] Ys(IEnumerable<Point> points) => [.. points.Select(point => place.Y!.Position(point.Y))];
}
