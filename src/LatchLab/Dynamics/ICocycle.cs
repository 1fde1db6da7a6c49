using System.Runtime.InteropServices;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A sequence of matrices A_1, A_2, … whose products <c>A_t·…·A_1</c> grow as their Lyapunov exponents say: the
/// Jacobians along an orbit, or given matrices.
/// </summary>
internal interface ICocycle
{
    /// <summary>n.</summary>
    int Dimension { get; }

    /// <summary>Writes the next matrix, n × n, row by row; false if the orbit has left every bound.</summary>
    bool TryNext(Span<Scalar> matrix);

    /// <summary>Notes the place in the sequence.</summary>
    void Keep();

    /// <summary>Goes back to the place that was noted last.</summary>
    void Return();
}

/// <summary>The Jacobians of a map along an orbit: A_t = M′(a_{t−1}).</summary>
/// <param name="map">M.</param>
/// <param name="start">a_0.</param>
internal sealed class OrbitJacobians<TMap>(TMap map, ReadOnlySpan<double> start) : ICocycle
    where TMap : IMap
{
    // Far beyond what any orbit that stays bounded visits, and its square is still finite.
    private const double Bound = 1e100;

    private readonly LaneMemory<Scalar> states = Filled(start); // the present one, the next, the one kept
    private int present;

    /// <inheritdoc/>
    public int Dimension => map.Dimension;

    private int Kept => 2 * Dimension;

    /// <inheritdoc/>
    public bool TryNext(Span<Scalar> matrix)
    {
        int n = map.Dimension, next = n - present;
        map.Differentiate(states.Row(present, n), new Row<Scalar>(ref matrix[0]));
        map.Apply(states.Row(present, n), states.Row(next, n));
        present = next;
        foreach (double a in states.Numbers.Slice(next, n))
        {
            if (!(Math.Abs(a) <= Bound)) // also NaN
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Keep() => states.Values.Slice(present, Dimension).CopyTo(states.Values[Kept..]);

    /// <inheritdoc/>
    public void Return() => states.Values[Kept..].CopyTo(states.Values[present..]);

    private static LaneMemory<Scalar> Filled(ReadOnlySpan<double> start)
    {
        var memory = new LaneMemory<Scalar>(3 * start.Length);
        start.CopyTo(memory.Numbers);
        return memory;
    }
}

/// <summary>Given matrices.</summary>
/// <param name="dimension">n.</param>
/// <param name="matrices">Writes A_t for any t ≥ 1; always the same for the same t.</param>
internal sealed class GivenMatrices(int dimension, MatrixOfStep matrices) : ICocycle
{
    private long t, kept;

    /// <inheritdoc/>
    public int Dimension => dimension;

    /// <inheritdoc/>
    public bool TryNext(Span<Scalar> matrix)
    {
        t++;
        matrices(t, MemoryMarshal.Cast<Scalar, double>(matrix));
        return true;
    }

    /// <inheritdoc/>
    public void Keep() => kept = t;

    /// <inheritdoc/>
    public void Return() => t = kept;
}
