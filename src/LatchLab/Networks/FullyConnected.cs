using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// n fully connected units without bias (Section V-E): <c>a_t = W·x_{t−1} + e_input·u_t</c>, <c>x_t = f(a_t)</c>,
/// x_0 = 0. The input is added to the activation of one unit; one unit is read.
/// </summary>
/// <remarks>Parameters: W row by row, w_ij from unit j to unit i at [i·n + j].</remarks>
/// <typeparam name="TUnits">The kind of the units.</typeparam>
/// <param name="units">n ≥ 1.</param>
/// <param name="inputUnit">The unit that receives the input, 0 … n − 1.</param>
/// <param name="outputUnit">The unit that is read, 0 … n − 1.</param>
/// <param name="kind">The units.</param>
public readonly struct FullyConnected<TUnits>(int units, int inputUnit, int outputUnit, TUnits kind) : INetwork
    where TUnits : struct, IUnits
{
    /// <inheritdoc/>
    public static bool PropagatesByChance => TUnits.PropagateByChance;

    /// <inheritdoc/>
    public static bool HasShortSteps => true;

    /// <inheritdoc/>
    public int Units => units;

    /// <inheritdoc/>
    public int Parameters => units * units;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public int Outputs => 1;

    /// <inheritdoc/>
    public int TrainableInputs => 0;

    /// <inheritdoc/>
    public int OutputUnit(int output) => outputUnit;

    /// <inheritdoc/>
    public double InitialState(int unit) => 0.0;

    /// <inheritdoc/>
    public int InputParameter(int i, int sequenceClass) => throw new ArgumentOutOfRangeException(nameof(i));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(Row<TLane> parameters, Row<TLane> input, Row<TLane> before, Row<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane u = input[0];
        for (int i = 0; i < units; i++)
            after[i] = kind.Forward(i, Activation(parameters, u, before, i));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Back<TLane>(int unit, TLane signal, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => kind.Back(unit, signal, output, activation: default, uniform: default);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Derivatives<TLane> StepBack<TLane, TContributions>(
        Row<TLane> parameters,
        Row<TLane> input,
        Row<TLane> before,
        Row<TLane> after,
        Signal<TLane> signal,
        Signal<TLane> earlier,
        Row<TLane> memory)
        where TLane : unmanaged, ILane<TLane>
        where TContributions : struct, IContributions
    {
        Derivatives<TLane> atInput = default;
        for (int i = 0; i < units; i++)
        {
            TLane activation = default, uniform = default, curvature = default;
            if (TUnits.PropagateByChance)
            {
                activation = Activation(parameters, input[0], before, i);
                uniform = signal.Uniforms[i];
            }

            TLane gradient = kind.Back(i, signal.Gradient[i], after[i], activation, uniform);   // ∂C/∂a_i
            if (TContributions.Curvature != CurvatureForm.None)
            {
                curvature = Curvature.AtActivation<TLane, TUnits, TContributions>(
                    kind, i, after[i], signal.Gradient[i], signal.Curvature[i]);
                signal.Curvature[i] = curvature;
            }

            signal.Gradient[i] = gradient;
            if (i == inputUnit)
                atInput = new(gradient, curvature);
        }

        for (nint j = 0; j < units; j++)
            CarryBack<TLane, TContributions>(parameters, before, signal, earlier, memory, j);
        return atInput;
    }

    /// <summary>
    /// From the signals at all activations to that at x_j: unit by unit of the past, so that what is summed over the
    /// units of the present stays in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CarryBack<TLane, TContributions>(
        Row<TLane> parameters,
        Row<TLane> before,
        Signal<TLane> signal,
        Signal<TLane> earlier,
        Row<TLane> memory,
        nint j)
        where TLane : unmanaged, ILane<TLane>
        where TContributions : struct, IContributions
    {
        TLane x = before[j], gradientOfX = TLane.From(-0.0), curvatureOfX = gradientOfX;    // −0 + v is v
        nint n = units;
        for (nint i = 0, ij = j; i < n; i++, ij += n)
        {
            TLane w = parameters[ij], gradient = signal.Gradient[i], curvature = default;
            gradientOfX = TLane.FusedMultiplyAdd(w, gradient, gradientOfX);
            if (TContributions.Curvature != CurvatureForm.None)
            {
                curvature = signal.Curvature[i];
                TLane share = w * w * curvature;            // H_x(t−1, j) = Σ_i w_ij²·H_a(t, i)
                curvatureOfX += share;
            }

            TContributions.Add(
                memory, ij, new Derivatives<TLane>(gradient, curvature).OfWeight<TContributions>(x));
        }

        earlier.Gradient[j] = gradientOfX;
        if (TContributions.Curvature != CurvatureForm.None)
            earlier.Curvature[j] = curvatureOfX;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Activation<TLane>(Row<TLane> parameters, TLane input, Row<TLane> before, int i)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane a = i == inputUnit ? input : TLane.From(0.0);
        Row<TLane> w = parameters.From(i * units);
        nint n = units;
        for (nint j = 0; j < n; j++)
            a = TLane.FusedMultiplyAdd(w[j], before[j], a);
        return a;
    }
}
