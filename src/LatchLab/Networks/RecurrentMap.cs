using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// n recurrent units in activations: <c>a_t = W·f(a_{t−1}) + V·u_t + b</c>, the network named in Section IV-A of the
/// paper. Its Jacobian is <c>W·diag f′(a)</c>. The Jacobian of the map of outputs x would be <c>diag f′(a)·W</c>, with
/// the same eigenvalues at a fixed point but a different norm.
/// </summary>
/// <typeparam name="TUnits">The kind of the units; each must be differentiable.</typeparam>
public readonly struct RecurrentMap<TUnits> : IDrivenMap
    where TUnits : struct, IUnits
{
    private readonly TUnits _units;
    private readonly double[] _weights; // [j][i]: w_ij, from unit j to unit i; after the n units the m inputs
    private readonly double[] _biases, _initialActivations;

    /// <summary>Creates the map with given weights.</summary>
    /// <param name="units">The units.</param>
    /// <param name="recurrentWeights">W row by row, n × n: w_ij from unit j to unit i at [i·n + j].</param>
    /// <param name="inputWeights">V row by row, n × m.</param>
    /// <param name="biases">b, n values.</param>
    /// <param name="initialActivations">a_0, n values, which may be infinite; null for all 0.</param>
    public RecurrentMap(
        TUnits units, IReadOnlyList<double> recurrentWeights, IReadOnlyList<double> inputWeights,
        IReadOnlyList<double> biases, IReadOnlyList<double>? initialActivations = null)
    {
        _units = units;
        (_biases, _initialActivations) = ([.. biases], [.. initialActivations ?? new double[biases.Count]]);
        int n = biases.Count, m = inputWeights.Count / n;
        (Dimension, Inputs) = (n, m);
        _weights = new double[(n + m) * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n + m; j++)
                _weights[(j * n) + i] = j < n ? recurrentWeights[(i * n) + j] : inputWeights[(i * m) + j - n];
        }
    }

    public int Dimension { get; }

    public int Inputs { get; }

    public static bool HasJacobian => true;

    public double InitialActivation(int unit) => _initialActivations[unit];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = Dimension;
        for (int i = 0; i < n; i++)
            image[i] = TLane.From(_biases[i]);
        for (int k = n; k < n + Inputs; k++)    // inputs before units: the summation order of a network step
            AccumulateSource(k, point[k], image);
        for (int j = 0; j < n; j++)
            AccumulateSource(j, _units.Forward(j, point[j]), image);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = Dimension;
        for (int j = 0; j < n; j++)
        {
            TLane derivative = _units.Derivative(j, _units.Forward(j, point[j]));
            for (int i = 0; i < n; i++)
                jacobian[(i * n) + j] = TLane.From(_weights[(j * n) + i]) * derivative;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Output<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => _units.Forward(unit, activation);

    /// <summary>Adds the weighted value of one source, a unit or an input, to every activation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AccumulateSource<TLane>(int source, TLane value, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < Dimension; i++)
            image[i] = TLane.FusedMultiplyAdd(TLane.From(_weights[(source * Dimension) + i]), value, image[i]);
    }
}
