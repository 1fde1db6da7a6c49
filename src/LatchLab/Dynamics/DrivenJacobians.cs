using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>The Jacobians of a network along an orbit with given inputs: A_t = ∂F/∂s (s_{t−1}, u_t).</summary>
/// <param name="map">F.</param>
/// <param name="inputs">u_1, u_2, …; the orbit ends with them.</param>
/// <param name="start">s_0.</param>
internal sealed class DrivenJacobians<TMap>(TMap map, IReadOnlyList<double[]> inputs, double[] start) : ICocycle
    where TMap : IDrivenMap
{
    // Far beyond any bounded orbit, and its square is still finite.
    private const double DivergenceThreshold = 1e100;

    private double[] _state = start, _saved = start;
    private int _time, _savedTime;

    public int Dimension => map.Dimension;

    public bool TryNext(Span<Scalar> matrix)
    {
        int n = map.Dimension;
        double[] point = [.. _state, .. inputs[_time++]], image = new double[n];
        UncheckedSpan<Scalar> at = UncheckedViews.Create(point, n + map.Inputs);
        MapDerivatives.Jacobian(map, at, new UncheckedSpan<Scalar>(ref matrix[0]));
        map.Apply(at, UncheckedViews.Create(image, n));
        _state = image;
        return image.All(value => Math.Abs(value) <= DivergenceThreshold);   // also false for NaN
    }

    public void Save() => (_saved, _savedTime) = (_state, _time);

    public void Restore() => (_state, _time) = (_saved, _savedTime);
}
