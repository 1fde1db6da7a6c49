using System.Text.Json.Serialization;

namespace LatchLab.Figures;

/// <summary>
/// A figure as data: values with their intervals, without styling. The report draws it; the same object provides the
/// picture, the caption and the CSV file.
/// </summary>
/// <param name="Id">File name and option value, for example <c>figure-2b</c>.</param>
/// <param name="Title">One line above the figure.</param>
/// <param name="Caption">Settings, seed and number of trials of the runs.</param>
/// <param name="Panels">The parts, in reading order.</param>
/// <param name="Columns">Number of panels side by side if the page is wide enough.</param>
/// <param name="Data">Every number that is drawn.</param>
public sealed record Figure(
    string Id, string Title, string Caption, IReadOnlyList<Panel> Panels, int Columns, Table Data)
{
    /// <summary>The main observation, computed from the data; empty if the caption is sufficient.</summary>
    public string Remark { get; init; } = "";

    /// <summary>
    /// The panels at successive times, the first of which are <see cref="Panels"/>: an SVG shows one after the other.
    /// All frames have the same axes. Null for a still figure.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<Panel>>? Frames { get; init; }

    /// <summary>What the paper says and what a reader should look at; null if the figure has no guide.</summary>
    public FigureGuide? Guide { get; init; }
}

/// <summary>How to read a figure.</summary>
/// <param name="Quote">The sentence of the paper that it is about; empty for a figure that is not the paper's.</param>
/// <param name="Source">The section of the paper with the sentence.</param>
/// <param name="LookAt">What to look at, in one sentence.</param>
public sealed record FigureGuide(string Quote, string Source, string LookAt);

/// <summary>One part of a <see cref="Figure"/>.</summary>
/// <param name="Title">A short line above the panel; may be empty.</param>
[JsonDerivedType(typeof(HeatMap), "heat-map")]
[JsonDerivedType(typeof(Chart), "chart")]
[JsonDerivedType(typeof(RegionMap), "region-map")]
[JsonDerivedType(typeof(Diagram), "diagram")]
public abstract record Panel(string Title)
{
    /// <summary>
    /// Whether both axes have the same scale, so that circles are round; both must be linear.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasEqualScales { get; init; }
}

/// <summary>A frequency or density over two settings, shown as colours.</summary>
/// <param name="Title">A short line above the panel; may be empty.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="XValues">Cell centres, ascending.</param>
/// <param name="YValues">Cell centres, ascending.</param>
/// <param name="Values">[y][x], each in [0, 1] unless <see cref="ColourAxis"/> is given; NaN for a cell without colour.
/// </param>
/// <param name="ValueLabel">The quantity that the colours show.</param>
public sealed record HeatMap(
    string Title,
    Axis X,
    Axis Y,
    IReadOnlyList<double> XValues,
    IReadOnlyList<double> YValues,
    IReadOnlyList<IReadOnlyList<double>> Values,
    string ValueLabel) : Panel(Title)
{
    /// <summary>The ends and the scale of the colours; null for shares, from 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Axis? ColourAxis { get; init; }
}

/// <summary>Curves and points as functions of one quantity.</summary>
/// <param name="Title">A short line above the panel; may be empty.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">The series to draw, the first one on top.</param>
public sealed record Chart(string Title, Axis X, Axis Y, IReadOnlyList<Series> Series) : Panel(Title)
{
    /// <summary>
    /// Whether points of different curves with the same X are drawn a few pixels apart, so that they do not overlap.
    /// </summary>
    public bool IsDodged { get; init; }
}

/// <summary>A drawing of elements and the connections between them, on a grid of unit squares.</summary>
/// <param name="Title">A short line above the panel; may be empty.</param>
/// <param name="Nodes">The elements.</param>
/// <param name="Arrows">The connections.</param>
/// <param name="Equations">Lines of text below the drawing.</param>
public sealed record Diagram(
    string Title,
    IReadOnlyList<Node> Nodes,
    IReadOnlyList<Arrow> Arrows,
    IReadOnlyList<string> Equations) : Panel(Title);

/// <summary>An axis of a panel.</summary>
/// <param name="Label">Name and unit.</param>
/// <param name="Minimum">Left or lower end; null to follow the data.</param>
/// <param name="Maximum">Right or upper end; null to follow the data.</param>
/// <param name="IsLogarithmic">Whether the scale is logarithmic.</param>
public sealed record Axis(string Label, double? Minimum = null, double? Maximum = null, bool IsLogarithmic = false)
{
    /// <summary>Whether the axis has ticks with numbers; a panel with one row of cells needs none.</summary>
    public bool HasTickLabels { get; init; } = true;
}

/// <summary>An element of a <see cref="Diagram"/>.</summary>
/// <param name="Label">Text inside the element; empty for a point.</param>
/// <param name="X">Horizontal position in grid squares.</param>
/// <param name="Y">Vertical position in grid squares, upwards.</param>
/// <param name="IsOutlined">Whether a circle is drawn around the label.</param>
public sealed record Node(string Label, double X, double Y, bool IsOutlined = true);

/// <summary>A connection of a <see cref="Diagram"/>.</summary>
/// <param name="From">Index of the node it leaves.</param>
/// <param name="To">Index of the node it enters.</param>
/// <param name="Label">Text beside the connection; may be empty.</param>
/// <param name="ArcHeight">Height of the arc in grid squares above the straight line; 0 is straight.</param>
public sealed record Arrow(int From, int To, string Label, double ArcHeight = 0.0);
