using LatchLab.Experiments.Results;
using ScottPlot;
using DataPoint = LatchLab.Experiments.Results.DataPoint;

namespace LatchLab.Reporting.Drawing;

/// <summary>Where a panel of a figure stands, and which part of its axes it shows; in figure pixels.</summary>
/// <param name="Panel">What stands there.</param>
/// <param name="Row">Counted from the top, beginning with 0.</param>
/// <param name="Column">Counted from the left, beginning with 0.</param>
internal sealed record PanelPlace(Panel Panel, int Row, int Column)
{
    /// <summary>The data area; of a diagram, all that it may draw on.</summary>
    public PixelRect Data { get; init; }

    /// <summary>The width of its column, in whose middle a panel of equal scales may be narrower.</summary>
    public float Slot { get; init; }

    /// <summary>The horizontal axis; null in a diagram.</summary>
    public Scale? X { get; init; }

    /// <summary>The vertical axis; null in a diagram.</summary>
    public Scale? Y { get; init; }

    /// <summary>Whether the numbers of the horizontal axis stand here, not at a panel below that shares it.</summary>
    public bool ShowsX { get; init; }

    /// <summary>Whether the numbers of the vertical axis stand here, not at a panel beside that shares it.</summary>
    public bool ShowsY { get; init; }

    /// <summary>Along the horizontal axis.</summary>
    public IReadOnlyList<Tick> XTicks { get; init; } = [];

    /// <summary>Along the vertical axis.</summary>
    public IReadOnlyList<Tick> YTicks { get; init; } = [];

    /// <summary>Whether strokes and marks have to be finer here.</summary>
    public bool IsSmall => Data.Width < 220f;

    /// <summary>The axes as the figure names them; null in a diagram.</summary>
    public (Axis X, Axis Y)? Axes => AxesOf(Panel);

    /// <summary>Whether the axes have a place for a point, be it outside their ends.</summary>
    public bool Holds(DataPoint point)
        => double.IsFinite(X!.Position(point.X)) && double.IsFinite(Y!.Position(point.Y));

    /// <summary>The axes of a panel that has some.</summary>
    public static (Axis X, Axis Y)? AxesOf(Panel panel) => panel switch
    {
        Chart chart => (chart.X, chart.Y),
        HeatMap map => (map.X, map.Y),
        RegionMap map => (map.X, map.Y),
        _ => null,
    };
}
