using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>Boxes around points, and the deviation of the derivative of a map over a box.</summary>
public static class BoxEnclosure
{
    /// <summary>The maximum deviation of M′ over a box from a matrix, entry by entry.</summary>
    public static double[] JacobianDeviation(DynamicalSystem system, ReadOnlySpan<Interval> box, double[] matrix)
        => [.. system.Jacobian(box).Zip(matrix, (entry, value)
            => Math.Max(Math.Abs(entry.Lower - value), Math.Abs(entry.Upper - value)))];

    /// <summary>
    /// The largest magnitudes of the entries of M′ in each of some steps, over the box and its images. The norm of
    /// their product bounds that of the product of M′ along any orbit from the box, on any side of a kink.
    /// </summary>
    public static IReadOnlyList<double[]> BoundJacobians(DynamicalSystem system, Interval[] box, int steps)
    {
        var bounds = new double[steps][];
        for (int t = 0; t < steps; t++)
        {
            bounds[t] = [.. system.Jacobian(box).Select(entry => entry.Magnitude)];
            box = system.Image(box);
        }

        return bounds;
    }

    /// <summary>The box of all points within a distance of a point in each variable.</summary>
    public static Interval[] Around(ReadOnlySpan<double> point, double distance)
    {
        var box = new Interval[point.Length];
        for (int i = 0; i < box.Length; i++)
            box[i] = Interval.From(point[i]) + new Interval(-distance, distance);
        return box;
    }
}
