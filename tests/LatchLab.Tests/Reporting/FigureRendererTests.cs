using System.Buffers.Binary;
using System.Globalization;
using System.Xml.Linq;
using LatchLab.Figures;
using LatchLab.Reporting.Drawing;
using LatchLab.Reporting.Fonts;
using Xunit;

namespace LatchLab.Tests.Reporting;

public sealed class FigureRendererTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly string[] Characters =
    [
        "w₀", "h*", "tanh", "x̄", "η ≤ 1", "—", "−1", "½", "·", "σ²", "aₜ₋₁", "Σ", "μ", "∂", "→", "×", "10⁻¹²", "≥",
        "±", "∞", "θ", "′", "…", "“”", "é", "₁₂", "ᵢⱼ", "√", "≈", "ρ",
    ];

    public static TheoryData<string, string> EveryFigureInEveryTheme()
        => new(from figure in SampleReports.Figures from theme in Theme.All select (figure.Id, theme.Name));

    [Theory]
    [MemberData(nameof(EveryFigureInEveryTheme))]
    public void The_same_figure_gives_the_same_bytes_in_every_culture(string id, string themeName)
    {
        var (figure, theme) = Find(id, themeName);
        var before = CultureInfo.CurrentCulture;
        string svg = FigureRenderer.RenderSvg(figure, theme);
        byte[] png = FigureRenderer.RenderPng(figure, theme);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal(svg, FigureRenderer.RenderSvg(figure, theme));
            Assert.Equal(png, FigureRenderer.RenderPng(figure, theme));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(EveryFigureInEveryTheme))]
    public void Every_label_of_a_figure_is_text_in_its_drawing(string id, string themeName)
    {
        var (figure, theme) = Find(id, themeName);
        var texts = XElement.Parse(FigureRenderer.RenderInlineSvg(figure, theme))
            .Descendants(Svg + "text").Select(text => text.Value).ToList();
        Assert.All(Labels(figure), label => Assert.Contains(label, texts));
    }

    [Theory]
    [MemberData(nameof(EveryFigureInEveryTheme))]
    public void A_standalone_drawing_embeds_its_font_and_has_no_external_references(string id, string themeName)
    {
        var (figure, theme) = Find(id, themeName);
        var root = XDocument.Parse(FigureRenderer.RenderSvg(figure, theme)).Root!;
        Assert.Contains("@font-face", root.Element(Svg + "style")!.Value, StringComparison.Ordinal);
        Assert.All(
            root.Descendants().Attributes().Where(attribute => attribute.Name.LocalName == "href"),
            reference => Assert.Matches("^(data:image/png;base64,|#)", reference.Value));
    }

    [Theory]
    [MemberData(nameof(EveryFigureInEveryTheme))]
    public void Ids_are_unique_per_figure_and_theme_and_each_reference_resolves(string id, string themeName)
    {
        var (figure, theme) = Find(id, themeName);
        var root = XElement.Parse(FigureRenderer.RenderInlineSvg(figure, theme));
        var ids = root.Descendants().Attributes("id").Select(attribute => attribute.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, name => Assert.StartsWith($"{id}-{themeName}-", name, StringComparison.Ordinal));

        var references = root.DescendantsAndSelf().Attributes()
            .Where(attribute => attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
            .Select(attribute => attribute.Value[5..^1])
            .Append((string)root.Attribute("aria-labelledby")!);
        Assert.All(references, reference => Assert.Contains(reference, ids));
    }

    [Theory]
    [MemberData(nameof(EveryFigureInEveryTheme))]
    public void A_raster_image_is_twice_as_large_as_its_drawing(string id, string themeName)
    {
        var (figure, theme) = Find(id, themeName);
        var root = XElement.Parse(FigureRenderer.RenderInlineSvg(figure, theme));
        byte[] png = FigureRenderer.RenderPng(figure, theme);
        Assert.Equal((int)root.Attribute("width")! * 2, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal((int)root.Attribute("height")! * 2, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public void All_text_lies_within_the_drawing()
    {
        foreach (var figure in SampleReports.Figures)
        {
            var root = XElement.Parse(FigureRenderer.RenderInlineSvg(figure, Theme.Light));
            double width = (double)root.Attribute("width")!;
            double height = (double)root.Attribute("height")!;
            Assert.All(root.Descendants(Svg + "text"), text =>
            {
                double[] numbers = Numbers((string)text.Attribute("transform")!);
                Assert.InRange(numbers.Length == 6 ? numbers[4] : numbers[0], 0.0, width);
                Assert.InRange(numbers.Length == 6 ? numbers[5] : numbers[1], 0.0, height);
            });
        }
    }

    [Fact]
    public void The_font_contains_every_character_that_figures_use()
        => Assert.All(
            Characters,
            text => Assert.True(text.EnumerateRunes().All(rune => FigureFont.Typeface.GetGlyph(rune.Value) != 0),
                text));

    [Fact]
    public void Equal_axes_have_tick_labels_once_and_a_title_once()
    {
        var texts = XElement.Parse(FigureRenderer.RenderInlineSvg(SampleReports.Chart, Theme.Light))
            .Descendants(Svg + "text").Select(text => text.Value).ToList();
        Assert.Single(texts, "frequency");
        Assert.Single(texts, "length T");
        Assert.Single(texts, "0.4");
        Assert.Equal(2, texts.Count(text => text == "100"));
        Assert.Single(texts, "descent");
    }

    [Fact]
    public void The_cells_of_a_heat_map_fill_its_axes_exactly()
    {
        var root = XElement.Parse(FigureRenderer.RenderInlineSvg(SampleReports.HeatMap, Theme.Light));
        var axes = root.Descendants(Svg + "clipPath").Single().Element(Svg + "rect")!;
        var picture = root.Descendants(Svg + "image").Single();
        double[] matrix = Numbers((string)root.Descendants(Svg + "use").Single().Attribute("transform")!);
        Assert.Equal(3, (int)picture.Attribute("width")!);
        Assert.Equal((double)axes.Attribute("x")!, matrix[4], tolerance: 0.011);
        Assert.Equal((double)axes.Attribute("y")!, matrix[5], tolerance: 0.011);
        Assert.Equal((double)axes.Attribute("width")!, 3 * matrix[0], tolerance: 0.011);
        Assert.Equal((double)axes.Attribute("height")!, 3 * matrix[3], tolerance: 0.011);
    }

    [Fact]
    public void A_heat_map_of_a_single_cell_is_drawn()
    {
        var map = (HeatMap)SampleReports.HeatMap.Panels[0] with { XValues = [1.0], YValues = [0.2], Values = [[0.5]] };
        string svg = FigureRenderer.RenderInlineSvg(SampleReports.HeatMap with { Panels = [map] }, Theme.Light);
        Assert.DoesNotContain("NaN", svg, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<image", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_without_panels_is_rejected()
        => Assert.Throws<ArgumentException>(
            () => FigureRenderer.RenderSvg(SampleReports.Chart with { Panels = [] }, Theme.Light));

    private static (Figure Figure, Theme Theme) Find(string id, string theme)
        => (SampleReports.Figures.Single(figure => figure.Id == id), Theme.All.Single(one => one.Name == theme));

    private static double[] Numbers(string transform)
        => [.. transform[(transform.IndexOf('(') + 1)..].Split(')')[0].Split(' ', ',')
            .Where(part => part.Length > 0).Select(part => double.Parse(part, CultureInfo.InvariantCulture))];

    private static IEnumerable<string> Labels(Figure figure) => figure.Panels
        .SelectMany<Panel, string>(panel => panel switch
        {
            Chart chart => [panel.Title, chart.X.Label, chart.Y.Label, .. chart.Series.Select(series => series.Name)],
            HeatMap map => [panel.Title, map.X.Label, map.Y.Label, map.ValueLabel],
            RegionMap map =>
            [
                panel.Title, map.X.Label, map.Y.HasTickLabels ? map.Y.Label : "",
                .. map.Regions.SelectMany(region => new[] { region.Name, region.CoreName }),
                .. map.Overlays.Select(series => series.Name),
            ],
            Diagram diagram =>
            [
                panel.Title, .. diagram.Nodes.Select(node => node.Label),
                .. diagram.Arrows.Select(arrow => arrow.Label), .. diagram.Equations,
            ],
            _ => [],
        })
        .Where(label => label.Length > 0);
}
