using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>
/// The rectified linear unit, x = max(0, a), f″ = 0. Its derivative is 1 for a &gt; 0 and 0 for a ≤ 0: at a = 0, where
/// there is none, 0 is the usual choice. Its output has no upper bound.
/// </summary>
public readonly struct Relu : IUnits
{
    public static bool IsStochastic => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Forward<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => TLane.Rectify(activation);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Derivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => TLane.WhereLess(TLane.From(0.0), output, TLane.From(1.0), TLane.From(0.0));

    /// <summary>0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane SecondDerivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => TLane.From(0.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Backward<TLane>(int unit, TLane adjoint, TLane output, TLane activation, TLane uniform)
        where TLane : unmanaged, ILane<TLane>
        => TLane.WhereLess(TLane.From(0.0), output, adjoint, TLane.From(0.0));
}
