using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Starting points, in activations: the nodes of a grid in one or two dimensions, or points spread over a box at random
/// in any.
/// </summary>
public sealed class StartPoints
{
    private readonly double[] values; // [start][unit]

    private StartPoints(int dimension, double[] values)
    {
        if (dimension < 1 || values.Length == 0 || values.Length % dimension != 0 || values.Any(double.IsNaN))
            throw new InputException("", "start", "give at least one start, all of one length, of numbers");
        (Dimension, this.values) = (dimension, values);
    }

    /// <summary>n.</summary>
    public int Dimension { get; }

    /// <summary>How many there are.</summary>
    public int Count => values.Length / Dimension;

    /// <summary>A start.</summary>
    public ReadOnlySpan<double> this[int start] => values.AsSpan(start * Dimension, Dimension);

    /// <summary>
    /// The nodes of a grid: every value of the first variable for the first of the second, and so on.
    /// </summary>
    public static StartPoints Grid(params IReadOnlyList<double>[] axes)
    {
        int n = axes.Length, count = axes.Aggregate(1, (product, axis) => checked(product * axis.Count));
        var values = new double[checked(count * n)];
        for (int start = 0; start < count; start++)
        {
            int rest = start;
            for (int i = 0; i < n; i++)
            {
                values[(start * n) + i] = axes[i][rest % axes[i].Count];
                rest /= axes[i].Count;
            }
        }

        return new(n, values);
    }

    /// <summary>So many values from one end of a side to the other, both included.</summary>
    public static double[] Axis(Interval side, int count)
        => [.. Enumerable.Range(0, count).Select(i => count == 1
            ? side.Midpoint
            : i == count - 1 ? side.Upper : side.Lower + (i * ((side.Upper - side.Lower) / (count - 1))))];

    /// <summary>Points uniform in a box.</summary>
    public static StartPoints Spread(IReadOnlyList<Interval> box, int count, ulong seed)
        => new(box.Count, [.. FixedPoints.Spread(box, count, seed).SelectMany(point => point)]);

    /// <summary>These points.</summary>
    /// <exception cref="InputException">There are none, or they differ in length, or are no numbers.</exception>
    public static StartPoints Of(params IReadOnlyList<double[]> points)
        => new(
            points.Select(point => point.Length).Distinct().Count() == 1 ? points[0].Length : 0,
            [.. points.SelectMany(point => point)]);
}
