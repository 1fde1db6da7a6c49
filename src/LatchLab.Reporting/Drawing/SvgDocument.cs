using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LatchLab.Figures;
using LatchLab.Reporting.Fonts;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// Post-processes the SVG of the Skia canvas for print and web pages: makes it scalable, adds a title for
/// accessibility, makes its ids unique, rounds coordinates to a hundredth of a pixel, and keeps text as text in the
/// embedded font.
/// </summary>
internal sealed partial class SvgDocument
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace Link = "http://www.w3.org/1999/xlink";

    private const double SecondsPerFrame = 0.25;
    private const double SecondsAtEnds = 1.0; // of the first and the last frame

    private readonly XElement _root;
    private readonly Figure _figure;
    private readonly Theme _theme;

    /// <summary>Loads the SVG that the canvas wrote for a figure in a theme.</summary>
    /// <param name="svg">The SVG.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="theme">The theme.</param>
    /// <param name="framePrefix">What distinguishes the ids of a frame of an animation; empty for a still.</param>
    public SvgDocument(byte[] svg, Figure figure, Theme theme, string framePrefix = "")
    {
        (_figure, _theme) = (figure, theme);
        using var stream = new MemoryStream(svg);
        _root = XElement.Load(stream);
        string prefix = $"{figure.Id}-{theme.Name}-";
        RenumberIds(prefix + framePrefix);
        foreach (var element in _root.DescendantsAndSelf().ToList())
            NormalizeAttributes(element);
        MergeClipPaths();
        MergeStrokes();

        string width = (string)_root.Attribute("width")!;
        string height = (string)_root.Attribute("height")!;
        _root.SetAttributeValue("viewBox", $"0 0 {width} {height}");
        _root.SetAttributeValue(XNamespace.Xml + "space", "preserve");
        _root.SetAttributeValue("role", "img");
        _root.SetAttributeValue("aria-labelledby", $"{prefix}title");
        _root.SetAttributeValue(
            "font-family", $"'{FigureFont.Family}','DejaVu Sans Condensed','DejaVu Sans',sans-serif");
        _root.AddFirst(new XElement(Svg + "title", new XAttribute("id", $"{prefix}title"), figure.Title));
    }

    /// <summary>
    /// Turns this document into an animation of drawings of the same size, of which it is the first. It needs no
    /// script; where animations are reduced, not supported or printed, it shows the first.
    /// </summary>
    public void Animate(IReadOnlyList<SvgDocument> frames)
    {
        string name = $"{_figure.Id}-{_theme.Name}-frame";
        double seconds = (2.0 * SecondsAtEnds) + ((frames.Count - 2) * SecondsPerFrame);
        string GetStyle(int i)
        {
            string end = i == 0 || i == frames.Count - 1 ? $"animation-name:{name}-end;" : "";
            double delay = i == 0 ? 0.0 : SecondsAtEnds + ((i - 1) * SecondsPerFrame);
            return FormattableString.Invariant($"{end}animation-delay:{delay:0.###}s") +
                (i == 0 ? ";visibility:visible" : "");
        }

        static string Hide(string keyframes, double percent)
            => FormattableString.Invariant(
                $"@keyframes {keyframes} {{ 0% {{ visibility:visible }} {percent:0.####}% {{ visibility:hidden }} }}");

        XElement[] groups =
        [
            .. frames.Select((frame, i) => new XElement(
                Svg + "g",
                new XAttribute("class", name),
                new XAttribute("style", GetStyle(i)),
                frame._root.Elements().Where(element => element.Name != Svg + "title"))),
        ];
        _root.Elements().Where(element => element.Name != Svg + "title").ToList().ForEach(element => element.Remove());
        _root.Add(new XElement(Svg + "style", FormattableString.Invariant($$"""
            .{{name}} { visibility:hidden; animation:{{name}} {{seconds:0.###}}s step-end infinite }
            {{Hide(name, 100.0 * SecondsPerFrame / seconds)}}
            {{Hide($"{name}-end", 100.0 * SecondsAtEnds / seconds)}}
            @media (prefers-reduced-motion:reduce), print { .{{name}} { animation:none !important } }
            """)));
        _root.Add(groups);
    }

    /// <summary>
    /// Returns the text of an SVG file with the embedded font. A browser scales it to the window; programs without
    /// style sheets use its width and height.
    /// </summary>
    public string ToStandaloneFile()
    {
        var alone = new XElement(_root);
        alone.Elements(Svg + "title").First().AddAfterSelf(new XElement(
            Svg + "style",
            $"{FigureFont.FontFaceRule}\nsvg:root {{ width:100%; height:100%; background:{_theme.Background} }}"));
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + Serialize(alone) + "\n";
    }

    /// <summary>Returns an element for a page that declares the font.</summary>
    public string ToInlineElement()
    {
        var inline = new XElement(_root);
        inline.SetAttributeValue("id", FigureRenderer.GetInlineId(_figure, _theme));
        return Serialize(inline);
    }

    // Skia numbers its ids across the process; these are renumbered within the figure.
    private void RenumberIds(string prefix)
    {
        var names = new Dictionary<string, string>();
        foreach (var id in _root.Descendants().Attributes("id"))
        {
            names.Add(id.Value, $"{prefix}{names.Count + 1}");
            id.Value = names[id.Value];
        }

        foreach (var attribute in _root.Descendants().Attributes())
        {
            if (attribute.Name.LocalName == "href" && attribute.Value.StartsWith('#'))
                attribute.Value = $"#{names[attribute.Value[1..]]}";
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
                attribute.Value = $"url(#{names[attribute.Value[5..^1]]})";
        }
    }

    private static void NormalizeAttributes(XElement element)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).ToList())
        {
            string value = attribute.Value;
            switch (attribute.Name.LocalName)
            {
                case "font-family":
                case "stroke-miterlimit" when value == "4":
                    attribute.Remove();
                    break;
                case "x" or "y" or "cx" or "cy" or "rx" or "ry" or "width" or "height":
                case "d" or "points" or "stroke-width" or "fill-opacity" or "stroke-opacity":
                    attribute.Value = LongNumberPattern().Replace(value, number => Round(number, "0.##")).TrimEnd(',',
                        ' ');
                    break;
                case "transform":
                    // A scale factor multiplies lengths, and so does its rounding error: it keeps more digits.
                    attribute.Value = LongNumberPattern().Replace(value, number => Round(number, "0.#####"));
                    break;
            }
        }

        if (element.Name == Svg + "text")
            element.Value = element.Value.Trim();

        // Skia disables smoothing when it paints; in SVG the image element needs a style for it.
        if (element.Name == Svg + "image")
            element.SetAttributeValue("style", "image-rendering:pixelated");
    }

    // Each part of a panel defines the same clip path; all of them are redirected to the first.
    private void MergeClipPaths()
    {
        var clips = _root.Descendants(Svg + "clipPath").ToList();
        var first = new Dictionary<string, string>();
        var names = new Dictionary<string, string>();
        foreach (var clip in clips)
        {
            string shape = string.Concat(clip.Elements());
            string id = (string)clip.Attribute("id")!;
            if (!first.TryAdd(shape, id))
                clip.Remove();
            names.Add($"url(#{id})", $"url(#{first[shape]})");
        }

        foreach (var attribute in _root.Descendants().Attributes("clip-path"))
            attribute.Value = names[attribute.Value];
    }

    // Strokes with equal attributes, such as the ticks of an axis, are merged into one path if only text and other
    // strokes are between them.
    private void MergeStrokes()
    {
        var openPaths = new Dictionary<string, XElement>();
        foreach (var element in _root.Elements().ToList())
        {
            bool isStroke = element.Name == Svg + "path" && (string?)element.Attribute("fill") == "none";
            if (!isStroke && element.Name != Svg + "text")
                openPaths.Clear();
            if (!isStroke)
                continue;

            string attributes = string.Join(' ', element.Attributes().Where(attribute => attribute.Name != "d"));
            if (openPaths.TryGetValue(attributes, out var before))
            {
                before.SetAttributeValue("d", (string)before.Attribute("d")! + (string)element.Attribute("d")!);
                element.Remove();
            }
            else
            {
                openPaths.Add(attributes, element);
            }
        }
    }

    private static string Round(Match number, string format)
        => double.Parse(number.Value, CultureInfo.InvariantCulture).ToString(format, CultureInfo.InvariantCulture);

    private static string Serialize(XElement element)
    {
        var text = new StringBuilder(element.ToString(SaveOptions.DisableFormatting));
        return text.Replace("\r\n", "\n").Replace($" xmlns:xlink=\"{Link}\" xmlns:xlink", " xmlns:xlink").ToString();
    }

    [GeneratedRegex(@"-?\d*\.\d{3,}(?:[eE][-+]?\d+)?|-?\d+(?:\.\d+)?[eE][-+]?\d+")]
    private static partial Regex LongNumberPattern();
}
