using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The network of <see cref="FullyConnected{TUnits}"/> with five units, as in Section V-E, written out: the same
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

    public int Units => Count;

    public int Parameters => Count * Count;

    public int Inputs => 1;

    public int Outputs => 1;

    public int TrainableInputs => 0;

    public int OutputUnit(int output) => outputUnit;

    public double InitialState(int unit) => 0.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane u = input[0], x0 = before[0], x1 = before[1], x2 = before[2], x3 = before[3], x4 = before[4];
        TLane zero = TLane.From(0.0);
        UncheckedSpan<TLane> w = parameters;
        for (int i = 0; i < Count; i++)
        {
            TLane a = TLane.FusedMultiplyAdd(x0, w[0], i == inputUnit ? u : zero);
            a = TLane.FusedMultiplyAdd(x1, w[1], a);
            a = TLane.FusedMultiplyAdd(x2, w[2], a);
            a = TLane.FusedMultiplyAdd(x3, w[3], a);
            after[i] = unitFunctions.Forward(i, TLane.FusedMultiplyAdd(x4, w[4], a));
            w = w.Slice(Count);
        }
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
