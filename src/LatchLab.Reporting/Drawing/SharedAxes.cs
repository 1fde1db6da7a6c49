using LatchLab.Experiments.Results;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Panels of a figure whose axes are equal have them in common: the same ends, so that they can be compared by eye, and
/// numbers only at the left and lower border of the panels that share.
/// </summary>
internal static class SharedAxes
{
    // What stands beside the outermost points where curves are dodged, and above the highest where arrows are.
    private const double DodgeAir = 0.07;
    private const double ArrowAir = 0.12;

    /// <summary>Puts the panels on the grid and gives each its axes.</summary>
    public static IReadOnlyList<PanelPlace> Settle(Figure figure)
    {
        int columns = Math.Max(1, Math.Min(figure.Columns, figure.Panels.Count));
        return [.. figure.Panels.Select((panel, index) => PanelPlace.AxesOf(panel) is not { } axes
            ? new PanelPlace(panel, index / columns, index % columns)
            : new PanelPlace(panel, index / columns, index % columns)
            {
                X = Common(figure, axes.X, vertical: false),
                Y = Common(figure, axes.Y, vertical: true),
                ShowsX = axes.X.Numbered
                    && !(Aligned(figure, panel, index + columns) is { } below && below.X == axes.X),
                ShowsY = axes.Y.Numbered && (index % columns == 0
                    || !(Aligned(figure, panel, index - 1) is { } left && left.Y == axes.Y)),
            })];
    }

    /// <summary>The label that stands once for all panels; null where they differ or there is only one.</summary>
    public static string? CommonLabel(IReadOnlyList<PanelPlace> places, bool vertical)
    {
        var labels = places.Select(place => place.Axes)
            .OfType<(Axis X, Axis Y)>()
            .Select(axes => vertical ? axes.Y : axes.X)
            .ToList();
        bool several = places.Count == labels.Count
            && places.Select(place => vertical ? place.Row : place.Column).Distinct().Count() > 1;
        return several && labels.Distinct().Count() == 1 ? labels[0].Label : null;
    }

    // The axes of a neighbour whose axes stand in line with those of a panel. With equal scales a panel has a size of
    // its own, which another one has only if both axes are the same.
    private static (Axis X, Axis Y)? Aligned(Figure figure, Panel panel, int index)
    {
        if (index < 0 || index >= figure.Panels.Count)
            return null;
        var neighbour = figure.Panels[index];
        var axes = PanelPlace.AxesOf(neighbour);
        bool inLine = HasEqualScales(panel) == HasEqualScales(neighbour)
            && (!HasEqualScales(panel) || axes == PanelPlace.AxesOf(panel));
        return inLine ? axes : null;

        static bool HasEqualScales(Panel one) => one is RegionMap { EqualScales: true };
    }

    private static Scale Common(Figure figure, Axis axis, bool vertical)
    {
        var sharing = figure.Panels
            .Where(panel => PanelPlace.AxesOf(panel) is { } axes && (vertical ? axes.Y : axes.X) == axis)
            .ToList();
        var edges = sharing.OfType<HeatMap>()
            .SelectMany(map => HeatMapPanel.Edges(vertical ? map.YValues : map.XValues, axis.Logarithmic))
            .Concat(sharing.OfType<RegionMap>().SelectMany(map => vertical ? map.YEdges : map.XEdges))
            .ToList();
        var charts = sharing.OfType<Chart>().ToList();
        var points = charts
            .SelectMany(chart => chart.Series)
            .SelectMany(series => series.Points.SelectMany(point => Values(series.Kind, point, vertical)))
            .ToList();
        if (edges.Count > 0)
            return Scale.ForCells(axis, edges.Concat(points));

        bool dodged = !vertical && charts.Any(chart => chart.Dodged);
        bool arrows = vertical && charts.Any(chart => chart.Series.Any(CurveDrawing.Censored));
        return Scale.ForPoints(
            axis, points, dodged ? DodgeAir : Scale.Air, dodged ? DodgeAir : arrows ? ArrowAir : Scale.Air);
    }

    private static IEnumerable<double> Values(SeriesKind kind, DataPoint point, bool vertical)
        => (vertical, kind) switch
        {
            (false, SeriesKind.Level) => [],
            (false, _) => [point.X],
            (true, SeriesKind.Stems or SeriesKind.BoldStems) => [point.Y, 0.0],
            _ => [point.Lower, point.Y, point.Upper],
        };
}
