using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// n fully connected units with m inputs to all units, with biases, or with several output units:
/// <c>a_t = W·x_{t−1} + V·u_t + b</c>, <c>x_t = f(a_t)</c>, from any x_0. If V is not a parameter, there is one input,
/// whose weight is 1 to one unit and 0 to the others. The special case without V and b, with a single output and
/// x_0 = 0, is the network of the paper; <see cref="FullyConnected{TUnits}"/> has a faster kernel for it, because most
/// training time is spent there.
/// </summary>
/// <remarks>Parameters: [W | V | b], each row by row; V and b only if the network has them.</remarks>
/// <typeparam name="TUnits">The kind of the units.</typeparam>
/// <param name="units">n ≥ 1.</param>
/// <param name="inputs">m ≥ 1; 1 if V is not a parameter.</param>
/// <param name="inputUnit">The unit that receives the input, 0 … n − 1; null if V is a parameter.</param>
/// <param name="outputUnits">The output units: at least one, all distinct, each 0 … n − 1.</param>
/// <param name="hasBiases">Whether b is a parameter; otherwise it is 0.</param>
/// <param name="unitFunctions">The units.</param>
/// <param name="initialState">x_0, n values; null for all 0.</param>
public readonly struct RecurrentNetwork<TUnits>(
    int units, int inputs, int? inputUnit, int[] outputUnits, bool hasBiases, TUnits unitFunctions,
    double[]? initialState = null) : INetwork
    where TUnits : struct, IUnits
{
    private const int Absent = -1;

    private readonly int _inputUnitIndex = inputUnit ?? Absent;
    private readonly int _inputWeightsOffset = inputUnit is null ? units * units : Absent;
    private readonly int _biasesOffset = hasBiases ? units * (units + (inputUnit is null ? inputs : 0)) : Absent;

    public static bool IsStochastic => TUnits.IsStochastic;

    public int StateSize => units;

    public int StepSize => units;

    public int AdjointSize => units;

    public int Parameters
        => units * (units + (_inputWeightsOffset == Absent ? 0 : inputs) + (_biasesOffset == Absent ? 0 : 1));

    public int Inputs => inputs;

    public int TrainableInputs => 0;

    public Readout Readout => Readout.OfUnits(outputUnits);

    public double InitialState(int index) => initialState is null ? 0.0 : initialState[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < units; i++)
            after[i] = unitFunctions.Forward(i, Activation(parameters, input, before, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GradientAndCurvature<TLane> StepBackward<TLane, TTerms>(
        UncheckedSpan<TLane> parameters,
        UncheckedSpan<TLane> input,
        UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after,
        Adjoint<TLane> adjoint,
        Adjoint<TLane> previousAdjoint,
        UncheckedSpan<TLane> terms)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
    {
        GradientAndCurvature<TLane> inputDerivatives = default;
        for (int i = 0; i < units; i++)
        {
            TLane activation = default, uniform = default, curvature = default;
            if (TUnits.IsStochastic)
            {
                activation = Activation(parameters, input, before, i);
                uniform = adjoint.Uniforms[i];
            }

            TLane gradient = unitFunctions.Backward(i, adjoint.Gradient[i], after[i], activation, uniform);   // ∂C/∂a_i
            if (TTerms.Curvature != CurvatureForm.None)
            {
                curvature = DiagonalHessian.BackwardThroughUnit<TLane, TUnits, TTerms>(
                    unitFunctions, i, after[i], adjoint.Gradient[i], adjoint.Curvature[i]);
            }

            var activationDerivatives = new GradientAndCurvature<TLane>(gradient, curvature);
            for (int j = 0; j < units; j++)
            {
                TLane w = parameters[(i * units) + j], x = before[j];
                TTerms.AddWeight(terms, (i * units) + j, activationDerivatives, x);
                previousAdjoint.Gradient[j] = i == 0 ? w * gradient
                    : TLane.FusedMultiplyAdd(w, gradient, previousAdjoint.Gradient[j]);
                if (TTerms.Curvature != CurvatureForm.None)
                {
                    previousAdjoint.Curvature[j] = i == 0 ? w * w * curvature    // Σ_i w_ij²·H_a(t, i)
                        : TLane.FusedMultiplyAdd(w * w, curvature, previousAdjoint.Curvature[j]);
                }
            }

            if (_biasesOffset != Absent)
                TTerms.Add(terms, _biasesOffset + i, activationDerivatives);
            for (int k = 0; _inputWeightsOffset != Absent && k < inputs; k++)
            {
                TLane u = input[k];
                TTerms.AddWeight(terms, _inputWeightsOffset + (i * inputs) + k, activationDerivatives, u);
            }

            if (_inputWeightsOffset != Absent)
            {
                TLane v = parameters[_inputWeightsOffset + (i * inputs)];
                inputDerivatives = new(
                    TLane.FusedMultiplyAdd(v, gradient, inputDerivatives.Gradient),
                    inputDerivatives.Curvature + (v * v * curvature));
            }
            else if (i == _inputUnitIndex)
            {
                inputDerivatives = activationDerivatives;
            }
        }

        return inputDerivatives;
    }

    /// <summary>
    /// a_i, summed in the order of <see cref="RecurrentMap{TUnits}"/>, so that both give the same bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Activation<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input,
        UncheckedSpan<TLane> before, int i)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane a = _biasesOffset == Absent ? TLane.From(0.0) : parameters[_biasesOffset + i];
        for (int k = 0; _inputWeightsOffset != Absent && k < inputs; k++)
            a = TLane.FusedMultiplyAdd(parameters[_inputWeightsOffset + (i * inputs) + k], input[k], a);
        if (i == _inputUnitIndex)
            a += input[0];
        for (int j = 0; j < units; j++)
            a = TLane.FusedMultiplyAdd(parameters[(i * units) + j], before[j], a);
        return a;
    }
}
