using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Starting points, in activations: the nodes of a grid in one or two dimensions, or points spread over a box at random
/// in any.
/// </summary>
public sealed class InitialConditions
{
    private readonly double[] _values; // [start][unit]

    private InitialConditions(int dimension, double[] values)
    {
        if (dimension < 1 || values.Length == 0 || values.Length % dimension != 0 || values.Any(double.IsNaN))
            throw new ValidationException("", "start", "give at least one start, all of one length, of numbers");
        (Dimension, this._values) = (dimension, values);
    }

    /// <summary>n.</summary>
    public int Dimension { get; }

    /// <summary>How many there are.</summary>
    public int Count => _values.Length / Dimension;

    /// <summary>A start.</summary>
    public ReadOnlySpan<double> this[int start] => _values.AsSpan(start * Dimension, Dimension);

    /// <summary>
    /// The nodes of a grid: every value of the first variable for the first of the second, and so on.
    /// </summary>
    public static InitialConditions Grid(params IReadOnlyList<double>[] axes)
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
    public static double[] Linspace(Interval range, int count)
        => [.. Enumerable.Range(0, count).Select(i => count == 1
            ? range.Midpoint
            : i == count - 1 ? range.Upper : range.Lower + (i * ((range.Upper - range.Lower) / (count - 1))))];

    /// <summary>Points uniform in a box.</summary>
    public static InitialConditions SampleUniform(IReadOnlyList<Interval> box, int count, ulong seed)
        => new(box.Count, [.. FixedPoints.SampleUniform(box, count, seed).SelectMany(point => point)]);

    /// <summary>These points.</summary>
    /// <exception cref="ValidationException">There are none, or they differ in length, or are no numbers.</exception>
    public static InitialConditions FromPoints(params IReadOnlyList<double[]> points)
        => new(
            points.Select(point => point.Length).Distinct().Count() == 1 ? points[0].Length : 0,
            [.. points.SelectMany(point => point)]);
}
