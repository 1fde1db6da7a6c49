using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>Boxes around points, and the deviation of the derivative of a map over a box.</summary>
public static class BoxEnclosure
{
    /// <summary>The maximum deviation of M′ over a box from a matrix, entry by entry.</summary>
    public static double[] JacobianDeviation(DynamicalSystem system, ReadOnlySpan<Interval> box, double[] matrix)
        => [.. system.Jacobian(box).Zip(matrix, (entry, value)
            => Math.Max(Math.Abs(entry.Lower - value), Math.Abs(entry.Upper - value)))];

    /// <summary>The box of all points within a distance of a point in each variable.</summary>
    public static Interval[] Around(ReadOnlySpan<double> point, double distance)
    {
        var box = new Interval[point.Length];
        for (int i = 0; i < box.Length; i++)
            box[i] = Interval.From(point[i]) + new Interval(-distance, distance);
        return box;
    }
}
