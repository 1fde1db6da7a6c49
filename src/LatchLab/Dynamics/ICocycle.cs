using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A sequence of matrices A_1, A_2, … whose products <c>A_t·…·A_1</c> define Lyapunov exponents: the Jacobians along an
/// orbit, or given matrices.
/// </summary>
internal interface ICocycle
{
    /// <summary>Dimension n of the state.</summary>
    int Dimension { get; }

    /// <summary>Writes the next matrix, n × n, row by row; false if the orbit has diverged.</summary>
    bool TryNext(Span<Scalar> matrix);

    /// <summary>Saves the position in the sequence.</summary>
    void Save();

    /// <summary>Returns to the position that was saved last.</summary>
    void Restore();
}

/// <summary>The Jacobians of a map along an orbit: A_t = M′(a_{t−1}).</summary>
/// <param name="map">M.</param>
/// <param name="start">a_0.</param>
internal sealed class OrbitJacobians<TMap>(TMap map, ReadOnlySpan<double> start) : ICocycle
    where TMap : IMap
{
    // Far beyond any bounded orbit, and its square is still finite.
    private const double DivergenceThreshold = 1e100;

    private readonly LaneMemory<Scalar> _states = CopyStart(start); // the current, the next and the saved state
    private int _currentOffset;

    public int Dimension => map.Dimension;

    private int SavedOffset => 2 * Dimension;

    public bool TryNext(Span<Scalar> matrix)
    {
        int n = map.Dimension, next = n - _currentOffset;
        MapDerivatives.Jacobian(map, _states.Slice(_currentOffset, n), new UncheckedSpan<Scalar>(ref matrix[0]));
        map.Apply(_states.Slice(_currentOffset, n), _states.Slice(next, n));
        _currentOffset = next;
        foreach (double a in _states.Doubles.Slice(next, n))
        {
            if (!(Math.Abs(a) <= DivergenceThreshold)) // also NaN
                return false;
        }

        return true;
    }

    public void Save() => _states.Values.Slice(_currentOffset, Dimension).CopyTo(_states.Values[SavedOffset..]);

    public void Restore() => _states.Values[SavedOffset..].CopyTo(_states.Values[_currentOffset..]);

    private static LaneMemory<Scalar> CopyStart(ReadOnlySpan<double> start)
    {
        var memory = new LaneMemory<Scalar>(3 * start.Length);
        start.CopyTo(memory.Doubles);
        return memory;
    }
}
