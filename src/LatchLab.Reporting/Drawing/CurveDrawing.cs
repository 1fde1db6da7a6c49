using LatchLab.Figures;
using ScottPlot;
using Point = LatchLab.Figures.DataPoint;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Draws the curves of a chart: intervals, line, markers. The intervals are bars for up to 40 points and a band for
/// more. A censored point is not part of the line and has an arrow, which replaces the upper half of an unbounded
/// interval.
/// </summary>
internal sealed class CurveDrawing(Plot plot, PanelLayout panelLayout, Theme theme, Chart chart)
{
    /// <summary>The length of the arrow of a censored point, in px.</summary>
    public const float ArrowLength = 9f;

    private const float ArrowGap = 4f;    // px between a censored point and its arrow
    private const int MaxBars = 40;
    private const int MaxMarkers = 60;

    private readonly int _curveCount = chart.Series.Count(series => series.Kind == SeriesKind.Curve);
    private readonly Dodge _jitter = new(chart, panelLayout);
    private readonly bool _isSmall = panelLayout.IsSmall;

    public static bool HasCensoredPoints(Series series)
        => series.Kind == SeriesKind.Curve && series.Points.Any(point => point.IsCensored);

    public static bool HasUnboundedBars(Series series)
        => series.Kind == SeriesKind.Curve && series.Points.Count <= MaxBars
            && series.Points.Any(point => !point.IsCensored && double.IsPositiveInfinity(point.Upper));

    public void Add(Series series, Color colour)
    {
        if (series.Points.Any(point => point.Lower != point.Y || point.Upper != point.Y))
            AddIntervals(series, colour);
        foreach (var run in ChartPanel.SplitAtGaps(series.Points,
            point => panelLayout.CanPlot(point) && !point.IsCensored))
        {
            var line = plot.Add.ScatterLine(GetXPositions(series, run), panelLayout.GetYPositions(run), colour);
            line.LineWidth = _isSmall ? 1.4f : 1.8f;
        }

        AddArrows(series, colour);
        if (series.Points.Count <= MaxMarkers)
            AddMarkers(series, colour);
    }

    private void AddIntervals(Series series, Color colour)
    {
        foreach (var run in ChartPanel.SplitAtGaps(series.Points, panelLayout.CanPlot))
        {
            var lower = run.Select(point => panelLayout.Y!.ToClampedPosition(ReplaceNaN(point.Lower, point))).ToArray();
            var upper = run.Select(point => panelLayout.Y!.ToClampedPosition(
                point.IsCensored && double.IsInfinity(point.Upper) ? point.Y : ReplaceNaN(point.Upper, point)))
                    .ToArray();
            if (series.Points.Count > MaxBars)
            {
                var band = plot.Add.FillY(GetXPositions(series, run), lower, upper);
                band.FillColor = colour.WithAlpha(0.25);
                band.LineWidth = 0f;
            }
            else
            {
                var (width, cap) = _isSmall ? (1.1f, 0f) : (1.4f, 2f);
                plot.Add.Plottable(Strokes.CreateBars(
                    colour.WithAlpha(0.8), width, GetXPositions(series, run), lower, upper, GetBarOffset(series), cap));
            }
        }

        static double ReplaceNaN(double end, Point point) => double.IsNaN(end) ? point.Y : end;
    }

    // Bars at the same x would hide one another. If the points themselves are not dodged, each bar is moved slightly
    // sideways, within its marker.
    private float GetBarOffset(Series series)
    {
        if (chart.IsDodged)
            return 0f;
        float step = Math.Min(_isSmall ? 2f : 3f, 4f / Math.Max(1, _curveCount - 1));
        return (float)_jitter.GetOffsetInSteps(series) * step;
    }

    private void AddArrows(Series series, Color colour)
    {
        List<Point> points = [.. series.Points.Where(point => point.IsCensored && panelLayout.CanPlot(point))];
        if (points.Count > 0)
        {
            plot.Add.Plottable(Strokes.CreateArrows(
                colour, _isSmall ? 1.1f : 1.3f, GetXPositions(series, points), panelLayout.GetYPositions(points),
                ArrowGap, _isSmall ? 0.6f * ArrowLength : ArrowLength));
        }
    }

    private void AddMarkers(Series series, Color colour)
    {
        List<Point> points = [.. series.Points.Where(panelLayout.CanPlot)];
        if (points.Count == 0)
            return;
        plot.Add.ScatterPoints(GetXPositions(series, points), panelLayout.GetYPositions(points), colour).MarkerStyle
            = MarkerStyles.Create(MarkerStyles.GetMark(series), _isSmall ? 4.5f : 6.5f, colour,
                Color.FromHex(theme.Background));
    }

    private double[] GetXPositions(Series series, IEnumerable<Point> points)
    {
        double offsetInSteps = _jitter.GetOffsetInSteps(series);
        return [
            .. points.Select(point => panelLayout.X!.ToPosition(point.X)).Select(
                x => x + (offsetInSteps * _jitter.GetStepWidth(x)))];
    }
}
