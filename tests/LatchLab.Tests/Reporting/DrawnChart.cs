using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LatchLab.Figures;
using LatchLab.Reporting.Drawing;

namespace LatchLab.Tests.Reporting;

/// <summary>
/// A figure with one chart, from 0 to 10 and from 0 to 1, rendered and parsed again to find the positions in its SVG. A
/// layer contains the elements of one kind in a panel, in drawing order.
/// </summary>
internal sealed partial class DrawnChart
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly XElement _root;
    private readonly double _low;
    private readonly double _high;

    public DrawnChart(params Series[] series)
        : this(Chart(series))
    {
    }

    private DrawnChart(Chart chart)
    {
        Text = FigureRenderer.RenderInlineSvg(Figure(chart), Theme.Light);
        _root = XElement.Parse(Text);
        (Left, Top, Right, Bottom) = Area(_root.Descendants(Svg + "clipPath").Single());

        // The axis margins: see AxisScale.Margin and, above arrows, SharedAxes.ArrowMargin.
        bool arrows = chart.Series.Any(series => series.Points.Any(point => point.IsCensored));
        (_low, _high) = (-0.035, arrows ? 1.12 : 1.035);
    }

    public string Text { get; }

    public double Left { get; }

    public double Top { get; }

    public double Right { get; }

    public double Bottom { get; }

    public IReadOnlyList<XElement> Layers => [.. _root.Elements(Svg + "g")];

    /// <summary>The elements below the panel, without text.</summary>
    public IReadOnlyList<XElement> Legend
        => [.. _root.Elements().Reverse().TakeWhile(part => part.Name != Svg + "g").Reverse()
            .Where(part => part.Name != Svg + "text")];

    public IReadOnlyList<string> Texts => [.. _root.Elements(Svg + "text").Select(text => text.Value)];

    public IReadOnlyList<(double From, double To)> Bars => [.. Layers.SelectMany(BarsOf)];

    public IEnumerable<double> LineXs => Lines.Select(point => point.X);

    public IEnumerable<double> LineHeights => Lines.Select(point => point.Y);

    private IEnumerable<(double X, double Y)> Lines => Layers.Elements(Svg + "path")
        .Where(path => (string?)path.Attribute("stroke-width") == "1.8")
        .SelectMany(path => Places().Matches((string)path.Attribute("d")!))
        .Select(place => (Number(place.Groups[2]), Number(place.Groups[3])));

    public static DrawnChart Of(Chart chart) => new(chart);

    public static Chart Chart(params Series[] series)
        => new("", new Axis("x", 0, 10), new Axis("y", 0, 1), series);

    public static Figure Figure(Chart chart) => new("drawn", "A chart", "", [chart], 1, new Table(["x"], []));

    public static (double Left, double Top, double Right, double Bottom) Area(XElement clip)
    {
        var area = clip.Element(Svg + "rect")!;
        var (x, y) = ((double)area.Attribute("x")!, (double)area.Attribute("y")!);
        return (x, y, x + (double)area.Attribute("width")!, y + (double)area.Attribute("height")!);
    }

    /// <summary>The intervals of a layer without their end strokes: half-transparent, thin, vertical.</summary>
    public static IEnumerable<(double From, double To)> BarsOf(XElement layer) => layer.Elements(Svg + "path")
        .Where(path => path.Attribute("stroke-opacity") is not null)
        .SelectMany(Segments)
        .Where(segment => segment.FromX == segment.ToX)
        .Select(segment => (segment.FromY, segment.ToY));

    /// <summary>The number of arrows in a layer: a stem and a head with three points each.</summary>
    public static int ArrowsOf(XElement layer)
        => layer.Elements(Svg + "path").Sum(path => Arrow().Count(Moves().Replace((string)path.Attribute("d")!, "")));

    /// <summary>The line segments of a stroke that consist of two points.</summary>
    public static IEnumerable<(double FromX, double FromY, double ToX, double ToY)> Segments(XElement path)
    {
        var places = Places().Matches((string)path.Attribute("d")!);
        return places.Zip(places.Skip(1))
            .Where(pair => pair.First.Groups[1].Value == "M" && pair.Second.Groups[1].Value == "L")
            .Select(pair => (
                Number(pair.First.Groups[2]), Number(pair.First.Groups[3]),
                Number(pair.Second.Groups[2]), Number(pair.Second.Groups[3])));
    }

    /// <summary>The vertical position of a value.</summary>
    public double Y(double value) => Bottom - ((value - _low) / (_high - _low) * (Bottom - Top));

    /// <summary>The value at a vertical position.</summary>
    public double Value(double y) => _low + ((Bottom - y) / (Bottom - Top) * (_high - _low));

    private static double Number(Capture text) => double.Parse(text.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"([ML])(-?[\d.]+)[ ,](-?[\d.]+)")]
    private static partial Regex Places();

    [GeneratedRegex("[^ML]")]
    private static partial Regex Moves();

    [GeneratedRegex("MLMLL")]
    private static partial Regex Arrow();
}
