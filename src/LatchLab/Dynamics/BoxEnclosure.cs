using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>Interval enclosures of the image and the derivative of a map over all points of a box.</summary>
public static class BoxEnclosure
{
    /// <summary>A box that contains M(a) for every a in the box.</summary>
    public static Interval[] Image(DynamicalSystem system, ReadOnlySpan<Interval> box)
    {
        var image = new Interval[box.Length];
        system.Apply(box, image);
        return image;
    }

    /// <summary>Intervals that contain M′(a), row by row, for every a in the box.</summary>
    public static Interval[] Jacobian(DynamicalSystem system, ReadOnlySpan<Interval> box)
    {
        var derivative = new Interval[box.Length * box.Length];
        system.Differentiate(box, derivative);
        return derivative;
    }

    /// <summary>The maximum deviation of M′ over a box from a matrix, entry by entry.</summary>
    public static double[] JacobianDeviation(DynamicalSystem system, ReadOnlySpan<Interval> box, double[] matrix)
    {
        Interval[] derivative = Jacobian(system, box);
        return [.. derivative.Zip(matrix, (entry, value)
            => Math.Max(Math.Abs(entry.Lower - value), Math.Abs(entry.Upper - value)))];
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
