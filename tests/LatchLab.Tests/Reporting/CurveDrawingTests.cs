using System.Xml.Linq;
using LatchLab.Figures;
using LatchLab.Reporting.Drawing;
using Xunit;

namespace LatchLab.Tests.Reporting;

/// <summary>Markers, intervals, censored points and levels, parsed from the SVG.</summary>
public sealed class CurveDrawingTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    private static readonly DataPoint[] Points = [new(1, 0.2, 0.1, 0.4), new(4, 0.5, 0.3, 0.6), new(9, 0.9, 0.8, 1)];

    public static TheoryData<Marker> EveryMark() => new(Enum.GetValues<Marker>());

    [Theory]
    [MemberData(nameof(EveryMark))]
    public void A_marker_is_drawn_at_each_point_and_in_the_legend(Marker mark)
    {
        var drawn = new DrawnChart(Curve(Points) with { Marker = mark });
        var marks = drawn.Layers[^1].Elements().Select(Describe).ToList();
        int strokes = marks.Count / Points.Length;
        Assert.InRange(strokes, 1, 2);
        Assert.Equal(Enumerable.Repeat(marks[..strokes], Points.Length).SelectMany(sign => sign), marks);
        Assert.Equal(marks[..strokes], drawn.Legend.TakeLast(strokes).Select(Describe));
    }

    [Fact]
    public void All_markers_differ()
    {
        var drawings = Enum.GetValues<Marker>().Select(mark => Svg(Curve(Points) with { Marker = mark })).ToList();
        Assert.Equal(drawings.Count, drawings.Distinct().Count());
    }

    [Fact]
    public void The_default_marker_depends_on_the_colour()
    {
        var square = Curve(Points) with { Colour = 1 };
        Assert.Equal(Svg(square), Svg(square with { Marker = Marker.FilledSquare }));
    }

    [Fact]
    public void A_grey_series_has_the_colour_of_the_axes()
        => Assert.All(Theme.All, theme => Assert.Equal(theme.Muted, theme.GetSeriesColour(Series.Grey)));

    [Fact]
    public void Each_interval_is_drawn_from_end_to_end()
    {
        var drawn = new DrawnChart(Curve(Points));
        Assert.Equal(
            Points.Select(point => (drawn.Y(point.Lower), drawn.Y(point.Upper))), drawn.Bars, Near);
    }

    [Fact]
    public void Every_point_of_a_full_figure_has_its_interval_and_every_censored_one_its_arrow()
    {
        var figure = SampleComparison.Figure;
        var root = XElement.Parse(FigureRenderer.RenderInlineSvg(figure, Theme.Dark));
        var layers = root.Elements(DrawnChart.Svg + "g").ToList();
        var curves = figure.Panels.Cast<Chart>().SelectMany(chart => chart.Series)
            .Where(series => series.Kind == SeriesKind.Curve)
            .ToList();
        var points = curves.SelectMany(series => series.Points).ToList();
        Assert.Equal(points.Count, layers.SelectMany(DrawnChart.BarsOf).Count());
        Assert.Equal(points.Count(point => point.IsCensored), layers.Sum(DrawnChart.ArrowsOf));
    }

    [Fact]
    public void A_censored_point_has_an_arrow_instead_of_a_line_and_of_an_unbounded_interval()
    {
        DataPoint[] points =
            [new(1, 0.2), new(2, 0.3), new(3, 0.5, 0.4, Inf) { IsCensored = true }, new(4, 0.25), new(5, 0.35)];
        var drawn = new DrawnChart(Curve(points));
        Assert.Equal(1, drawn.Layers.Sum(DrawnChart.ArrowsOf));
        Assert.Equal(points.Length, drawn.Layers[^1].Elements().Count());
        Assert.Equal([0.2, 0.3, 0.25, 0.35], drawn.LineHeights.Select(drawn.Value), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.Contains(drawn.Bars, bar => Near(bar, (drawn.Y(0.4), drawn.Y(0.5))));
        Assert.Single(drawn.Texts, "value above the point");
        Assert.DoesNotContain("value above the point", new DrawnChart(Curve(Points)).Texts);
    }

    [Fact]
    public void A_level_crosses_the_whole_panel_and_appears_in_the_legend()
    {
        var drawn = new DrawnChart(Curve(Points), Series.CreateLevel("budget", 0.7),
            Series.CreateLevel("nothing", NaN));
        var dashes = drawn.Layers[0].Elements().SelectMany(DrawnChart.Segments).ToList();
        Assert.All(dashes, dash => Assert.Equal((drawn.Y(0.7), drawn.Y(0.7)), (dash.FromY, dash.ToY), Near));
        Assert.Equal(drawn.Left, dashes.Min(dash => dash.FromX), tolerance: 0.02);
        Assert.InRange(dashes.Max(dash => dash.ToX), drawn.Right - 5.0, drawn.Right + 0.02);
        Assert.Single(drawn.Texts, "budget");
    }

    [Fact]
    public void A_non_finite_point_is_omitted_and_an_unbounded_interval_ends_at_the_border()
    {
        DataPoint[] points =
        [
            new(1, NaN), new(NaN, 0.5), new(2, Inf), new(Inf, 0.5), new(3, NaN, NaN, NaN),
            new(4, 0.5, 0.4, Inf), new(5, 0.5, double.NegativeInfinity, 0.6), new(6, 0.5, NaN, NaN),
        ];
        var drawn = new DrawnChart(Curve(points), Series.CreateLevel("budget", Inf));
        Assert.DoesNotMatch("(?i)nan|infinity|∞", drawn.Text);
        Assert.Equal(3, drawn.Layers[^1].Elements().Count());
        Assert.Equal(
            [(drawn.Y(0.4), drawn.Top), (drawn.Bottom, drawn.Y(0.6)), (drawn.Y(0.5), drawn.Y(0.5))],
            drawn.Bars, Near);
    }

    [Fact]
    public void Points_that_no_axis_can_show_leave_an_empty_chart()
        => Assert.DoesNotMatch(
            "(?i)nan|infinity",
            Svg(Curve([new(NaN, NaN), new(Inf, Inf, -Inf, Inf) { IsCensored = true }, new(-1, -Inf)])));

    [Fact]
    public void Dodged_curves_are_placed_side_by_side_around_their_x_within_the_axes()
    {
        DataPoint[] points = [new(0, 0.5), new(10, 0.5)];
        var series = Enumerable.Range(0, 5).Select(i => Curve(points) with { Name = $"{i}", Colour = i }).ToArray();
        var single = DrawnChart.Of(DrawnChart.Chart(series[..1]) with { IsDodged = true }).LineXs.ToList();
        var drawn = DrawnChart.Of(DrawnChart.Chart(series) with { IsDodged = true });
        var xs = drawn.LineXs.Chunk(2).ToList(); // the last series is drawn first
        Assert.Equal(xs.OrderByDescending(pair => pair[0]), xs);
        Assert.Equal(single[0], xs.Average(pair => pair[0]), tolerance: 0.02);
        Assert.Equal(single[1], xs.Average(pair => pair[1]), tolerance: 0.02);
        Assert.InRange(xs[0][0] - xs[1][0], 2.0, 5.0);
        Assert.All(drawn.LineXs, x => Assert.InRange(x, drawn.Left + 3.0, drawn.Right - 3.0));
    }

    [Fact]
    public void Dodging_is_limited_by_the_distance_to_the_next_x()
    {
        DataPoint[] points = [new(0, 0.5), new(0.1, 0.5), new(10, 0.5)];
        var series = Enumerable.Range(0, 5).Select(i => Curve(points) with { Name = $"{i}", Colour = i }).ToArray();
        var drawn = DrawnChart.Of(DrawnChart.Chart(series) with { IsDodged = true });
        var xs = drawn.LineXs.Chunk(3).ToList();
        Assert.True(xs.Max(three => three[0]) < xs.Min(three => three[1]));
        Assert.InRange(xs[0][2] - xs[1][2], 2.0, 5.0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Twelve_short_panels_do_not_overlap_above_one_legend(int columns)
    {
        var panels = SampleComparison.Figure.Panels;
        var figure = SampleComparison.Figure with { Panels = [.. panels, .. panels], Columns = columns };
        var root = XElement.Parse(FigureRenderer.RenderInlineSvg(figure, Theme.Light));
        var areas = root.Descendants(DrawnChart.Svg + "clipPath").Select(clip => DrawnChart.Area(clip)).ToList();
        Assert.Equal(12, areas.Count);
        Assert.All(areas, area => Assert.True(area.Right - area.Left > 80.0 && area.Bottom - area.Top > 60.0));
        Assert.All(areas, one => Assert.All(areas.Where(other => other != one), other => Assert.True(
            one.Right <= other.Left || other.Right <= one.Left || one.Bottom <= other.Top || other.Bottom <= one.Top)));
        Assert.Single(root.Descendants(DrawnChart.Svg + "text"), text => text.Value == "back-propagation");
    }

    private static Series Curve(IReadOnlyList<DataPoint> points) => new("curve", SeriesKind.Curve, points, 0);

    private static string Svg(params Series[] series)
        => FigureRenderer.RenderInlineSvg(DrawnChart.Figure(DrawnChart.Chart(series)), Theme.Light);

    // The position-independent description of a marker: shape, colours and outline commands.
    private static string Describe(XElement mark) => string.Join(
        ' ', mark.Name.LocalName, (string?)mark.Attribute("fill"), (string?)mark.Attribute("stroke"),
        string.Concat(((string?)mark.Attribute("d") ?? "").Where(char.IsLetter)));

    private static bool Near((double, double) a, (double, double) b)
        => Math.Abs(a.Item1 - b.Item1) < 0.02 && Math.Abs(a.Item2 - b.Item2) < 0.02;
}
