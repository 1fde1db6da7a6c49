using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>The symmetric sigmoid of the paper: x = tanh a, f′ = 1 − x², f″ = −2x·f′.</summary>
public readonly struct Tanh : IUnits
{
    public static bool IsStochastic => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Forward<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => TLane.Tanh(activation);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Derivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => TLane.FusedNegatedSquareAdd(output, TLane.Load(LaneConstant.One));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane SecondDerivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => TLane.From(-2.0) * output * Derivative(unit, output);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Backward<TLane>(int unit, TLane adjoint, TLane output, TLane activation, TLane uniform)
        where TLane : unmanaged, ILane<TLane>
        => Derivative(unit, output) * adjoint;
}
