namespace LatchLab.Figures;

/// <summary>How a series is drawn.</summary>
public enum SeriesKind
{
    /// <summary>Points joined by a line, with their intervals.</summary>
    Curve,

    /// <summary>A bound: a dashed line without points, in a shade of the curve with the same colour, or grey.</summary>
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
    /// A line through the points in their order, without marks: a boundary, the graph of a map. It may turn back, cross
    /// itself and end where it began; a point without a place interrupts it.
    /// </summary>
    Path,

    /// <summary>Like <see cref="Path"/>, but thin and with a dot at each point: the states of a trajectory.</summary>
    Orbit,

    /// <summary>A mark at each point, and no line.</summary>
    Dots,

    /// <summary>
    /// A circle around each point, as high as the point's interval and as wide as it is high in the units of the axes:
    /// see <see cref="DataPoint.CreateBall"/>.
    /// </summary>
    Balls,

    /// <summary>
    /// Thin closed curves, each from one point without a place to the next: the images of a ball.
    /// </summary>
    Outlines,
}

/// <summary>The sign that stands at each point of a series.</summary>
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

    /// <summary>Two strokes that cross: ×.</summary>
    Cross,
}

/// <summary>A named set of points.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Points">
/// Ascending in X where the kind does not say otherwise; one without a place on the axes, NaN for example, is left out.
/// </param>
/// <param name="Colour">
/// Index into the palette, <see cref="Grey"/> or <see cref="TextColour"/>: series of one meaning share it across
/// panels.
/// </param>
/// <param name="Marker">What stands at each point; null for a filled mark that goes with the colour.</param>
public sealed record Series(
    string Name, SeriesKind Kind, IReadOnlyList<DataPoint> Points, int Colour, Marker? Marker = null)
{
    /// <summary>The colour of what the others are compared with.</summary>
    public const int Grey = -1;

    /// <summary>The colour of text: it is seen on every region of a <see cref="RegionMap"/>.</summary>
    public const int TextColour = -2;

    /// <summary>
    /// A horizontal line at a value, across the whole panel: a budget, a target. It is dotted in grey, dashed in a
    /// colour.
    /// </summary>
    public static Series CreateLevel(string name, double value, int colour = Grey)
        => new(name, SeriesKind.Level, [new(double.NaN, value)], colour);
}

/// <summary>A value with its interval.</summary>
/// <param name="X">Where.</param>
/// <param name="Y">How much.</param>
/// <param name="Lower">Lower end of the interval; equal to Y where there is none.</param>
/// <param name="Upper">
/// Upper end of the interval; equal to Y where there is none; infinite where nothing is known to lie above.
/// </param>
public readonly record struct DataPoint(double X, double Y, double Lower, double Upper)
{
    /// <summary>A value that is exact.</summary>
    public DataPoint(double x, double y)
        : this(x, y, y, y)
    {
    }

    /// <summary>A ball around a point of the plane, for <see cref="SeriesKind.Balls"/>.</summary>
    /// <param name="x">Horizontal place of its centre.</param>
    /// <param name="y">Vertical place of its centre.</param>
    /// <param name="radius">At least 0, in the units of the axes.</param>
    public static DataPoint CreateBall(double x, double y, double radius) => new(x, y, y - radius, y + radius);

    /// <summary>
    /// Whether the value is at least Y, and no more is known: the count of a run that its budget ended. It is drawn
    /// with an arrow upwards, and no line joins it to its neighbours.
    /// </summary>
    public bool IsCensored { get; init; }
}
