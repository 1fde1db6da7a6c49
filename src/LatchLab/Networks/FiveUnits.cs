using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The network of <see cref="FullyConnected{TUnits, TForm}"/> with five units, as in Section V-E, written out: the same
/// operations in the same order, whose states and adjoints stay in registers. The tests compare the two.
/// </summary>
/// <typeparam name="TUnits">The kind of the units, which are not stochastic.</typeparam>
/// <param name="inputUnit">The unit that receives the input, 0 … 4.</param>
/// <param name="outputUnit">The output unit, 0 … 4.</param>
/// <param name="unitFunctions">The units.</param>
public readonly struct FiveUnits<TUnits>(int inputUnit, int outputUnit, TUnits unitFunctions) : INetwork
    where TUnits : struct, IUnits
{
    /// <summary>Number of units.</summary>
    public const int Count = 5;

    public static bool IsStochastic => TUnits.IsStochastic;

    public int StateSize => Count;

    public int StepSize => Count;

    public int AdjointSize => Count;

    public int Parameters => Count * Count;

    public int Inputs => 1;

    public int TrainableInputs => 0;

    public Readout Readout => Readout.OfUnits(outputUnit);

    public double InitialState(int index) => 0.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane u = input[0], x0 = before[0], x1 = before[1], x2 = before[2], x3 = before[3], x4 = before[4];
        if (TLane.Count == 1)    // five tangents of plain numbers at once would not be inlined
        {
            for (int i = 0; i < Count; i++)
                after[i] = unitFunctions.Forward(i, Activation(parameters, i, u, x0, x1, x2, x3, x4));
            return;
        }

        TLane a0 = Activation(parameters, 0, u, x0, x1, x2, x3, x4),
            a1 = Activation(parameters, 1, u, x0, x1, x2, x3, x4),
            a2 = Activation(parameters, 2, u, x0, x1, x2, x3, x4),
            a3 = Activation(parameters, 3, u, x0, x1, x2, x3, x4),
            a4 = Activation(parameters, 4, u, x0, x1, x2, x3, x4);

        // All outputs are computed before the first is stored, so that the units share the constants in registers.
        a0 = unitFunctions.Forward(0, a0);
        a1 = unitFunctions.Forward(1, a1);
        a2 = unitFunctions.Forward(2, a2);
        a3 = unitFunctions.Forward(3, a3);
        a4 = unitFunctions.Forward(4, a4);
        after[0] = a0;
        after[1] = a1;
        after[2] = a2;
        after[3] = a3;
        after[4] = a4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Activation<TLane>(
        UncheckedSpan<TLane> parameters, int i, TLane u, TLane x0, TLane x1, TLane x2, TLane x3, TLane x4)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> w = parameters.Slice(Count * i);
        TLane a = TLane.FusedMultiplyAdd(x0, w[0], i == inputUnit ? u : TLane.From(0.0));
        a = TLane.FusedMultiplyAdd(x1, w[1], a);
        a = TLane.FusedMultiplyAdd(x2, w[2], a);
        a = TLane.FusedMultiplyAdd(x3, w[3], a);
        return TLane.FusedMultiplyAdd(x4, w[4], a);
    }

    public static bool HasSumBackward<TLane>()
        where TLane : unmanaged, ILane<TLane>
        => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumBackward<TLane>(in BackwardSteps<TLane> steps)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> after = steps.State, adjoint = steps.Adjoint;
        nint stride = steps.StateStride;
        UncheckedSpan<TLane> w = steps.Parameters, sums = steps.Gradients;
        TLane s00 = sums[0], s01 = sums[1], s02 = sums[2], s03 = sums[3], s04 = sums[4];
        TLane s10 = sums[5], s11 = sums[6], s12 = sums[7], s13 = sums[8], s14 = sums[9];
        TLane s20 = sums[10], s21 = sums[11], s22 = sums[12], s23 = sums[13], s24 = sums[14];
        TLane s30 = sums[15], s31 = sums[16], s32 = sums[17], s33 = sums[18], s34 = sums[19];
        TLane s40 = sums[20], s41 = sums[21], s42 = sums[22], s43 = sums[23], s44 = sums[24];
        for (int remaining = steps.Count; remaining > 0; remaining--)
        {
            TLane d0 = Gradient(0, after, adjoint), d1 = Gradient(1, after, adjoint), d2 = Gradient(2, after, adjoint),
                d3 = Gradient(3, after, adjoint), d4 = Gradient(4, after, adjoint);
            after = after.Slice(-stride);

            adjoint[0] = Sum(w, 0, d0, d1, d2, d3, d4);
            TLane x = after[0];
            s00 = TLane.FusedMultiplyAdd(d0, x, s00);
            s10 = TLane.FusedMultiplyAdd(d1, x, s10);
            s20 = TLane.FusedMultiplyAdd(d2, x, s20);
            s30 = TLane.FusedMultiplyAdd(d3, x, s30);
            s40 = TLane.FusedMultiplyAdd(d4, x, s40);

            adjoint[1] = Sum(w, 1, d0, d1, d2, d3, d4);
            x = after[1];
            s01 = TLane.FusedMultiplyAdd(d0, x, s01);
            s11 = TLane.FusedMultiplyAdd(d1, x, s11);
            s21 = TLane.FusedMultiplyAdd(d2, x, s21);
            s31 = TLane.FusedMultiplyAdd(d3, x, s31);
            s41 = TLane.FusedMultiplyAdd(d4, x, s41);

            adjoint[2] = Sum(w, 2, d0, d1, d2, d3, d4);
            x = after[2];
            s02 = TLane.FusedMultiplyAdd(d0, x, s02);
            s12 = TLane.FusedMultiplyAdd(d1, x, s12);
            s22 = TLane.FusedMultiplyAdd(d2, x, s22);
            s32 = TLane.FusedMultiplyAdd(d3, x, s32);
            s42 = TLane.FusedMultiplyAdd(d4, x, s42);

            adjoint[3] = Sum(w, 3, d0, d1, d2, d3, d4);
            x = after[3];
            s03 = TLane.FusedMultiplyAdd(d0, x, s03);
            s13 = TLane.FusedMultiplyAdd(d1, x, s13);
            s23 = TLane.FusedMultiplyAdd(d2, x, s23);
            s33 = TLane.FusedMultiplyAdd(d3, x, s33);
            s43 = TLane.FusedMultiplyAdd(d4, x, s43);

            adjoint[4] = Sum(w, 4, d0, d1, d2, d3, d4);
            x = after[4];
            s04 = TLane.FusedMultiplyAdd(d0, x, s04);
            s14 = TLane.FusedMultiplyAdd(d1, x, s14);
            s24 = TLane.FusedMultiplyAdd(d2, x, s24);
            s34 = TLane.FusedMultiplyAdd(d3, x, s34);
            s44 = TLane.FusedMultiplyAdd(d4, x, s44);
        }

        sums[0] = s00;
        sums[1] = s01;
        sums[2] = s02;
        sums[3] = s03;
        sums[4] = s04;
        sums[5] = s10;
        sums[6] = s11;
        sums[7] = s12;
        sums[8] = s13;
        sums[9] = s14;
        sums[10] = s20;
        sums[11] = s21;
        sums[12] = s22;
        sums[13] = s23;
        sums[14] = s24;
        sums[15] = s30;
        sums[16] = s31;
        sums[17] = s32;
        sums[18] = s33;
        sums[19] = s34;
        sums[20] = s40;
        sums[21] = s41;
        sums[22] = s42;
        sums[23] = s43;
        sums[24] = s44;
    }

    /// <summary>∂C/∂x_{t−1} of unit j: Σ_i w_ij·∂C/∂a_i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Sum<TLane>(
        UncheckedSpan<TLane> w, nint j, TLane d0, TLane d1, TLane d2, TLane d3, TLane d4)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane sum = w[j] * d0;
        sum = TLane.FusedMultiplyAdd(w[Count + j], d1, sum);
        sum = TLane.FusedMultiplyAdd(w[(2 * Count) + j], d2, sum);
        sum = TLane.FusedMultiplyAdd(w[(3 * Count) + j], d3, sum);
        return TLane.FusedMultiplyAdd(w[(4 * Count) + j], d4, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Gradient<TLane>(int i, UncheckedSpan<TLane> after, UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        => unitFunctions.Backward(i, adjoint[i], after[i], activation: default, uniform: default);

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
        GradientAndCurvature<TLane> d0 = Backward<TLane, TTerms>(0, after, adjoint),
            d1 = Backward<TLane, TTerms>(1, after, adjoint), d2 = Backward<TLane, TTerms>(2, after, adjoint),
            d3 = Backward<TLane, TTerms>(3, after, adjoint), d4 = Backward<TLane, TTerms>(4, after, adjoint);
        for (nint j = 0; j < Count; j++)
        {
            TLane x = before[j], w0 = parameters[j], w1 = parameters[Count + j], w2 = parameters[(2 * Count) + j],
                w3 = parameters[(3 * Count) + j], w4 = parameters[(4 * Count) + j];
            TLane gradient = w0 * d0.Gradient;
            gradient = TLane.FusedMultiplyAdd(w1, d1.Gradient, gradient);
            gradient = TLane.FusedMultiplyAdd(w2, d2.Gradient, gradient);
            gradient = TLane.FusedMultiplyAdd(w3, d3.Gradient, gradient);
            previousAdjoint.Gradient[j] = TLane.FusedMultiplyAdd(w4, d4.Gradient, gradient);
            if (TTerms.Curvature != CurvatureForm.None)
            {
                TLane curvature = w0 * w0 * d0.Curvature;
                curvature = TLane.FusedMultiplyAdd(w1 * w1, d1.Curvature, curvature);
                curvature = TLane.FusedMultiplyAdd(w2 * w2, d2.Curvature, curvature);
                curvature = TLane.FusedMultiplyAdd(w3 * w3, d3.Curvature, curvature);
                previousAdjoint.Curvature[j] = TLane.FusedMultiplyAdd(w4 * w4, d4.Curvature, curvature);
            }

            TTerms.AddWeight(terms, j, d0, x);
            TTerms.AddWeight(terms, Count + j, d1, x);
            TTerms.AddWeight(terms, (2 * Count) + j, d2, x);
            TTerms.AddWeight(terms, (3 * Count) + j, d3, x);
            TTerms.AddWeight(terms, (4 * Count) + j, d4, x);
        }

        return inputUnit switch { 0 => d0, 1 => d1, 2 => d2, 3 => d3, _ => d4 };
    }

    /// <summary>The derivatives with respect to the activation of a unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private GradientAndCurvature<TLane> Backward<TLane, TTerms>(
        int i, UncheckedSpan<TLane> after, Adjoint<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
    {
        TLane gradient = unitFunctions.Backward(i, adjoint.Gradient[i], after[i], default, default);
        return TTerms.Curvature == CurvatureForm.None ? new(gradient, default)
            : new(gradient, DiagonalHessian.BackwardThroughUnit<TLane, TUnits, TTerms>(
                unitFunctions, i, after[i], adjoint.Gradient[i], adjoint.Curvature[i]));
    }
}
