using LatchLab.Figures;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The visible part of an axis. A <em>position</em> is linear in the drawing: it is the value itself, or its decimal
/// logarithm.
/// </summary>
/// <param name="Low">Position of the left or lower end.</param>
/// <param name="High">Position of the right or upper end, above <paramref name="Low"/>.</param>
/// <param name="IsLogarithmic">Whether positions are logarithms.</param>
internal sealed record AxisScale(double Low, double High, bool IsLogarithmic)
{
    /// <summary>
    /// The fraction of the axis left free at both ends, so that markers on the border are drawn whole.
    /// </summary>
    public const double Margin = 0.035;

    /// <summary>The position of a value; NaN for values up to 0 on a logarithmic axis.</summary>
    public double ToPosition(double value)
        => !IsLogarithmic ? value : value > 0.0 ? Math.Log10(value) : double.NaN;

    /// <summary>Like <see cref="ToPosition"/>, but clamped to the ends of the axis.</summary>
    public double ToClampedPosition(double value)
    {
        double position = ToPosition(value);
        return double.IsNaN(position) ? Low : Math.Clamp(position, Low, High);
    }

    /// <summary>
    /// Creates an axis for points. Its range is the requested one or that of the data, extended by the fractions
    /// <paramref name="before"/> and <paramref name="after"/> of its length.
    /// </summary>
    public static AxisScale FitToPoints(Axis axis, IEnumerable<double> values, double before = Margin,
        double after = Margin)
    {
        var (low, high) = ComputeRange(axis, values);
        return new AxisScale(low - (before * (high - low)), high + (after * (high - low)), axis.IsLogarithmic);
    }

    /// <summary>Creates an axis for cells: it ends at the outer cell edges, or beyond if more is requested.</summary>
    public static AxisScale FitToCells(Axis axis, IEnumerable<double> edges)
    {
        var unbounded = axis with { Minimum = null, Maximum = null };
        var requestedEnds = new[] { axis.Minimum, axis.Maximum }.OfType<double>();
        var (low, high) = ComputeRange(unbounded, edges.Concat(requestedEnds));
        return new AxisScale(low, high, axis.IsLogarithmic);
    }

    private static (double Low, double High) ComputeRange(Axis axis, IEnumerable<double> values)
    {
        var unit = new AxisScale(0.0, 1.0, axis.IsLogarithmic);
        var positions = values.Select(unit.ToPosition).Where(double.IsFinite).DefaultIfEmpty(0.0).ToList();
        double low = GetRequestedEnd(axis.Minimum) ?? positions.Min();
        double high = GetRequestedEnd(axis.Maximum) ?? positions.Max();
        if (high > low)
            return (low, high);

        // A single value still needs a range: half a decade, or half of the value, to both sides.
        double half = axis.IsLogarithmic || low == 0.0 ? 0.5 : Math.Abs(low) / 2.0;
        return (low - half, Math.Max(low, high) + half);

        double? GetRequestedEnd(double? end)
            => end is { } value && double.IsFinite(unit.ToPosition(value)) ? unit.ToPosition(value) : null;
    }
}
