using LatchLab.Reporting.Drawing;
using ScottPlot;
using Xunit;

namespace LatchLab.Tests.Reporting;

public sealed class ClippingTests
{
    // For axes from 0 to 1, the clip window extends from −1 to 2.
    private static readonly ClipRegion Window = new(new(0.0, 1.0, false), new(0.0, 1.0, false));

    [Fact]
    public void A_line_inside_is_unchanged() => AssertPieces([(0, 0), (2, 1), (0, 0)], [[(0, 0), (2, 1), (0, 0)]]);

    [Fact]
    public void A_closed_line_ends_where_it_began()
        => AssertPieces([(0, 0), (1, 0), (1, 1)], [[(0, 0), (1, 0), (1, 1), (0, 0)]], closed: true);

    [Fact]
    public void A_line_that_leaves_and_returns_is_cut_at_the_border()
        => AssertPieces([(0, 0), (4, 4), (4, 0), (0, 0)], [[(0, 0), (2, 2)], [(2, 0), (0, 0)]]);

    [Fact]
    public void A_line_through_the_window_is_cut_at_both_ends()
        => AssertPieces([(-5, 0.5), (9, 0.5)], [[(-1, 0.5), (2, 0.5)]]);

    [Fact]
    public void A_line_outside_the_window_is_omitted()
        => AssertPieces([(-5, 3), (9, 3), (9, -9), (2.5, -9), (2.5, 9)], []);

    [Theory]
    [InlineData(0.5, 0.5, 1.0, true)]
    [InlineData(0.5, 0.5, 2.2, false)] // around the window, whose corners are 2.12 from its center
    [InlineData(9.0, 0.5, 1.0, false)] // beside it
    [InlineData(9.0, 0.5, 8.0, true)] // reaches into it
    [InlineData(0.5, 0.5, 0.0, false)]
    [InlineData(1e9, 0.5, 1e9, false)] // practically a straight line
    public void A_circle_is_drawn_if_its_outline_may_be_visible(double x, double y, double radius, bool drawn)
        => Assert.Equal(drawn,
            Window.IntersectsOutline(new CoordinateRect(x - radius, x + radius, y - radius, y + radius)));

    private static void AssertPieces((double, double)[] line, (double, double)[][] expected, bool closed = false)
        => Assert.Equal(expected, Window.ClipPolyline([.. line.Select(ToCoordinates)], closed)
            .Select(piece => piece.Select(place => (place.X, place.Y)).ToArray()));

    private static Coordinates ToCoordinates((double X, double Y) place) => new(place.X, place.Y);
}
