using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// The functions of gates, of which a step computes several: calls on values of several vectors, otherwise inlined.
/// </summary>
internal static class GateFunctions
{
    /// <summary>σ(a) = ½ + ½·tanh(½·a), as in <see cref="Logistic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Sigmoid<TLane>(TLane activation)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane half = TLane.From(0.5);
        return TLane.FusedMultiplyAdd(half, Tanh(half * activation), half);
    }

    /// <summary>tanh a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Tanh<TLane>(TLane activation)
        where TLane : unmanaged, ILane<TLane>
    {
        if (TLane.VectorCount == 1)
            return TLane.Tanh(activation);
        TLane value = activation;
        TLane.ReplaceByTanh(ref value);
        return value;
    }
}
