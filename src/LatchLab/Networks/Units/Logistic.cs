using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>
/// The logistic sigmoid, x = 1/(1 + e⁻ᵃ) between 0 and 1, f′ = x(1 − x), f″ = f′(1 − 2x). It is computed from tanh, the
/// same function on another scale, which cannot overflow.
/// </summary>
public readonly struct Logistic : IUnits
{
    public static bool IsStochastic => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Forward<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane half = TLane.From(0.5);
        return TLane.FusedMultiplyAdd(half, TLane.Tanh(half * activation), half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Derivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => TLane.MultiplyByComplement(output);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane SecondDerivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => Derivative(unit, output) * TLane.FusedMultiplyAdd(TLane.From(-2.0), output, TLane.From(1.0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Backward<TLane>(int unit, TLane adjoint, TLane output, TLane activation, TLane uniform)
        where TLane : unmanaged, ILane<TLane>
        => Derivative(unit, output) * adjoint;
}
