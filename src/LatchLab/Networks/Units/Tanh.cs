using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>The symmetric sigmoid of the paper: x = tanh a, f′ = 1 − x².</summary>
public readonly struct Tanh : IUnit
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Forward<TLane>(TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => TLane.Tanh(activation);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Slope<TLane>(TLane output)
        where TLane : unmanaged, ILane<TLane>
        => TLane.FusedMultiplyAdd(-output, output, TLane.From(1.0));
}
