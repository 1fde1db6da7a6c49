using LatchLab.Figures;
using ScottPlot;
using Point = LatchLab.Figures.DataPoint;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Draws a chart: curves with intervals, dashed bounds, stems, levels, paths and markers. A value that the axes cannot
/// show (NaN, or zero on a logarithmic axis) interrupts its curve.
/// </summary>
internal static class ChartPanel
{
    private const int CurveLayer = 2; // above levels and bounds

    public static void Draw(Chart chart, PanelLayout panelLayout, FigureCanvas palette)
    {
        using var plot = AxesPanel.Create(panelLayout, palette.Theme, hasGrid: true);
        AddSeries(plot, chart, panelLayout, palette.Theme, isOverCells: false);
        AxesPanel.Draw(plot, palette, panelLayout);
    }

    /// <summary>Adds the series of a chart to a plot, which may already contain cells.</summary>
    public static void AddSeries(Plot plot, Chart chart, PanelLayout panelLayout, Theme theme, bool isOverCells)
    {
        var drawing = new SeriesDrawing(plot, panelLayout, theme, chart, isOverCells);
        foreach (var series in chart.Series.Reverse().OrderBy(series => GetLayer(series.Kind)))
            drawing.Add(series);
    }

    /// <summary>
    /// The colour and width of a series' line. A bound is a wide stroke in a tint of its curve's colour, so that it
    /// stays visible under the curve; a bound without a curve is thin and grey.
    /// </summary>
    public static (string Colour, float Width) GetLineStyle(Series series, IEnumerable<Series> otherSeries, Theme theme)
        => series.Kind switch
        {
            SeriesKind.Level => (theme.GetSeriesColour(series.Colour), 1.3f),
            SeriesKind.Bound when otherSeries.Any(
                other => GetLayer(other.Kind) == CurveLayer && other.Colour == series.Colour)
                => (theme.GetTint(series.Colour), 5f),
            SeriesKind.Bound => (theme.Muted, 1.4f),
            SeriesKind.Curve or SeriesKind.Stems or SeriesKind.BoldStems => (theme.GetSeriesColour(series.Colour),
                1.7f),
            _ => (theme.GetSeriesColour(series.Colour), PathDrawing.GetLineWidth(series.Kind)),
        };

    /// <summary>
    /// The dash length of a level: grey levels are dotted and coloured ones dashed, so that they differ in print, too.
    /// </summary>
    public static float GetDashLength(Series series) => series.Colour == Series.Grey ? 2f : 5f;

    /// <summary>Splits the points into runs of consecutive points that the axes can show.</summary>
    public static IEnumerable<List<Point>> SplitAtGaps(IReadOnlyList<Point> points, Func<Point, bool> canPlot)
    {
        var run = new List<Point>();
        foreach (var point in points)
        {
            if (canPlot(point))
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

    private static int GetLayer(SeriesKind kind) => kind switch
    {
        SeriesKind.Level => 0,
        SeriesKind.Bound => 1,
        SeriesKind.Dots => CurveLayer + 1, // keeps attractors visible where many orbits end
        _ => CurveLayer,
    };

    private sealed class SeriesDrawing(Plot plot, PanelLayout panelLayout, Theme theme, Chart chart, bool isOverCells)
    {
        private readonly bool _isSmall = panelLayout.IsSmall;
        private readonly CurveDrawing _curveDrawing = new(plot, panelLayout, theme, chart);
        private readonly PathDrawing _pathDrawing = new(plot, panelLayout, theme, hasOutline: isOverCells);

        public void Add(Series series)
        {
            (string hex, float width) = GetLineStyle(series, chart.Series, theme);
            var colour = Color.FromHex(hex);
            switch (series.Kind)
            {
                case SeriesKind.Curve:
                    _curveDrawing.Add(series, colour);
                    break;
                case SeriesKind.Bound:
                    foreach (var run in SplitAtGaps(series.Points, panelLayout.CanPlot))
                        plot.Add.Plottable(Strokes.CreateDashedLine(
                            colour, _isSmall ? 0.8f * width : width, GetXPositions(run),
                            panelLayout.GetYPositions(run)));
                    break;
                case SeriesKind.Level:
                    foreach (double y in panelLayout.GetYPositions(series.Points).Where(double.IsFinite))
                    {
                        double[] ends = [panelLayout.X!.Low, panelLayout.X.High];
                        plot.Add.Plottable(
                            Strokes.CreateDashedLine(colour, width, ends, [y, y], GetDashLength(series)));
                    }

                    break;
                case SeriesKind.Stems or SeriesKind.BoldStems:
                    AddStems(series, colour, isBold: series.Kind == SeriesKind.BoldStems);
                    break;
                default:
                    _pathDrawing.Add(series, colour);
                    break;
            }
        }

        private void AddStems(Series series, Color colour, bool isBold)
        {
            double baseline = panelLayout.Y!.ToClampedPosition(0.0);
            var zero = plot.Add.HorizontalLine(baseline, 1f, Color.FromHex(theme.Muted));
            zero.EnableAutoscale = false;
            foreach (var run in SplitAtGaps(series.Points, panelLayout.CanPlot))
            {
                var baselines = run.Select(_ => baseline).ToArray();
                plot.Add.Plottable(
                    Strokes.CreateBars(colour, isBold ? 3.2f : 1.2f, GetXPositions(run), baselines,
                        panelLayout.GetYPositions(run)));
            }

            List<Point> points = [.. series.Points.Where(panelLayout.CanPlot)];
            if (points.Count == 0)
                return;
            float size = isBold ? (_isSmall ? 6f : 8f) : (_isSmall ? 3.5f : 4.5f);
            plot.Add.ScatterPoints(GetXPositions(points), panelLayout.GetYPositions(points), colour).MarkerStyle
                = MarkerStyles.Create(MarkerStyles.GetMark(series), size, colour, Color.FromHex(theme.Background));
        }

        private double[] GetXPositions(IEnumerable<Point> points)
            => [.. points.Select(point => panelLayout.X!.ToPosition(point.X))];
    }
}
