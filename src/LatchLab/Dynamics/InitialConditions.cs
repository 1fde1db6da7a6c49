using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Starting points, in activations: the nodes of a grid in one or two dimensions, or random points of a box in any
/// dimension.
/// </summary>
public sealed class InitialConditions
{
    private readonly double[] _values; // [start][unit]

    private InitialConditions(int dimension, double[] values)
    {
        if (dimension < 1 || values.Length == 0 || values.Length % dimension != 0 || values.Any(double.IsNaN))
            throw new ValidationException("", "start", "give one or more starts of equal length, without NaN");
        (Dimension, _values) = (dimension, values);
    }

    /// <summary>Dimension n of the state.</summary>
    public int Dimension { get; }

    /// <summary>Number of starts.</summary>
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

    /// <summary>Evenly spaced values over a range, both ends included.</summary>
    public static double[] Linspace(Interval range, int count)
        => [.. Enumerable.Range(0, count).Select(i => count == 1
            ? range.Midpoint
            : i == count - 1 ? range.Upper : range.Lower + (i * ((range.Upper - range.Lower) / (count - 1))))];

    /// <summary>Random points, uniform in a box.</summary>
    public static InitialConditions SampleUniform(IReadOnlyList<Interval> box, int count, ulong seed)
        => new(box.Count, [.. FixedPoints.SampleUniform(box, count, seed).SelectMany(point => point)]);

    /// <summary>The given points.</summary>
    /// <exception cref="ValidationException">There are no points, they differ in length, or a value is NaN.</exception>
    public static InitialConditions FromPoints(params IReadOnlyList<double[]> points)
        => new(
            points.Select(point => point.Length).Distinct().Count() == 1 ? points[0].Length : 0,
            [.. points.SelectMany(point => point)]);
}
