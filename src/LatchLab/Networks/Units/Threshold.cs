using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>
/// The hard threshold x = sign(a), sign(0) = +1 (eq. (7)), with discrete error propagation. The desired change g of the
/// output is quantised at random to S(g) = ±2 (eq. (10)). The change of the activation that produces this change of the
/// output is Δa = ±ε − a (eqs. (8), (9)), and the unit propagates 1/Δa.
/// </summary>
/// <remarks>
/// Adjoints are gradients, and a desired change has the opposite sign. The sign is therefore inverted at the start and
/// at the end of the backward pass, so that threshold units can be combined with differentiable units. An adjoint of
/// exactly 0 propagates 0.
/// </remarks>
public readonly struct Threshold : IUnits
{
    private readonly PropagationInterpretation _interpretation;
    private readonly double _epsilon, _minimum, _maximum;

    /// <summary>Creates a unit with these constants.</summary>
    public Threshold(DiscretePropagation propagation)
    {
        _interpretation = propagation.Propagation;
        _epsilon = propagation.Epsilon;
        _minimum = propagation.MinimumSignal;
        _maximum = propagation.MaximumSignal;
    }

    public static bool IsStochastic => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Forward<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => TLane.WhereLess(activation, TLane.From(0.0), TLane.From(-1.0), TLane.From(1.0));

    /// <summary>0, wherever the derivative exists.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Derivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => TLane.From(0.0);

    /// <summary>0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane SecondDerivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => TLane.From(0.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Backward<TLane>(int unit, TLane adjoint, TLane output, TLane activation, TLane uniform)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), low = TLane.From(_minimum), high = TLane.From(_maximum);
        TLane g = TLane.WhereLess(-adjoint, low, low, TLane.WhereLess(high, -adjoint, high, -adjoint));
        TLane direction = TLane.WhereLess(                                 // S(g)/2 = ±1, eq. (10)
            uniform, (g - low) / (high - low), TLane.From(1.0), TLane.From(-1.0));
        TLane change = ComputeActivationChange(direction, output, activation);
        TLane propagated = TLane.From(-1.0) / change;
        propagated = TLane.WhereLess(zero, TLane.Abs(change), propagated, zero);
        return TLane.WhereLess(zero, TLane.Abs(adjoint), propagated, zero);
    }

    /// <summary>Δa, eq. (9); 0 if nothing is propagated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane ComputeActivationChange<TLane>(TLane direction, TLane output, TLane activation)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), margin = TLane.From(_epsilon);
        if (_interpretation == PropagationInterpretation.Symmetric)
            return direction * (margin + TLane.Abs(activation));
        TLane change = TLane.FusedMultiplyAdd(direction, margin, -activation);
        return _interpretation == PropagationInterpretation.AsPrinted
            ? change
            // feasible where S and x have opposite signs, eq. (8)
            : TLane.WhereLess(direction * output, zero, change, zero);
    }
}
