using LatchLab.Figures;
using ScottPlot;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The markers of series: filled in their colour, or outlined and filled with the background, so that the lines beneath
/// do not show through. The sizes are chosen so that different shapes appear equally large.
/// </summary>
internal static class MarkerStyles
{
    private static readonly Marker[] ByColour =
        [Marker.Disc, Marker.FilledSquare, Marker.FilledTriangle, Marker.FilledDiamond];

    /// <summary>
    /// The marker of a series. By default, a curve's marker depends on its colour, so that curves differ in shape, too;
    /// the default of other series is a disc.
    /// </summary>
    public static Marker GetMark(Series series)
        => series.Marker ?? (series.Kind == SeriesKind.Curve
            ? ByColour[(int)((uint)series.Colour % (uint)ByColour.Length)]
            : Marker.Disc);

    /// <summary>Creates the ScottPlot style of a marker.</summary>
    public static MarkerStyle Create(Marker mark, float size, Color colour, Color background)
    {
        var (shape, sizeFactor) = mark switch
        {
            Marker.FilledSquare => (MarkerShape.FilledSquare, 0.88f),
            Marker.FilledTriangle => (MarkerShape.FilledTriangleUp, 1.2f),
            Marker.FilledDiamond => (MarkerShape.FilledDiamond, 1.2f),
            Marker.Circle => (MarkerShape.FilledCircle, 0.95f),
            Marker.Square => (MarkerShape.FilledSquare, 0.84f),
            Marker.TriangleUp => (MarkerShape.FilledTriangleUp, 1.12f),
            Marker.TriangleDown => (MarkerShape.FilledTriangleDown, 1.12f),
            Marker.Cross => (MarkerShape.Eks, 0.95f),
            _ => (MarkerShape.FilledCircle, 1f),
        };
        PathMarker? renderer = mark switch
        {
            Marker.FilledTriangle or Marker.TriangleUp => PathMarker.TriangleUp,
            Marker.TriangleDown => PathMarker.TriangleDown,
            Marker.FilledDiamond => PathMarker.Diamond,
            Marker.Cross => PathMarker.Cross,
            _ => null,
        };
        float outline = size / 5f;
        return mark switch
        {
            Marker.Cross => new MarkerStyle(shape, size * sizeFactor, colour)
            {
                LineColor = colour,
                LineWidth = outline,
                CustomRenderer = renderer,
            },
            Marker.Circle or Marker.Square or Marker.TriangleUp or Marker.TriangleDown
                => new MarkerStyle(shape, size * sizeFactor, background)
                {
                    OutlineColor = colour,
                    OutlineWidth = outline,
                    CustomRenderer = renderer,
                },
            _ => new MarkerStyle(shape, size * sizeFactor, colour)
            {
                OutlineWidth = 0f,
                LineWidth = 0f,
                CustomRenderer = renderer,
            },
        };
    }
}
