using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The latching recurrent neuron of Figure 1(a), eq. (1): <c>a_t = w·x_{t−1} + h_t</c>, <c>x_t = f(a_t)</c>, x_0 = 0.
/// The first L inputs of a sequence are parameters, one set for each class; the inputs after them are given.
/// </summary>
/// <remarks>Parameters: [w, h¹_1 … h¹_L, h⁰_1 … h⁰_L], class 1 first; with one class the last L are missing.</remarks>
/// <typeparam name="TUnits">The kind of the unit; the paper's is <see cref="Tanh"/>.</typeparam>
/// <param name="trainableInputs">L ≥ 0, the number of trainable inputs of a class.</param>
/// <param name="classes">1 or 2.</param>
/// <param name="kind">The unit.</param>
public readonly struct LatchNeuron<TUnits>(int trainableInputs, int classes, TUnits kind) : INetwork
    where TUnits : struct, IUnits
{
    private const int W = 0;

    /// <inheritdoc/>
    public static bool PropagatesByChance => TUnits.PropagateByChance;

    /// <inheritdoc/>
    public static bool IsLatch => true;

    /// <inheritdoc/>
    public static bool HasShortSteps => true;

    /// <inheritdoc/>
    public int Units => 1;

    /// <inheritdoc/>
    public int Parameters => 1 + classes * trainableInputs;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public int Outputs => 1;

    /// <inheritdoc/>
    public int TrainableInputs => trainableInputs;

    /// <inheritdoc/>
    public int OutputUnit(int output) => 0;

    /// <inheritdoc/>
    public double InitialState(int unit) => 0.0;

    /// <inheritdoc/>
    public int InputParameter(int i, int sequenceClass)
        => sequenceClass == 1 || classes == 1 ? i : trainableInputs + i;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(Row<TLane> parameters, Row<TLane> input, Row<TLane> before, Row<TLane> after)
        where TLane : unmanaged, ILane<TLane>
        => after[0] = kind.Forward(0, TLane.FusedMultiplyAdd(parameters[W], before[0], input[0]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Back<TLane>(int unit, TLane signal, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => kind.Back(0, signal, output, activation: default, uniform: default);

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
        TLane w = parameters[W], x = before[0], activation = default, uniform = default;
        if (TUnits.PropagateByChance)
        {
            activation = TLane.FusedMultiplyAdd(w, x, input[0]);
            uniform = signal.Uniforms[0];
        }

        TLane gradient = kind.Back(0, signal.Gradient[0], after[0], activation, uniform);   // ∂C/∂a_t
        TLane curvature = default;
        earlier.Gradient[0] = w * gradient;
        if (TContributions.Curvature != CurvatureForm.None)
        {
            curvature = Curvature.AtActivation<TLane, TUnits, TContributions>(
                kind, 0, after[0], signal.Gradient[0], signal.Curvature[0]);
            earlier.Curvature[0] = w * w * curvature;
        }

        var atActivation = new Derivatives<TLane>(gradient, curvature);
        TContributions.Add(memory, W, atActivation.OfWeight<TContributions>(x));
        return atActivation;
    }
}
