using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The seven-parameter network of the Parity problem (Section V-E). A hidden unit h and an output unit y both receive
/// the input and the previous output: <c>h_t = f(w1·u_t + w2·y_{t−1} + b1)</c>, <c>y_t = f(w3·u_t + w4·y_{t−1} + w5·h_t
/// + b2)</c>. The hidden value of the same step feeds the output. y_0 is fed back as it is, whatever the unit: if it
/// were the output of a threshold unit at the activation 0, +1, no parameters would compute the parity.
/// </summary>
/// <remarks>
/// Parameters: [w1, w2, b1, w3, w4, w5, b2]. State: x[0] = y, x[1] = h (which the next step does not read).
/// </remarks>
/// <typeparam name="TUnits">The kind of the units; y is unit 0, h is unit 1.</typeparam>
/// <param name="unitFunctions">The units.</param>
/// <param name="initialOutput">y_0.</param>
public readonly struct ParityNetwork<TUnits>(TUnits unitFunctions, double initialOutput) : INetwork
    where TUnits : struct, IUnits
{
    private const int W1 = 0, W2 = 1, B1 = 2, W3 = 3, W4 = 4, W5 = 5, B2 = 6;
    private const int Y = 0, H = 1;

    public static bool IsStochastic => TUnits.IsStochastic;

    public static bool BenefitsFromUnrolling => true;

    public int StateSize => 2;

    public int StepSize => 2;

    public int AdjointSize => 2;

    public int Parameters => 7;

    public int Inputs => 1;

    public int TrainableInputs => 0;

    public Readout Readout => Readout.OfUnits(Y);

    public double InitialState(int index) => index == Y ? initialOutput : 0.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        // One loop for both units: the compiler limits what it inlines, and two tangents of four vectors exceed it.
        TLane output = default;
        for (int unit = H; unit >= Y; unit--)
        {
            UncheckedSpan<TLane> w = parameters.Slice(unit == H ? W1 : W3);
            TLane a = TLane.FusedMultiplyAdd(w[0], input[0], parameters[unit == H ? B1 : B2]);
            a = TLane.FusedMultiplyAdd(w[1], before[Y], a);
            if (unit == Y)
                a = TLane.FusedMultiplyAdd(w[2], output, a);
            output = unitFunctions.Forward(unit, a);
            after[unit] = output;
        }
    }

    /// <summary>A single vector would wait for the result of each step.</summary>
    public static bool HasSumBackward<TLane>()
        where TLane : unmanaged, ILane<TLane>
        => !TUnits.IsStochastic && TLane.VectorCount > 1;

    /// <remarks>
    /// First the gradients of the activations at all steps, each of which depends on the next; then the sums, for whose
    /// seven parameters the registers do not suffice at once.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumBackward<TLane>(in BackwardSteps<TLane> steps)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> gradients = steps.Workspace, state = steps.State, parameters = steps.Parameters;
        nint stride = steps.StateStride;
        TLane adjoint = steps.Adjoint[Y];
        for (int remaining = steps.Count; remaining > 0; remaining--)
        {
            TLane outputGradient = unitFunctions.Backward(Y, adjoint, state[Y], default, default);
            gradients[Y] = outputGradient;
            TLane hiddenGradient = unitFunctions.Backward(
                H, parameters[W5] * outputGradient, state[H], default, default);
            gradients[H] = hiddenGradient;
            adjoint = TLane.FusedMultiplyAdd(parameters[W2], hiddenGradient, parameters[W4] * outputGradient);
            state = state.Slice(-stride);
            gradients = gradients.Slice(2);
        }

        steps.Adjoint[Y] = adjoint;
        SumHiddenGradients(steps);
        SumOutputGradients(steps);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumHiddenGradients<TLane>(in BackwardSteps<TLane> steps)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> gradients = steps.Workspace, input = steps.Input, sums = steps.Gradients;
        nint stride = steps.StateStride, inputStride = steps.InputStride;
        UncheckedSpan<TLane> before = steps.State.Slice(-stride);
        TLane w1 = sums[W1], w2 = sums[W2], b1 = sums[B1];
        for (int remaining = steps.Count; remaining > 0; remaining--)
        {
            TLane gradient = gradients[H];
            w1 = TLane.FusedMultiplyAdd(gradient, input[0], w1);
            w2 = TLane.FusedMultiplyAdd(gradient, before[Y], w2);
            b1 += gradient;
            before = before.Slice(-stride);
            input = input.Slice(-inputStride);
            gradients = gradients.Slice(2);
        }

        sums[W1] = w1;
        sums[W2] = w2;
        sums[B1] = b1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumOutputGradients<TLane>(in BackwardSteps<TLane> steps)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> gradients = steps.Workspace, input = steps.Input, sums = steps.Gradients,
            state = steps.State;
        nint stride = steps.StateStride, inputStride = steps.InputStride;
        TLane w3 = sums[W3], w4 = sums[W4], w5 = sums[W5], b2 = sums[B2];
        for (int remaining = steps.Count; remaining > 0; remaining--)
        {
            TLane gradient = gradients[Y];
            w5 = TLane.FusedMultiplyAdd(gradient, state[H], w5);
            state = state.Slice(-stride);
            w4 = TLane.FusedMultiplyAdd(gradient, state[Y], w4);
            w3 = TLane.FusedMultiplyAdd(gradient, input[0], w3);
            b2 += gradient;
            input = input.Slice(-inputStride);
            gradients = gradients.Slice(2);
        }

        sums[W3] = w3;
        sums[W4] = w4;
        sums[W5] = w5;
        sums[B2] = b2;
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
        TLane w1 = parameters[W1], w2 = parameters[W2], w3 = parameters[W3], w4 = parameters[W4], w5 = parameters[W5];
        TLane u = input[0], previousOutput = before[Y], hiddenOutput = after[H];
        TLane outputActivation = default, hiddenActivation = default, outputUniform = default, hiddenUniform = default;
        if (TUnits.IsStochastic)
        {
            outputActivation = OutputActivation(parameters, u, before, hiddenOutput);
            hiddenActivation = HiddenActivation(parameters, u, before);
            outputUniform = adjoint.Uniforms[Y];
            hiddenUniform = adjoint.Uniforms[H];
        }

        // ∂C/∂a of the output unit
        TLane outputGradient = unitFunctions.Backward(Y, adjoint.Gradient[Y], after[Y], outputActivation,
            outputUniform);
        TLane hiddenOutputGradient = w5 * outputGradient;    // h_t is read in this step only
        // ∂C/∂a of the hidden unit
        TLane hiddenGradient = unitFunctions.Backward(H, hiddenOutputGradient, hiddenOutput, hiddenActivation,
            hiddenUniform);
        previousAdjoint.Gradient[Y] = TLane.FusedMultiplyAdd(w2, hiddenGradient, w4 * outputGradient);
        previousAdjoint.Gradient[H] = TLane.From(0.0);

        TLane outputCurvature = default, hiddenCurvature = default;    // H_a of the two units
        if (TTerms.Curvature != CurvatureForm.None)
        {
            outputCurvature = DiagonalHessian.BackwardThroughUnit<TLane, TUnits, TTerms>(
                unitFunctions, Y, after[Y], adjoint.Gradient[Y], adjoint.Curvature[Y]);
            hiddenCurvature = DiagonalHessian.BackwardThroughUnit<TLane, TUnits, TTerms>(unitFunctions, H, hiddenOutput,
                hiddenOutputGradient, w5 * w5 * outputCurvature);
            previousAdjoint.Curvature[Y] = TLane.FusedMultiplyAdd(w2 * w2, hiddenCurvature, w4 * w4 * outputCurvature);
            previousAdjoint.Curvature[H] = TLane.From(0.0);
        }

        GradientAndCurvature<TLane> hiddenDerivatives = new(hiddenGradient, hiddenCurvature),
            outputDerivatives = new(outputGradient, outputCurvature);
        TTerms.AddWeight(terms, W1, hiddenDerivatives, u);
        TTerms.AddWeight(terms, W2, hiddenDerivatives, previousOutput);
        TTerms.Add(terms, B1, hiddenDerivatives);
        TTerms.AddWeight(terms, W3, outputDerivatives, u);
        TTerms.AddWeight(terms, W4, outputDerivatives, previousOutput);
        TTerms.AddWeight(terms, W5, outputDerivatives, hiddenOutput);
        TTerms.Add(terms, B2, outputDerivatives);
        TLane inputGradient = TLane.FusedMultiplyAdd(w1, hiddenGradient, w3 * outputGradient);
        return TTerms.Curvature == CurvatureForm.None
            ? new(inputGradient, default)
            : new(inputGradient, TLane.FusedMultiplyAdd(w1 * w1, hiddenCurvature, w3 * w3 * outputCurvature));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane HiddenActivation<TLane>(UncheckedSpan<TLane> parameters, TLane input,
        UncheckedSpan<TLane> before)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane h = TLane.FusedMultiplyAdd(parameters[W1], input, parameters[B1]);
        return TLane.FusedMultiplyAdd(parameters[W2], before[Y], h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane OutputActivation<TLane>(UncheckedSpan<TLane> parameters, TLane input,
        UncheckedSpan<TLane> before, TLane h)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane y = TLane.FusedMultiplyAdd(parameters[W3], input, parameters[B2]);
        y = TLane.FusedMultiplyAdd(parameters[W4], before[Y], y);
        return TLane.FusedMultiplyAdd(parameters[W5], h, y);
    }
}
