using LatchLab.Experiments.Results;
using ScottPlot;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The marks of series: filled in their colour, or outlines on paper, which hide the lines beneath them so that a
/// square stays a square. Each has the size that makes different shapes look alike.
/// </summary>
internal static class Marks
{
    private static readonly Mark[] ByColour =
        [Mark.Disc, Mark.FilledSquare, Mark.FilledTriangle, Mark.FilledDiamond];

    /// <summary>
    /// The mark of a series; where none is asked for, for curves a second way to tell colours apart, for stems a dot.
    /// </summary>
    public static Mark Of(Series series)
        => series.Mark ?? (series.Kind == SeriesKind.Curve
            ? ByColour[(int)((uint)series.Colour % (uint)ByColour.Length)]
            : Mark.Disc);

    /// <summary>How ScottPlot draws it.</summary>
    public static MarkerStyle Style(Mark mark, float size, Color colour, Color paper)
    {
        var (shape, look) = mark switch
        {
            Mark.FilledSquare => (MarkerShape.FilledSquare, 0.88f),
            Mark.FilledTriangle => (MarkerShape.FilledTriangleUp, 1.2f),
            Mark.FilledDiamond => (MarkerShape.FilledDiamond, 1.2f),
            Mark.Circle => (MarkerShape.FilledCircle, 0.95f),
            Mark.Square => (MarkerShape.FilledSquare, 0.84f),
            Mark.TriangleUp => (MarkerShape.FilledTriangleUp, 1.12f),
            Mark.TriangleDown => (MarkerShape.FilledTriangleDown, 1.12f),
            Mark.Cross => (MarkerShape.Eks, 0.95f),
            _ => (MarkerShape.FilledCircle, 1f),
        };
        PathMark? renderer = mark switch
        {
            Mark.FilledTriangle or Mark.TriangleUp => PathMark.TriangleUp,
            Mark.TriangleDown => PathMark.TriangleDown,
            Mark.FilledDiamond => PathMark.Diamond,
            Mark.Cross => PathMark.Cross,
            _ => null,
        };
        float outline = size / 5f;
        return mark switch
        {
            Mark.Cross => new MarkerStyle(shape, size * look, colour)
            {
                LineColor = colour,
                LineWidth = outline,
                CustomRenderer = renderer,
            },
            Mark.Circle or Mark.Square or Mark.TriangleUp or Mark.TriangleDown
                => new MarkerStyle(shape, size * look, paper)
                {
                    OutlineColor = colour,
                    OutlineWidth = outline,
                    CustomRenderer = renderer,
                },
            _ => new MarkerStyle(shape, size * look, colour)
            {
                OutlineWidth = 0f,
                LineWidth = 0f,
                CustomRenderer = renderer,
            },
        };
    }
}
