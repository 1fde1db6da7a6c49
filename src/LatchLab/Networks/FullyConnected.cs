using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// n fully connected units without bias (Section V-E): <c>a_t = W·x_{t−1} + e_input·u_t</c>, <c>x_t = f(a_t)</c>,
/// x_0 = 0. The input is added to the activation of one unit; one unit is the output.
/// </summary>
/// <remarks>Parameters: W row by row, w_ij from unit j to unit i at [i·n + j].</remarks>
/// <typeparam name="TUnits">The kind of the units.</typeparam>
/// <param name="units">n ≥ 1.</param>
/// <param name="inputUnit">The unit that receives the input, 0 … n − 1.</param>
/// <param name="outputUnit">The output unit, 0 … n − 1.</param>
/// <param name="unitFunctions">The units.</param>
public readonly struct FullyConnected<TUnits>(int units, int inputUnit, int outputUnit, TUnits unitFunctions) : INetwork
    where TUnits : struct, IUnits
{
    public static bool IsStochastic => TUnits.IsStochastic;

    public static bool BenefitsFromUnrolling => true;

    public int StateSize => units;

    public int StepSize => units;

    public int AdjointSize => units;

    public int Parameters => units * units;

    public int Inputs => 1;

    public int TrainableInputs => 0;

    public Readout Readout => Readout.OfUnits(outputUnit);

    public double InitialState(int index) => 0.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane u = input[0];
        for (int i = 0; i < units; i++)
            after[i] = unitFunctions.Forward(i, Activation(parameters, u, before, i));
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
                activation = Activation(parameters, input[0], before, i);
                uniform = adjoint.Uniforms[i];
            }

            TLane gradient = unitFunctions.Backward(i, adjoint.Gradient[i], after[i], activation, uniform);   // ∂C/∂a_i
            if (TTerms.Curvature != CurvatureForm.None)
            {
                curvature = DiagonalHessian.BackwardThroughUnit<TLane, TUnits, TTerms>(
                    unitFunctions, i, after[i], adjoint.Gradient[i], adjoint.Curvature[i]);
                adjoint.Curvature[i] = curvature;
            }

            adjoint.Gradient[i] = gradient;
            if (i == inputUnit)
                inputDerivatives = new(gradient, curvature);
        }

        for (nint j = 0; j < units; j++)
            BackwardThroughWeights<TLane, TTerms>(parameters, before, adjoint, previousAdjoint, terms, j);
        return inputDerivatives;
    }

    /// <summary>
    /// Computes the adjoint of x_{t−1} of unit j from the adjoints of all activations a_t. The caller loops over the
    /// units j of the previous time step, so that the sums over the units i of this time step stay in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BackwardThroughWeights<TLane, TTerms>(
        UncheckedSpan<TLane> parameters,
        UncheckedSpan<TLane> before,
        Adjoint<TLane> adjoint,
        Adjoint<TLane> previousAdjoint,
        UncheckedSpan<TLane> terms,
        nint j)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
    {
        TLane x = before[j], gradientOfX = TLane.From(-0.0), curvatureOfX = gradientOfX;    // −0 + v is v
        nint n = units;
        for (nint i = 0, ij = j; i < n; i++, ij += n)
        {
            TLane w = parameters[ij], gradient = adjoint.Gradient[i], curvature = default;
            gradientOfX = TLane.FusedMultiplyAdd(w, gradient, gradientOfX);
            if (TTerms.Curvature != CurvatureForm.None)
            {
                curvature = adjoint.Curvature[i];
                curvatureOfX = TLane.FusedMultiplyAdd(w * w, curvature, curvatureOfX);    // Σ_i w_ij²·H_a(t, i)
            }

            TTerms.AddWeight(terms, ij, new GradientAndCurvature<TLane>(gradient, curvature), x);
        }

        previousAdjoint.Gradient[j] = gradientOfX;
        if (TTerms.Curvature != CurvatureForm.None)
            previousAdjoint.Curvature[j] = curvatureOfX;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Activation<TLane>(UncheckedSpan<TLane> parameters, TLane input, UncheckedSpan<TLane> before, int i)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane a = i == inputUnit ? input : TLane.From(0.0);
        UncheckedSpan<TLane> w = parameters.Slice(i * units);
        nint n = units;
        for (nint j = 0; j < n; j++)
            a = TLane.FusedMultiplyAdd(w[j], before[j], a);
        return a;
    }
}
