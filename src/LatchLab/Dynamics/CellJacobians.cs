using System.Runtime.InteropServices;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The Jacobians of a network of cells along an orbit with given inputs: A_t = ∂F/∂s (s_{t−1}, u_t).
/// </summary>
/// <param name="system">F.</param>
/// <param name="inputs">u_t of t = 0, 1, …; called in order, and again after a step back.</param>
/// <param name="start">s_0.</param>
internal sealed class CellJacobians(CellSystem system, Func<int, IReadOnlyList<double>> inputs, double[] start)
    : ICocycle
{
    // Far beyond any bounded orbit, and its square is still finite.
    private const double DivergenceThreshold = 1e100;

    private double[] _state = [.. start], _saved = [.. start], _next = new double[start.Length];
    private int _time, _savedTime;

    public int Dimension => system.Dimension;

    public bool TryNext(Span<Scalar> matrix)
    {
        double[] input = [.. inputs(_time++)];
        MemoryMarshal.Cast<double, Scalar>(system.Jacobian(_state, input)).CopyTo(matrix);
        system.Step(_state, input, _next);
        (_state, _next) = (_next, _state);
        return Array.TrueForAll(_state, value => Math.Abs(value) <= DivergenceThreshold);   // also false for NaN
    }

    public void Save()
    {
        _state.CopyTo(_saved, 0);
        _savedTime = _time;
    }

    public void Restore()
    {
        _saved.CopyTo(_state, 0);
        _time = _savedTime;
    }
}
