using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>The backward pass of the diagonal second derivatives through a unit (Becker and LeCun 1988).</summary>
internal static class DiagonalHessian
{
    /// <summary>Computes H_a = f′²·H_x, plus f″·∂C/∂x for <see cref="CurvatureForm.Full"/>.</summary>
    /// <param name="units">The units.</param>
    /// <param name="unit">Number of the unit.</param>
    /// <param name="output">x.</param>
    /// <param name="gradient">∂C/∂x.</param>
    /// <param name="curvature">H_x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane BackwardThroughUnit<TLane, TUnits, TTerms>(
        TUnits units, int unit, TLane output, TLane gradient, TLane curvature)
        where TLane : unmanaged, ILane<TLane>
        where TUnits : struct, IUnits
        where TTerms : struct, IGradientTerms
    {
        TLane derivative = units.Derivative(unit, output), positiveTerm = derivative * derivative * curvature;
        return TTerms.Curvature == CurvatureForm.Full
            ? TLane.FusedMultiplyAdd(units.SecondDerivative(unit, output), gradient, positiveTerm)
            : positiveTerm;
    }
}
