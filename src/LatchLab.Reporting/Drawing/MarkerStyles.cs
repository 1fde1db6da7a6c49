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

    public static MarkerStyle Create(Marker mark, float size, Color colour, Color background)
    {
        (MarkerShape shape, float sizeFactor, PathMarker? renderer) = mark switch
        {
            Marker.FilledSquare => (MarkerShape.FilledSquare, 0.88f, null),
            Marker.FilledTriangle => (MarkerShape.FilledTriangleUp, 1.2f, PathMarker.TriangleUp),
            Marker.FilledDiamond => (MarkerShape.FilledDiamond, 1.2f, PathMarker.Diamond),
            Marker.Circle => (MarkerShape.FilledCircle, 0.95f, null),
            Marker.Square => (MarkerShape.FilledSquare, 0.84f, null),
            Marker.TriangleUp => (MarkerShape.FilledTriangleUp, 1.12f, PathMarker.TriangleUp),
            Marker.TriangleDown => (MarkerShape.FilledTriangleDown, 1.12f, PathMarker.TriangleDown),
            Marker.Cross => (MarkerShape.Eks, 0.95f, PathMarker.Cross),
            _ => (MarkerShape.FilledCircle, 1f, null),
        };
        bool isOutlined = mark is Marker.Circle or Marker.Square or Marker.TriangleUp or Marker.TriangleDown;
        float lineWidth = size / 5f;
        return new MarkerStyle(shape, size * sizeFactor, isOutlined ? background : colour)
        {
            OutlineColor = colour,
            OutlineWidth = isOutlined ? lineWidth : 0f,
            LineColor = colour,
            LineWidth = mark == Marker.Cross ? lineWidth : 0f,
            CustomRenderer = renderer,
        };
    }
}
