using LatchLab.Figures;
using ScottPlot;
using DataPoint = LatchLab.Figures.DataPoint;

namespace LatchLab.Reporting.Drawing;

/// <summary>The position of a panel in a figure, in figure pixels, and the visible part of its axes.</summary>
/// <param name="Panel">The panel.</param>
/// <param name="Row">The row from the top, from 0.</param>
/// <param name="Column">The column from the left, from 0.</param>
internal sealed record PanelLayout(Panel Panel, int Row, int Column)
{
    /// <summary>The data area; for a diagram, its whole drawing area.</summary>
    public PixelRect DataArea { get; init; }

    /// <summary>The width of its column; a panel with equal scales may be narrower and is then centred.</summary>
    public float ColumnWidth { get; init; }

    /// <summary>The horizontal axis; null in a diagram.</summary>
    public AxisScale? X { get; init; }

    /// <summary>The vertical axis; null in a diagram.</summary>
    public AxisScale? Y { get; init; }

    /// <summary>
    /// Whether this panel shows the tick labels of the horizontal axis, not one below that shares it.
    /// </summary>
    public bool HasXTickLabels { get; init; }

    /// <summary>
    /// Whether this panel shows the tick labels of the vertical axis, not one to the left that shares it.
    /// </summary>
    public bool HasYTickLabels { get; init; }

    /// <summary>The values of the horizontal axis that have cells or points, if they are few; else none.</summary>
    public IReadOnlyList<double> XValues { get; init; } = [];

    /// <summary>The same of the vertical axis.</summary>
    public IReadOnlyList<double> YValues { get; init; } = [];

    public IReadOnlyList<Tick> XTicks { get; init; } = [];

    public IReadOnlyList<Tick> YTicks { get; init; } = [];

    /// <summary>Whether the panel is small and needs finer strokes and markers.</summary>
    public bool IsSmall => DataArea.Width < 220f;

    /// <summary>The axes as the figure defines them; null in a diagram.</summary>
    public (Axis X, Axis Y)? Axes => GetAxes(Panel);

    /// <summary>Whether the axes have a finite position for a point, inside or outside their range.</summary>
    public bool CanPlot(DataPoint point)
        => double.IsFinite(X!.ToPosition(point.X)) && double.IsFinite(Y!.ToPosition(point.Y));

    /// <summary>The positions of points along the vertical axis.</summary>
    public double[] GetYPositions(IEnumerable<DataPoint> points) => [.. points.Select(point => Y!.ToPosition(point.Y))];

    /// <summary>The axes of a panel; null for a panel without axes.</summary>
    public static (Axis X, Axis Y)? GetAxes(Panel panel) => panel switch
    {
        Chart chart => (chart.X, chart.Y),
        HeatMap map => (map.X, map.Y),
        RegionMap map => (map.X, map.Y),
        _ => null,
    };
}
