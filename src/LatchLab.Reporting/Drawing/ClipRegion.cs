using ScottPlot;

namespace LatchLab.Reporting.Drawing;

/// <summary>
/// The region to which lines are clipped: the axes, extended by their own length on each side. The canvas uses single
/// precision, which divergent orbits would overflow.
/// </summary>
internal sealed class ClipRegion(AxisScale x, AxisScale y)
{
    private readonly double _left = (2.0 * x.Low) - x.High;
    private readonly double _right = (2.0 * x.High) - x.Low;
    private readonly double _bottom = (2.0 * y.Low) - y.High;
    private readonly double _top = (2.0 * y.High) - y.Low;

    public bool Contains(Coordinates point)
        => point.X >= _left && point.X <= _right && point.Y >= _bottom && point.Y <= _top;

    /// <summary>
    /// Whether the outline of an ellipse can be visible: it is neither entirely outside nor entirely around the region,
    /// and not so large that it would look like a straight line.
    /// </summary>
    public bool IntersectsOutline(CoordinateRect box)
    {
        double across = (box.Right - box.Left) / 2.0, upwards = (box.Top - box.Bottom) / 2.0;
        double midX = (box.Left + box.Right) / 2.0, midY = (box.Bottom + box.Top) / 2.0;
        double farX = Math.Max(Math.Abs(_left - midX), Math.Abs(_right - midX)) / across;
        double farY = Math.Max(Math.Abs(_bottom - midY), Math.Abs(_top - midY)) / upwards;
        return across > 0.0 && upwards > 0.0 && across < 100.0 * (_right - _left) && upwards < 100.0 * (_top - _bottom)
            && box.Left <= _right && box.Right >= _left && box.Bottom <= _top && box.Top >= _bottom
            && (farX * farX) + (farY * farY) >= 1.0;
    }

    /// <summary>
    /// The parts of a polyline inside the region; a closed one also connects its last and first points.
    /// </summary>
    public IEnumerable<Coordinates[]> ClipPolyline(IReadOnlyList<Coordinates> line, bool isClosed)
    {
        var piece = new List<Coordinates>();
        for (int i = 1; i < line.Count + (isClosed ? 1 : 0); i++)
        {
            if (ClipSegment(line[i - 1], line[i % line.Count]) is not var (from, to))
                continue;
            if (piece.Count > 0 && piece[^1] != from)
            {
                yield return [.. piece];
                piece.Clear();
            }

            if (piece.Count == 0)
                piece.Add(from);
            piece.Add(to);
        }

        if (piece.Count > 0)
            yield return [.. piece];
    }

    // Liang–Barsky clipping: the fractions of the segment at which it enters and leaves the region.
    private (Coordinates From, Coordinates To)? ClipSegment(Coordinates from, Coordinates to)
    {
        double alongX = to.X - from.X, alongY = to.Y - from.Y;
        double enter = 0.0, leave = 1.0;
        foreach (var (rate, distance) in new[]
                 {
                     (-alongX, from.X - _left), (alongX, _right - from.X),
                     (-alongY, from.Y - _bottom), (alongY, _top - from.Y),
                 })
        {
            if (rate < 0.0)
                enter = Math.Max(enter, distance / rate);
            else if (rate > 0.0)
                leave = Math.Min(leave, distance / rate);
            else if (distance < 0.0)
                return null;
        }

        return enter > leave ? null : (enter > 0.0 ? Interpolate(enter) : from, leave < 1.0 ? Interpolate(leave) : to);

        Coordinates Interpolate(double fraction) => new(from.X + (fraction * alongX), from.Y + (fraction * alongY));
    }
}
