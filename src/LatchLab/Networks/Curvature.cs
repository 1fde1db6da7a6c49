using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>The step of the diagonal second derivatives through a unit (Becker and LeCun 1988).</summary>
internal static class Curvature
{
    /// <summary>H_a = f′²·H_x, and f″·∂C/∂x besides where that form is wanted.</summary>
    /// <param name="units">The units.</param>
    /// <param name="unit">Number of the unit.</param>
    /// <param name="output">x.</param>
    /// <param name="gradient">∂C/∂x.</param>
    /// <param name="curvature">H_x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane AtActivation<TLane, TUnits, TContributions>(
        TUnits units, int unit, TLane output, TLane gradient, TLane curvature)
        where TLane : unmanaged, ILane<TLane>
        where TUnits : struct, IUnits
        where TContributions : struct, IContributions
    {
        TLane slope = units.Slope(unit, output), squared = slope * slope * curvature;
        return TContributions.Curvature == CurvatureForm.WithBend
            ? TLane.FusedMultiplyAdd(units.Bend(unit, output), gradient, squared)
            : squared;
    }
}
