namespace LatchLab.Figures;

/// <summary>How a series is drawn.</summary>
public enum SeriesKind
{
    /// <summary>Points joined by a line, with their intervals.</summary>
    Curve,

    /// <summary>
    /// A dashed line without points, in a shade of the curve with the same colour or in grey: a bound.
    /// </summary>
    Bound,

    /// <summary>A vertical line from zero to each value: a sequence in time.</summary>
    Stems,

    /// <summary>Like <see cref="Stems"/>, but bold: the values that were trained.</summary>
    BoldStems,

    /// <summary>
    /// A horizontal line across the whole panel at the Y of each point: see <see cref="Series.CreateLevel"/>.
    /// </summary>
    Level,

    /// <summary>
    /// A line through the points in their order, without markers: a boundary, the graph of a map. It may turn back,
    /// cross itself and be closed; a NaN point interrupts it.
    /// </summary>
    Path,

    /// <summary>Like <see cref="Path"/>, but thin and with a dot at each point: the states of a trajectory.</summary>
    Orbit,

    /// <summary>A marker at each point, without a line.</summary>
    Dots,

    /// <summary>
    /// A circle around each point. The interval of the point is its vertical diameter, in the units of the axes: see
    /// <see cref="DataPoint.CreateBall"/>.
    /// </summary>
    Balls,

    /// <summary>
    /// Thin closed curves, separated by NaN points: the images of a ball.
    /// </summary>
    Outlines,
}

/// <summary>The marker at each point of a series.</summary>
public enum Marker
{
    /// <summary>A filled circle.</summary>
    Disc,

    /// <summary>A filled square.</summary>
    FilledSquare,

    /// <summary>A filled triangle that points upwards.</summary>
    FilledTriangle,

    /// <summary>A filled diamond.</summary>
    FilledDiamond,

    /// <summary>An open circle.</summary>
    Circle,

    /// <summary>An open square.</summary>
    Square,

    /// <summary>An open triangle that points upwards.</summary>
    TriangleUp,

    /// <summary>An open triangle that points downwards.</summary>
    TriangleDown,

    /// <summary>A diagonal cross: ×.</summary>
    Cross,
}

/// <summary>A named set of points.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Points">
/// Ascending in X unless the kind specifies another order. A point with no position on the axes, for example NaN, is
/// omitted.
/// </param>
/// <param name="Colour">
/// Index into the palette, <see cref="Grey"/> or <see cref="TextColour"/>: series of one meaning share it across
/// panels.
/// </param>
/// <param name="Marker">The marker at each point; null for the filled marker of the colour.</param>
public sealed record Series(
    string Name, SeriesKind Kind, IReadOnlyList<DataPoint> Points, int Colour, Marker? Marker = null)
{
    /// <summary>The colour of a reference series.</summary>
    public const int Grey = -1;

    /// <summary>The colour of text, which is visible on every region of a <see cref="RegionMap"/>.</summary>
    public const int TextColour = -2;

    /// <summary>
    /// Creates a horizontal line across the whole panel, for example a budget or a target. It is dotted if grey and
    /// dashed in other colours.
    /// </summary>
    public static Series CreateLevel(string name, double value, int colour = Grey)
        => new(name, SeriesKind.Level, [new(double.NaN, value)], colour);
}

/// <summary>A value with its interval.</summary>
/// <param name="X">Horizontal position.</param>
/// <param name="Y">The value.</param>
/// <param name="Lower">Lower end of the interval; equal to Y if there is none.</param>
/// <param name="Upper">
/// Upper end of the interval; equal to Y if there is none; infinite if no upper bound is known.
/// </param>
public readonly record struct DataPoint(double X, double Y, double Lower, double Upper)
{
    /// <summary>Creates a value without an interval.</summary>
    public DataPoint(double x, double y)
        : this(x, y, y, y)
    {
    }

    /// <summary>Creates a ball around a point of the plane, for <see cref="SeriesKind.Balls"/>.</summary>
    /// <param name="x">Horizontal position of its centre.</param>
    /// <param name="y">Vertical position of its centre.</param>
    /// <param name="radius">At least 0, in the units of the axes.</param>
    public static DataPoint CreateBall(double x, double y, double radius) => new(x, y, y - radius, y + radius);

    /// <summary>
    /// Whether Y is only a lower bound of the value, for example the presentations of a run whose budget was exhausted.
    /// A censored point is drawn with an upward arrow and is not joined to its neighbours.
    /// </summary>
    public bool IsCensored { get; init; }
}
