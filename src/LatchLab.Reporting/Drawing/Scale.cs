using LatchLab.Experiments.Results;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The visible part of an axis. A <em>position</em> is what is linear on paper: the value itself, or its decimal
/// logarithm.
/// </summary>
/// <param name="Low">Position of the left or lower end.</param>
/// <param name="High">Position of the right or upper end, above <paramref name="Low"/>.</param>
/// <param name="Logarithmic">Whether positions are logarithms.</param>
internal sealed record Scale(double Low, double High, bool Logarithmic)
{
    /// <summary>Share of the axis left free at both ends, so that a marker on the border is drawn whole.</summary>
    public const double Air = 0.035;

    /// <summary>The position of a value; NaN where a logarithmic axis has no place for it.</summary>
    public double Position(double value)
        => !Logarithmic ? value : value > 0.0 ? Math.Log10(value) : double.NaN;

    /// <summary>Like <see cref="Position"/>, but a value beyond the axis is put on its end.</summary>
    public double PositionOrEnd(double value)
    {
        double position = Position(value);
        return double.IsNaN(position) ? Low : Math.Clamp(position, Low, High);
    }

    /// <summary>
    /// An axis for points: from end to end as asked, else as the data has it, with a little air, or with the share of
    /// its length before and after them that is asked for.
    /// </summary>
    public static Scale ForPoints(Axis axis, IEnumerable<double> values, double before = Air, double after = Air)
    {
        var (low, high) = Extent(axis, values);
        return new Scale(low - (before * (high - low)), high + (after * (high - low)), axis.Logarithmic);
    }

    /// <summary>An axis for cells: it ends where the outer cells end, or beyond if the axis asks for more.</summary>
    public static Scale ForCells(Axis axis, IEnumerable<double> edges)
    {
        var free = axis with { Minimum = null, Maximum = null };
        var asked = new[] { axis.Minimum, axis.Maximum }.OfType<double>();
        var (low, high) = Extent(free, edges.Concat(asked));
        return new Scale(low, high, axis.Logarithmic);
    }

    private static (double Low, double High) Extent(Axis axis, IEnumerable<double> values)
    {
        var unit = new Scale(0.0, 1.0, axis.Logarithmic);
        var positions = values.Select(unit.Position).Where(double.IsFinite).DefaultIfEmpty(0.0).ToList();
        double low = Asked(axis.Minimum) ?? positions.Min();
        double high = Asked(axis.Maximum) ?? positions.Max();
        if (high > low)
            return (low, high);

        // A single value still needs an axis around it: half a decade, or half of itself, to both sides.
        double half = axis.Logarithmic || low == 0.0 ? 0.5 : Math.Abs(low) / 2.0;
        return (low - half, Math.Max(low, high) + half);

        double? Asked(double? end)
            => end is { } value && double.IsFinite(unit.Position(value)) ? unit.Position(value) : null;
    }
}
