using System.Xml.Linq;
using LatchLab.Figures;
using LatchLab.Reporting.Drawing;
using Xunit;

namespace LatchLab.Tests.Reporting;

/// <summary>A figure is drawn whatever its data are: none, a single point, infinite or not a number.</summary>
public sealed class DegenerateFigureTests
{
    private static readonly double[][] Values =
    [
        [], [0.5], [double.NaN], [double.PositiveInfinity], [double.NegativeInfinity, 1.0, double.NaN], [0.0, 0.0],
        [1e300, -1e300], [5e-324, 1e-300], [-1.0, -2.0],
    ];

    private static readonly bool[] Both = [false, true];

    public static TheoryData<SeriesKind, bool, bool> Charts
        => new(from kind in Enum.GetValues<SeriesKind>()
               from isLogarithmic in Both
               from hasLimits in Both
               select (kind, isLogarithmic, hasLimits));

    [Theory]
    [MemberData(nameof(Charts))]
    public void A_chart_of_any_values_is_drawn(SeriesKind kind, bool isLogarithmic, bool hasLimits)
    {
        SlowTests.SkipUnlessRequested();
        foreach (double[] values in Values)
        {
            Axis axis = hasLimits ? new("a", 0.1, 1.0, isLogarithmic) : new("a", IsLogarithmic: isLogarithmic);
            Series series = new("s", kind, [.. values.Select((value, i) => new DataPoint(i + 1.0, value))], 0);
            Draw(new Chart("", axis, axis, [series]));
            Draw(
                new Chart("", axis, axis,
                    [series with { Points = [.. values.Select(value => new DataPoint(value, 1.0))] }]));
        }

        Draw(new Chart("", new Axis("a"), new Axis("b"), []));
    }

    [Fact]
    public void A_heat_map_of_any_values_is_drawn()
    {
        foreach (double value in (double[])[0.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            Draw(new HeatMap("", new Axis("a"), new Axis("b"), [1.0], [2.0], [[value]], "share"));
            Draw(new HeatMap("", new Axis("a"), new Axis("b"), [1.0, 2.0], [2.0], [[0.5, value]], "share"));
        }
    }

    [Fact]
    public void A_map_whose_cells_are_all_undecided_is_drawn()
        => Draw(new RegionMap("", new Axis("a"), new Axis("b"), [0.0, 1.0], [0.0, 1.0], [],
            [RegionMap.NoRegion], []));

    private static void Draw(Panel panel)
    {
        var figure = new Figure("f", "title", "caption", [panel], 1, new Table(["x"], []));
        string svg = FigureRenderer.RenderSvg(figure, Theme.All[0]);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
    }
}
