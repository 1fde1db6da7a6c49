namespace LatchLab.Dynamics;

/// <summary>
/// The plane through the mean of visited states in which they vary most: their two leading principal components, by
/// orthogonal iteration.
/// </summary>
/// <remarks>
/// Where the second and third components are nearly equal, the iteration ends in a plane between them;
/// <see cref="VarianceShare"/> is that of the plane that it returns.
/// </remarks>
public sealed class StatePlane
{
    private const int Iterations = 100;

    private readonly double[] _mean;
    private readonly double[][] _axes;

    private StatePlane(double[] mean, double[][] axes, double varianceShare)
        => (_mean, _axes, VarianceShare) = (mean, axes, varianceShare);

    /// <summary>The share of the variance of the states that lies in the plane.</summary>
    public double VarianceShare { get; }

    /// <summary>Finds the plane of states; null if they do not vary, or have a single value.</summary>
    /// <param name="states">At least one state.</param>
    public static StatePlane? Find(IReadOnlyList<IReadOnlyList<double>> states)
    {
        int n = states[0].Count;
        double[] mean = [.. Enumerable.Range(0, n).Select(i => states.Average(state => state[i]))];
        double[][] centred = [.. states.Select(state => state.Select((value, i) => value - mean[i]).ToArray())];
        double total = centred.Sum(state => Dot(state, state));
        if (n < 2 || !(total > 0.0) || !double.IsFinite(total))
            return null;
        double[][] axes = Orthonormalize(centred.OrderByDescending(state => Dot(state, state)).First(), new double[n]);
        for (int i = 0; i < Iterations; i++)
            axes = Orthonormalize(Advance(centred, axes[0]), Advance(centred, axes[1]));
        double share = axes.Sum(axis => centred.Sum(state => Math.Pow(Dot(state, axis), 2.0))) / total;
        return new(mean, axes, Math.Min(share, 1.0));
    }

    /// <summary>The coordinates of a state in the plane.</summary>
    public (double X, double Y) Project(IReadOnlyList<double> state)
    {
        double[] centred = [.. state.Select((value, i) => value - _mean[i])];
        return (Dot(centred, _axes[0]), Dot(centred, _axes[1]));
    }

    /// <summary>Xᵀ·X·v.</summary>
    private static double[] Advance(double[][] states, double[] vector)
    {
        var product = new double[vector.Length];
        foreach (double[] state in states)
            Add(product, state, Dot(state, vector));
        return product;
    }

    /// <summary>
    /// Two orthogonal vectors of length 1 whose largest value is positive. A second vector in the direction of the
    /// first, or 0, is replaced by a unit vector.
    /// </summary>
    private static double[][] Orthonormalize(double[] first, double[] second)
    {
        first = Normalize(first);
        double length = Math.Sqrt(Dot(second, second));
        Add(second, first, -Dot(second, first));
        if (Dot(second, second) <= 1e-24 * length * length)
        {
            second = new double[first.Length];
            second[Array.IndexOf(first, first.MinBy(Math.Abs))] = 1.0;
        }

        Add(second, first, -Dot(second, first));
        return [first, Normalize(second)];
    }

    private static double[] Normalize(double[] vector)
    {
        double length = Math.Sqrt(Dot(vector, vector));
        if (vector.MaxBy(Math.Abs) < 0.0)
            length = -length;
        return [.. vector.Select(value => value / length)];
    }

    private static void Add(double[] sum, double[] vector, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += factor * vector[i];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
