using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The latching recurrent neuron of Figure 1(a), eq. (1): <c>a_t = w·x_{t−1} + h_t</c>, <c>x_t = f(a_t)</c>, x_0 = 0.
/// The first L inputs of a sequence are parameters, one set for each class; the inputs after them are given.
/// </summary>
/// <remarks>Parameters: [w, h¹_1 … h¹_L, h⁰_1 … h⁰_L], class 1 first; with one class the last L are absent.</remarks>
/// <typeparam name="TUnits">The kind of the unit; the paper's is <see cref="Tanh"/>.</typeparam>
/// <param name="trainableInputs">L ≥ 0, the number of trainable inputs of a class.</param>
/// <param name="classes">1 or 2.</param>
/// <param name="unitFunctions">The unit.</param>
public readonly struct LatchNeuron<TUnits>(int trainableInputs, int classes, TUnits unitFunctions) : INetwork
    where TUnits : struct, IUnits
{
    private const int W = 0;

    public static bool IsStochastic => TUnits.IsStochastic;

    public static bool BenefitsFromUnrolling => true;

    public int StateSize => 1;

    public int StepSize => 1;

    public int AdjointSize => 1;

    public int Parameters => 1 + classes * trainableInputs;

    public int Inputs => 1;

    public int TrainableInputs => trainableInputs;

    public Readout Readout => Readout.OfUnits(0);

    public double InitialState(int index) => 0.0;

    public int InputParameterIndex(int i, int sequenceClass)
        => sequenceClass == 1 || classes == 1 ? i : trainableInputs + i;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>
        => after[0] = unitFunctions.Forward(0, TLane.FusedMultiplyAdd(parameters[W], before[0], input[0]));

    /// <summary>A single vector would wait for the result of each step.</summary>
    public static bool HasSumBackward<TLane>()
        where TLane : unmanaged, ILane<TLane>
        => !TUnits.IsStochastic && TLane.VectorCount > 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SumBackward<TLane>(in BackwardSteps<TLane> steps)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> state = steps.State;
        nint stride = steps.StateStride;
        TLane w = steps.Parameters[W], x = state[0], adjoint = steps.Adjoint[0], sum = steps.Gradients[W];
        for (int remaining = steps.Count; remaining > 0; remaining--)
        {
            TLane gradient = unitFunctions.Backward(0, adjoint, x, activation: default, uniform: default);
            state = state.Slice(-stride);
            x = state[0];
            sum = TLane.FusedMultiplyAdd(gradient, x, sum);
            adjoint = w * gradient;
        }

        steps.Adjoint[0] = adjoint;
        steps.Gradients[W] = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SumBackwardToStarts<TLane>(
        in BackwardSteps<TLane> steps, TLane start, int t, UncheckedSpan<TLane> inputGradients)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> state = steps.State;
        nint stride = steps.StateStride;
        TLane w = steps.Parameters[W], x = state[0], adjoint = steps.Adjoint[0], sum = steps.Gradients[W];
        for (int remaining = steps.Count; remaining > 0; remaining--, t--)
        {
            adjoint = TLane.WhereLess(start, TLane.From(t), adjoint, TLane.From(0.0));
            TLane gradient = unitFunctions.Backward(0, adjoint, x, activation: default, uniform: default);
            inputGradients[t] = gradient;
            state = state.Slice(-stride);
            x = state[0];
            sum = TLane.FusedMultiplyAdd(gradient, x, sum);
            adjoint = w * gradient;
        }

        steps.Adjoint[0] = adjoint;
        steps.Gradients[W] = sum;
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
        TLane w = parameters[W], x = before[0], activation = default, uniform = default;
        if (TUnits.IsStochastic)
        {
            activation = TLane.FusedMultiplyAdd(w, x, input[0]);
            uniform = adjoint.Uniforms[0];
        }

        TLane gradient = unitFunctions.Backward(0, adjoint.Gradient[0], after[0], activation, uniform);    // ∂C/∂a_t
        TLane curvature = default;
        previousAdjoint.Gradient[0] = w * gradient;
        if (TTerms.Curvature != CurvatureForm.None)
        {
            curvature = DiagonalHessian.BackwardThroughUnit<TLane, TUnits, TTerms>(
                unitFunctions, 0, after[0], adjoint.Gradient[0], adjoint.Curvature[0]);
            previousAdjoint.Curvature[0] = w * w * curvature;
        }

        var activationDerivatives = new GradientAndCurvature<TLane>(gradient, curvature);
        TTerms.AddWeight(terms, W, activationDerivatives, x);
        return activationDerivatives;
    }
}
