using System.Text.RegularExpressions;
using System.Xml.Linq;
using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Networks;
using LatchLab.Reporting.Drawing;
using Xunit;

namespace LatchLab.Tests.Diagnosis;

public sealed class BasinAnimationTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Two uncoupled neurons: one attractor for a gain below 1, the four corners above it.</summary>
    private static readonly FullyConnectedDefinition TwoLatches =
        new("tanh", units: 2, input: 0, outputs: [0], weights: [1.0, 0.0, 0.0, 1.0]);

    [Fact]
    public void The_basins_of_two_uncoupled_neurons_are_the_plane_and_then_its_quadrants()
    {
        Figure figure = Create(frames: 3);
        Assert.Equal(
            ["gain = 0.5", "gain = 1.25", "gain = 2"],
            figure.Frames!.Select(panels => ((RegionMap)panels.Single()).Title));
        Assert.Same(figure.Panels, figure.Frames![0]);
        Assert.Single(((RegionMap)figure.Panels[0]).Cells.Distinct());
        foreach (RegionMap map in figure.Frames.Skip(1).Select(panels => (RegionMap)panels[0]))
        {
            int columns = map.XEdges.Count - 1;
            var quadrants = map.Cells.Index().Select(cell => (
                    X: Center(map.XEdges, cell.Index % columns), Y: Center(map.YEdges, cell.Index / columns),
                    cell.Item))
                .Where(cell => Math.Abs(cell.X) > 1e-9 && Math.Abs(cell.Y) > 1e-9) // the axes are boundaries
                .GroupBy(cell => (cell.X > 0.0, cell.Y > 0.0), cell => cell.Item);
            Assert.Equal(4, quadrants.Select(quadrant => Assert.Single(quadrant.Distinct())).Distinct().Count());
        }
    }

    [Fact]
    public void An_invariant_circle_is_drawn()
    {
        // 1.3 times a rotation by 1 rad
        var rotation = new FullyConnectedDefinition(
            "tanh", units: 2, input: 0, outputs: [0],
            weights: [1.3 * Math.Cos(1.0), -1.3 * Math.Sin(1.0), 1.3 * Math.Sin(1.0), 1.3 * Math.Cos(1.0)]);
        Figure figure = BasinAnimation.Create(
            BifurcationParameter.Find(rotation, null, BifurcationParameter.Gain), 0.5, 1.0, frames: 2,
            new() { Discard = 500 }, cancellation: TestContext.Current.CancellationToken);
        int[] cells = [.. figure.Frames!.Select(panels => (RegionMap)panels[0]).Select(
            map => map.Cells.Count(cell => map.Regions[cell].CoreName == "quasi-periodic or chaotic attractor"))];
        Assert.Equal(0, cells[0]);
        Assert.InRange(cells[1], 100, 1000); // about the length of the circle, in cells
    }

    [Fact]
    public void A_basin_keeps_its_colour()
    {
        RegionMap[] maps = [.. Create(frames: 9).Frames!.Select(panels => (RegionMap)panels[0])];
        int[] corners = [.. maps.Where(map => map.Cells.Distinct().Count() > 2).Select(map => map.Cells[^1])];
        Assert.True(corners.Length >= 4);
        Assert.Single(corners.Distinct());
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
        => Assert.Equal(
            FigureRenderer.RenderSvg(Create(frames: 4), Theme.Light),
            FigureRenderer.RenderSvg(Create(frames: 4, threads: 3), Theme.Light));

    [Fact]
    public void An_animated_picture_shows_each_frame_once_and_its_first_without_motion()
    {
        Figure figure = Create(frames: 4);
        XElement svg = XElement.Parse(FigureRenderer.RenderInlineSvg(figure, Theme.Dark));
        XElement[] frames = [.. svg.Elements(Svg + "g").Where(group => group.Attribute("class") is not null)];
        Assert.Equal(
            [
                "animation-name:basins-dark-frame-end;animation-delay:0s;visibility:visible",
                "animation-delay:1s", "animation-delay:1.25s",
                "animation-name:basins-dark-frame-end;animation-delay:1.5s",
            ],
            frames.Select(frame => (string)frame.Attribute("style")!));
        string[] gains = ["0.5", "1", "1.5", "2"];
        Assert.All(
            frames.Zip(gains),
            pair => Assert.Contains($"gain = {pair.Second}", pair.First.Value, StringComparison.Ordinal));
        string style = svg.Elements(Svg + "style").Single().Value;
        Assert.Contains(
            "visibility:hidden; animation:basins-dark-frame 2.5s step-end infinite", style, StringComparison.Ordinal);
        Assert.Matches(@"-frame \{ 0% \{ visibility:visible \} 10% \{ visibility:hidden \}", style);
        Assert.Matches(@"-frame-end \{ 0% \{ visibility:visible \} 40% \{ visibility:hidden \}", style);
        Assert.Matches(@"prefers-reduced-motion:reduce\), print \{ .basins-dark-frame \{ animation:none", style);
        string[] ids = [.. svg.DescendantsAndSelf().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            Regex.Matches(svg.ToString(), @"(?:url\(#|href=""#)([^)""]+)").Select(match => match.Groups[1].Value),
            id => Assert.Contains(id, ids));
        Assert.DoesNotContain("<script", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_frame_has_the_same_size()
    {
        Figure figure = Create(frames: 3);
        Assert.Single(
            figure.Frames!.Select(panels => FigureRenderer.Measure(figure with { Panels = panels })).Distinct());
    }

    private static Figure Create(int frames, int threads = 1)
        => BasinAnimation.Create(
            BifurcationParameter.Find(TwoLatches, null, BifurcationParameter.Gain), 0.5, 2.0, frames,
            new() { Discard = 500 }, threads);

    private static double Center(IReadOnlyList<double> edges, int cell) => 0.5 * (edges[cell] + edges[cell + 1]);
}
