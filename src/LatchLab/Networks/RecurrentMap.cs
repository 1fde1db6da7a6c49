using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// n recurrent units in activations: <c>a_t = W·f(a_{t−1}) + V·u_t + b</c>, the network that the paper names in Section
/// IV-A. Its derivative is <c>W·diag f′(a)</c>; that of the outputs x would be <c>diag f′(a)·W</c>, with the same
/// eigenvalues at a fixed point and another norm.
/// </summary>
/// <typeparam name="TUnits">The kind of the units; each must have a slope.</typeparam>
public readonly struct RecurrentMap<TUnits> : IDrivenMap
    where TUnits : struct, IUnits
{
    private readonly TUnits units;
    private readonly double[] weights; // [j][i]: w_ij, from unit j to unit i; after the n units the m inputs
    private readonly double[] biases;

    /// <summary>The map of these weights.</summary>
    /// <param name="units">The units.</param>
    /// <param name="recurrent">W row by row, n × n: w_ij from unit j to unit i at [i·n + j].</param>
    /// <param name="input">V row by row, n × m.</param>
    /// <param name="biases">b, n values.</param>
    public RecurrentMap(
        TUnits units, IReadOnlyList<double> recurrent, IReadOnlyList<double> input, IReadOnlyList<double> biases)
    {
        this.units = units;
        this.biases = [.. biases];
        int n = biases.Count, m = input.Count / n;
        (Dimension, Inputs) = (n, m);
        weights = new double[(n + m) * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n + m; j++)
                weights[(j * n) + i] = j < n ? recurrent[(i * n) + j] : input[(i * m) + j - n];
        }
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <summary>x_0 = 0 is the middle of a tanh unit and the lowest output of a logistic one.</summary>
    public double InitialActivation(int unit)
        => units.Forward(unit, new Scalar(0.0)).Value == 0.0 ? 0.0 : double.NegativeInfinity;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TLane>(Row<TLane> point, Row<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = Dimension;
        for (int i = 0; i < n; i++)
            image[i] = TLane.From(biases[i]);
        for (int k = n; k < n + Inputs; k++)    // inputs before units, as a step of the network adds them
            Add(k, point[k], image);
        for (int j = 0; j < n; j++)
            Add(j, units.Forward(j, point[j]), image);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Differentiate<TLane>(Row<TLane> point, Row<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = Dimension;
        for (int j = 0; j < n; j++)
        {
            TLane slope = units.Slope(j, units.Forward(j, point[j]));
            for (int i = 0; i < n; i++)
                jacobian[(i * n) + j] = TLane.From(weights[(j * n) + i]) * slope;
        }
    }

    /// <inheritdoc/>
    public void DifferentiateInputs<TLane>(Row<TLane> point, Row<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = Dimension;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < Inputs; k++)
                jacobian[(i * Inputs) + k] = TLane.From(weights[((n + k) * n) + i]);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Output<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => units.Forward(unit, activation);

    /// <summary>Adds to every unit what comes from one source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add<TLane>(int source, TLane value, Row<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < Dimension; i++)
            image[i] = TLane.FusedMultiplyAdd(TLane.From(weights[(source * Dimension) + i]), value, image[i]);
    }
}
