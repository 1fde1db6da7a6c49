using LatchLab.Figures;
using ScottPlot;
using DataPoint = LatchLab.Figures.DataPoint;

namespace LatchLab.Reporting.Drawing;

/// <summary>Where a panel of a figure stands, and which part of its axes it shows; in figure pixels.</summary>
/// <param name="Panel">What stands there.</param>
/// <param name="Row">Counted from the top, beginning with 0.</param>
/// <param name="Column">Counted from the left, beginning with 0.</param>
internal sealed record PanelLayout(Panel Panel, int Row, int Column)
{
    /// <summary>The data area; of a diagram, all that it may draw on.</summary>
    public PixelRect DataArea { get; init; }

    /// <summary>The width of its column, in whose middle a panel of equal scales may be narrower.</summary>
    public float ColumnWidth { get; init; }

    /// <summary>The horizontal axis; null in a diagram.</summary>
    public AxisScale? X { get; init; }

    /// <summary>The vertical axis; null in a diagram.</summary>
    public AxisScale? Y { get; init; }

    /// <summary>Whether the numbers of the horizontal axis stand here, not at a panel below that shares it.</summary>
    public bool HasXTickLabels { get; init; }

    /// <summary>Whether the numbers of the vertical axis stand here, not at a panel beside that shares it.</summary>
    public bool HasYTickLabels { get; init; }

    /// <summary>Along the horizontal axis.</summary>
    public IReadOnlyList<Tick> XTicks { get; init; } = [];

    /// <summary>Along the vertical axis.</summary>
    public IReadOnlyList<Tick> YTicks { get; init; } = [];

    /// <summary>Whether strokes and marks have to be finer here.</summary>
    public bool IsSmall => DataArea.Width < 220f;

    /// <summary>The axes as the figure names them; null in a diagram.</summary>
    public (Axis X, Axis Y)? Axes => GetAxes(Panel);

    /// <summary>Whether the axes have a place for a point, be it outside their ends.</summary>
    public bool CanPlot(DataPoint point)
        => double.IsFinite(X!.ToPosition(point.X)) && double.IsFinite(Y!.ToPosition(point.Y));

    /// <summary>The axes of a panel that has some.</summary>
    public static (Axis X, Axis Y)? GetAxes(Panel panel) => panel switch
    {
        Chart chart => (chart.X, chart.Y),
        HeatMap map => (map.X, map.Y),
        RegionMap map => (map.X, map.Y),
        _ => null,
    };
}
