using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LatchLab.Figures;
using LatchLab.Reporting.Drawing;
using SkiaSharp;
using Xunit;

namespace LatchLab.Tests.Reporting;

/// <summary>Region maps: cells read from the rendered image, overlays from the SVG.</summary>
public sealed partial class RegionMapTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] EllipseParts = ["cx", "cy", "rx", "ry"];

    public static TheoryData<string> EveryTheme() => new(Theme.All.Select(theme => theme.Name));

    [Theory]
    [MemberData(nameof(EveryTheme))]
    public void Each_cell_has_the_colour_of_its_region_and_shade(string name)
    {
        var theme = Theme.All.Single(one => one.Name == name);
        var map = SampleRegions.Map;
        var drawn = new Drawn(map, theme);
        for (int cell = 0; cell < map.Cells.Count; cell++)
        {
            double x = (cell % SampleRegions.Columns) + 0.5, y = (cell / SampleRegions.Columns) + 0.5;
            var region = map.Cells[cell] == RegionMap.NoRegion ? null : map.Regions[map.Cells[cell]];
            string colour = region is null ? theme.Background : theme.GetRegionColour(region.Colour, map.IsCore[cell]);
            if (region?.Colour != Region.Hatched)
                Assert.Equal(colour, drawn.At(x, y));
        }
    }

    [Fact]
    public void Only_divergent_cells_are_hatched_from_edge_to_edge()
    {
        var drawn = new Drawn(SampleRegions.Map, Theme.Light);
        Assert.Contains(Along(7.02, 7.98), colour => colour == Theme.Light.Background);
        Assert.Contains(Along(7.02, 7.98), colour => colour != Theme.Light.Background);
        Assert.Single(Along(6.02, 6.98).Distinct());
        Assert.Single(Along(0.02, 0.98).Distinct());

        List<string> Along(double from, double to)
            => [.. Enumerable.Range(0, 100).Select(i => drawn.At(from + (i * (to - from) / 99.0), 0.5))];
    }

    [Fact]
    public void Cells_of_unequal_width_end_at_their_edges()
    {
        var drawn = new Drawn(SampleRegions.Band, Theme.Light);

        // The image has 480 pixels from −1 to 1: an edge is off by at most half a pixel, 0.0021. Antialiasing adds one
        // pixel of 1,100.
        (double X, int Colour, bool Core)[] expected =
            [(-0.995, 0, true), (-0.005, 0, true), (0.005, 1, false), (0.245, 1, false), (0.255, 1, true)];
        Assert.All(expected, place
            => Assert.Equal(Theme.Light.GetRegionColour(place.Colour, place.Core), drawn.At(place.X, 0.5)));
    }

    [Fact]
    public void A_logarithmic_axis_spaces_cells_by_their_logarithms()
    {
        var map = SampleRegions.Band with
        {
            X = new Axis("w", IsLogarithmic: true),
            XEdges = [1, 10, 100],
            Cells = [0, 1],
            IsCore = [],
        };
        var drawn = new Drawn(map, Theme.Light);
        Assert.Equal(Theme.Light.GetRegionColour(0, isCore: false), drawn.AtShare(0.49));
        Assert.Equal(Theme.Light.GetRegionColour(1, isCore: false), drawn.AtShare(0.51));
    }

    [Fact]
    public void All_colours_of_cells_differ()
        => Assert.All(Theme.All, theme =>
        {
            var colours = Enumerable.Range(Region.Grey, 9)
                .SelectMany(
                    colour => new[] { theme.GetRegionColour(colour, isCore: false),
                        theme.GetRegionColour(colour, isCore: true) })
                .Append(theme.Background)
                .ToList();
            Assert.Equal(colours.Count, colours.Distinct().Count());
        });

    /// <summary>Contrasts as defined by WCAG 2.</summary>
    [Fact]
    public void The_third_basin_is_visible_on_black_and_lines_are_visible_above_the_cores_of_regions()
    {
        Assert.True(Contrast(Theme.Dark.GetRegionColour(2, isCore: false), Theme.Dark.Background) >= 3.0);
        Assert.All(Theme.All, theme => Assert.All([3, 4, Region.Grey], colour => Assert.True(Contrast(
            theme.GetRegionColour(Series.TextColour, isCore: true),
            theme.GetRegionColour(colour, isCore: colour >= 0)) > 2.4)));

        static double Contrast(string one, string other)
        {
            double[] luminances = [.. new[] { one, other }.Select(Luminance).Order()];
            return (luminances[1] + 0.05) / (luminances[0] + 0.05);
        }

        static double Luminance(string colour)
            => (0.2126 * Channel(colour, 1)) + (0.7152 * Channel(colour, 3)) + (0.0722 * Channel(colour, 5));

        static double Channel(string colour, int at)
        {
            double value = Convert.ToInt32(colour.Substring(at, 2), 16) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    [Fact]
    public void A_ball_on_equal_scales_is_a_circle_at_its_position()
    {
        var drawn = new Drawn(With(Balls(DataPoint.CreateBall(3, 2, 1.5))), Theme.Light);
        double unit = (drawn.Right - drawn.Left) / SampleRegions.Columns;
        Assert.Equal((drawn.Bottom - drawn.Top) / SampleRegions.Rows, unit, tolerance: 0.01);

        var (rim, ball) = (drawn.Ellipses[0], drawn.Ellipses[1]);
        Assert.Equal(Numbers(rim), Numbers(ball));
        Assert.Equal(
            [drawn.Left + (3 * unit), drawn.Bottom - (2 * unit), 1.5 * unit, 1.5 * unit], Numbers(ball),
            (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void A_ball_on_unequal_scales_is_an_ellipse_with_its_diameters()
    {
        var map = With(Balls(DataPoint.CreateBall(3, 2, 1.5))) with { HasEqualScales = false };
        var drawn = new Drawn(map, Theme.Light);
        double[] ball = Numbers(drawn.Ellipses[1]);
        Assert.Equal(1.5 * (drawn.Right - drawn.Left) / SampleRegions.Columns, ball[2], tolerance: 0.02);
        Assert.Equal(1.5 * (drawn.Bottom - drawn.Top) / SampleRegions.Rows, ball[3], tolerance: 0.02);
    }

    [Fact]
    public void A_diverging_orbit_leaves_the_image_and_other_elements_stay()
    {
        DataPoint[] escape = [new(1, 1), new(4, 3), new(-1e30, 1e200), new(-1e300, 1e308), new(Inf, NaN), new(2, 2)];
        DataPoint[] balls = [
            .. Enumerable.Range(-20, 340).Select(power => DataPoint.CreateBall(2, 2, Math.Pow(10, power)))];
        var drawn = new Drawn(
            With(new Series("orbit", SeriesKind.Orbit, escape, 3), Balls([.. balls, .. escape]),
                new Series("image", SeriesKind.Outlines, escape, 3), new Series("dots", SeriesKind.Dots, escape, 3)),
            Theme.Light);
        Assert.DoesNotMatch("(?i)nan|infinity|[0-9]e[+-]", string.Join(" ", drawn.Shapes.Attributes()));
        var places = drawn.Shapes.Attributes("d").SelectMany(Numbers).Concat(drawn.Ellipses.SelectMany(Numbers));
        Assert.All(places, place => Assert.InRange(place, -20_000, 20_000));
    }

    [Fact]
    public void A_path_can_turn_back_and_is_interrupted_by_a_non_finite_point()
    {
        DataPoint[] points = [new(1, 1), new(3, 1), new(2, 2), new(NaN, 2), new(5, 1), new(4, 3)];
        var drawn = new Drawn(With(new Series("path", SeriesKind.Path, points, 3)), Theme.Light);
        Assert.Equal(["MLLML", "MLLML"], drawn.Shapes.Attributes("d").Select(Moves));
    }

    [Fact]
    public void Outlines_are_closed_separately()
    {
        DataPoint[] points = [new(1, 1), new(3, 1), new(2, 2), new(NaN, 2), new(5, 1), new(6, 1), new(6, 3), new(5, 3)];
        var drawn = new Drawn(With(new Series("image", SeriesKind.Outlines, points, 3)), Theme.Light);

        // The canvas writes the closing line to the start point before it closes the path.
        Assert.Equal(["MLLLZMLLLLZ", "MLLLZMLLLLZ"], drawn.Shapes.Attributes("d").Select(Moves));
    }

    [Fact]
    public void Markers_are_drawn_over_lines_in_any_order()
    {
        var orbit = new Series("orbit", SeriesKind.Orbit, [new(1, 1), new(3, 1)], 3);
        var dots = new Series("attractor", SeriesKind.Dots, [new(3, 1)], Series.TextColour);
        Assert.Equal(
            new Drawn(With(orbit, dots), Theme.Light).Shapes.Select(shape => shape.ToString()),
            new Drawn(With(dots, orbit), Theme.Light).Shapes.Select(shape => shape.ToString()));
    }

    [Fact]
    public void The_legend_lists_existing_elements_and_no_core_or_region_without_cells()
    {
        var map = SampleRegions.Map with { Cells = [.. SampleRegions.Map.Cells.Select(_ => 0)], IsCore = [] };
        var texts = new Drawn(map, Theme.Light).Texts;
        Assert.Contains("β(X₁)", texts);
        Assert.DoesNotContain(texts, text => text is "Γ(X₁)" or "β(X₂)" or "undecided" or "divergent");
    }

    [Fact]
    public void A_band_has_no_vertical_tick_labels()
    {
        var texts = new Drawn(SampleRegions.Band, Theme.Light).Texts;
        Assert.DoesNotContain("no numbers", texts);
        Assert.Equal(["band", "activation a"], texts.Where(text => text.Contains('a', StringComparison.Ordinal)));
    }

    [Fact]
    public void Panels_with_equal_scales_share_tick_labels_only_if_they_have_equal_size()
    {
        var map = SampleRegions.Map;
        Assert.Equal(1, Eights(map, map));
        Assert.Equal(2, Eights(map, map with { Y = new Axis("other") }));
        Assert.Equal(2, Eights(map, map with { HasEqualScales = false }));

        // Only at the right end of the horizontal axis.
        static int Eights(params Panel[] panels)
            => XElement.Parse(
                FigureRenderer.RenderInlineSvg(SampleRegions.Of(panels) with { Columns = 1 }, Theme.Light))
                .Elements(Svg + "text").Count(text => text.Value == "8");
    }

    [Fact]
    public void A_million_cells_are_a_small_drawing()
    {
        const int side = 1000;
        double[] edges = [.. Enumerable.Range(0, side + 1).Select(i => i / (double)side)];
        int[] cells = [.. Enumerable.Range(0, side * side).Select(cell => cell % side > cell / side ? 1 : 0)];
        var map = SampleRegions.Map with { XEdges = edges, YEdges = edges, Cells = cells, IsCore = [] };
        Assert.InRange(FigureRenderer.RenderInlineSvg(SampleRegions.Of(map), Theme.Light).Length, 5_000, 50_000);
    }

    [Fact]
    public void A_chart_without_cells_has_paths_without_outlines()
    {
        var drawn = new DrawnChart(new Series("path", SeriesKind.Path, [new(1, 0.5), new(0.5, 1)], 0));
        Assert.Single(drawn.Layers.Elements(Svg + "path"), path => Moves(path.Attribute("d")!) == "ML");
    }

    private static RegionMap With(params Series[] overlays)
        => SampleRegions.Map with
        {
            Regions = [.. SampleRegions.Map.Regions.Take(2)],
            Cells = [.. SampleRegions.Map.Cells.Select(cell => Math.Clamp(cell, 0, 1))],
            Overlays = overlays,
        };

    private static Series Balls(params DataPoint[] points) => new("ball", SeriesKind.Balls, points, Series.TextColour);

    private static double[] Numbers(XElement ellipse)
        => [.. EllipseParts.Select(name => (double?)ellipse.Attribute(name) ?? NaN)];

    private static IEnumerable<double> Numbers(XAttribute path)
        => Number().Matches(path.Value).Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture));

    private static string Moves(XAttribute path) => string.Concat(path.Value.Where(char.IsLetter));

    [GeneratedRegex(@"-?[\d.]+")]
    private static partial Regex Number();

    /// <summary>A figure with one map, and the positions of its elements.</summary>
    private sealed class Drawn
    {
        private readonly SKBitmap _picture;
        private readonly RegionMap _map;
        private readonly XElement _root;

        public Drawn(RegionMap map, Theme theme)
        {
            var figure = SampleRegions.Of(map);
            _map = map;
            _root = XElement.Parse(FigureRenderer.RenderInlineSvg(figure, theme));
            _picture = SKBitmap.Decode(FigureRenderer.RenderPng(figure, theme));
            (Left, Top, Right, Bottom) = DrawnChart.Area(_root.Descendants(Svg + "clipPath").Single());
        }

        public double Left { get; }

        public double Top { get; }

        public double Right { get; }

        public double Bottom { get; }

        /// <summary>The elements drawn in the panel, without the cells.</summary>
        public IReadOnlyList<XElement> Shapes
            => [.. _root.Elements(Svg + "g").Elements().Where(shape => shape.Name != Svg + "use")];

        public IReadOnlyList<XElement> Ellipses => [.. Shapes.Where(shape => shape.Name == Svg + "ellipse")];

        public IReadOnlyList<string> Texts => [.. _root.Elements(Svg + "text").Select(text => text.Value)];

        public string At(double x, double y) => Pixel(
            Left + ((x - _map.XEdges[0]) / (_map.XEdges[^1] - _map.XEdges[0]) * (Right - Left)),
            Bottom - ((y - _map.YEdges[0]) / (_map.YEdges[^1] - _map.YEdges[0]) * (Bottom - Top)));

        public string AtShare(double share) => Pixel(Left + (share * (Right - Left)), (Top + Bottom) / 2.0);

        private string Pixel(double x, double y)
        {
            const int scale = FigureRenderer.PngScale;
            var colour = _picture.GetPixel((int)(x * scale), (int)(y * scale));
            return $"#{colour.Red:X2}{colour.Green:X2}{colour.Blue:X2}";
        }
    }
}
