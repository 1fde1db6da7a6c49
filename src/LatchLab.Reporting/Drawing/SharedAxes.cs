using LatchLab.Figures;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Panels of a figure with equal axes share them: they have the same range, so that they can be compared by eye, and
/// tick labels only at the left and lower border of the sharing panels.
/// </summary>
internal static class SharedAxes
{
    // The margins beside the outermost points of dodged curves, and above the highest point where there are arrows.
    private const double JitterMargin = 0.07;
    private const double ArrowMargin = 0.12;

    // With more values, round numbers are easier to read.
    private const int MaxValues = 8;

    /// <summary>Places the panels on the grid and assigns their axes.</summary>
    public static IReadOnlyList<PanelLayout> Arrange(Figure figure)
    {
        int columns = Math.Max(1, Math.Min(figure.Columns, figure.Panels.Count));
        return [.. figure.Panels.Select((panel, index) => PanelLayout.GetAxes(panel) is not { } axes
            ? new PanelLayout(panel, index / columns, index % columns)
            : new PanelLayout(panel, index / columns, index % columns)
            {
                X = CreateScale(figure, axes.X, vertical: false),
                Y = CreateScale(figure, axes.Y, vertical: true),
                XValues = FindValues(figure, axes.X, vertical: false),
                YValues = FindValues(figure, axes.Y, vertical: true),
                HasXTickLabels = axes.X.HasTickLabels
                    && !(FindAlignedAxes(figure, panel, index + columns) is { } below && below.X == axes.X),
                HasYTickLabels = axes.Y.HasTickLabels && (index % columns == 0
                    || !(FindAlignedAxes(figure, panel, index - 1) is { } left && left.Y == axes.Y)),
            })];
    }

    /// <summary>The label shared by all panels; null if the labels differ or there is only one panel.</summary>
    public static string? FindSharedLabel(IReadOnlyList<PanelLayout> panelLayouts, bool vertical)
    {
        var labels = panelLayouts.Select(panelLayout => panelLayout.Axes)
            .OfType<(Axis X, Axis Y)>()
            .Select(axes => vertical ? axes.Y : axes.X)
            .ToList();
        bool several = panelLayouts.Count == labels.Count
            && panelLayouts.Select(panelLayout => vertical ? panelLayout.Row : panelLayout.Column).Distinct().Count()
                > 1;
        return several && labels.Distinct().Count() == 1 ? labels[0].Label : null;
    }

    // The axes of a neighbour if they are aligned with those of the panel; else null. A panel with equal scales has its
    // own size, so it is aligned only with panels that have the same two axes.
    private static (Axis X, Axis Y)? FindAlignedAxes(Figure figure, Panel panel, int index)
    {
        if (index < 0 || index >= figure.Panels.Count)
            return null;
        var neighbour = figure.Panels[index];
        var axes = PanelLayout.GetAxes(neighbour);
        bool isAligned = panel.HasEqualScales == neighbour.HasEqualScales
            && (!panel.HasEqualScales || axes == PanelLayout.GetAxes(panel));
        return isAligned ? axes : null;
    }

    private static List<Panel> FindSharing(Figure figure, Axis axis, bool vertical)
        => [.. figure.Panels.Where(
            panel => PanelLayout.GetAxes(panel) is { } axes && (vertical ? axes.Y : axes.X) == axis)];

    /// <summary>
    /// Finds the values of an axis at which there are cells or points of dodged curves, ascending; none if they are
    /// many.
    /// </summary>
    private static double[] FindValues(Figure figure, Axis axis, bool vertical)
    {
        List<Panel> sharing = FindSharing(figure, axis, vertical);
        double[] values =
        [
            .. sharing.OfType<HeatMap>().SelectMany(map => vertical ? map.YValues : map.XValues)
                .Concat(vertical ? [] : sharing.OfType<Chart>().Where(chart => chart.IsDodged)
                    .SelectMany(chart => chart.Series).Where(series => series.Kind != SeriesKind.Level)
                    .SelectMany(series => series.Points).Select(point => point.X))
                .Distinct().Order(),
        ];
        return values.Length <= MaxValues ? values : [];
    }

    private static AxisScale CreateScale(Figure figure, Axis axis, bool vertical)
    {
        List<Panel> sharing = FindSharing(figure, axis, vertical);
        var edges = sharing.OfType<HeatMap>()
            .SelectMany(map => HeatMapPanel.ComputeCellEdges(vertical ? map.YValues : map.XValues, axis.IsLogarithmic))
            .Concat(sharing.OfType<RegionMap>().SelectMany(map => vertical ? map.YEdges : map.XEdges))
            .ToList();
        var charts = sharing.OfType<Chart>().ToList();
        var points = charts
            .SelectMany(chart => chart.Series)
            .SelectMany(series => series.Points.SelectMany(point => GetPlottedValues(series.Kind, point, vertical)))
            .ToList();
        if (edges.Count > 0)
            return AxisScale.FitToCells(axis, edges.Concat(points));

        bool isJittered = !vertical && charts.Any(chart => chart.IsDodged);
        bool hasArrows = vertical && charts.Any(chart => chart.Series.Any(CurveDrawing.HasCensoredPoints));
        return AxisScale.FitToPoints(
            axis, points, isJittered ? JitterMargin : AxisScale.Margin,
            isJittered ? JitterMargin : hasArrows ? ArrowMargin : AxisScale.Margin);
    }

    private static IEnumerable<double> GetPlottedValues(SeriesKind kind, DataPoint point, bool vertical)
        => (vertical, kind) switch
        {
            (false, SeriesKind.Level) => [],
            (false, _) => [point.X],
            (true, SeriesKind.Stems or SeriesKind.BoldStems) => [point.Y, 0.0],
            _ => [point.Lower, point.Y, point.Upper],
        };
}
