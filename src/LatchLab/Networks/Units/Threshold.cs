using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>
/// The hard threshold x = sign(a), sign(0) = +1 (eq. (7)), with discrete error propagation. The signal g, the desired
/// change of the output, is quantised to S(g) = ±2 by chance (eq. (10)); a change of the activation that would make
/// the output change so is Δa = ±ε − a (eqs. (8), (9)); and what travels on is 1/Δa.
/// </summary>
/// <remarks>
/// Signals in LatchLab are gradients, and a desired change is their opposite: so the sign is turned on the way in and
/// on the way out, and threshold units mix freely with differentiable ones. A signal of exactly 0 propagates 0.
/// </remarks>
public readonly struct Threshold : IUnits
{
    private readonly PropagationReading reading;
    private readonly double epsilon, minimum, maximum;

    /// <summary>A unit that propagates so.</summary>
    public Threshold(DiscretePropagation propagation)
    {
        reading = propagation.Propagation;
        epsilon = propagation.Epsilon;
        minimum = propagation.MinimumSignal;
        maximum = propagation.MaximumSignal;
    }

    /// <inheritdoc/>
    public static bool PropagateByChance => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Forward<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => TLane.WhereLess(activation, TLane.From(0.0), TLane.From(-1.0), TLane.From(1.0));

    /// <summary>0: where there is a slope at all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Slope<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => TLane.From(0.0);

    /// <summary>0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Bend<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => TLane.From(0.0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Back<TLane>(int unit, TLane signal, TLane output, TLane activation, TLane uniform)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), low = TLane.From(minimum), high = TLane.From(maximum);
        TLane g = TLane.WhereLess(-signal, low, low, TLane.WhereLess(high, -signal, high, -signal));
        TLane up = TLane.WhereLess(                                 // S(g)/2 = ±1, eq. (10)
            uniform, (g - low) / (high - low), TLane.From(1.0), TLane.From(-1.0));
        TLane change = Change(up, output, activation);
        TLane passed = TLane.From(-1.0) / change;
        passed = TLane.WhereLess(zero, Magnitude(change), passed, zero);
        return TLane.WhereLess(zero, Magnitude(signal), passed, zero);
    }

    /// <summary>Δa, eq. (9); 0 where nothing is to be propagated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Change<TLane>(TLane up, TLane output, TLane activation)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), margin = TLane.From(epsilon);
        if (reading == PropagationReading.Symmetric)
            return up * (margin + Magnitude(activation));
        TLane change = TLane.FusedMultiplyAdd(up, margin, -activation);
        return reading == PropagationReading.AsPrinted
            ? change
            : TLane.WhereLess(up * output, zero, change, zero); // feasible where S and x have opposite signs, eq. (8)
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Magnitude<TLane>(TLane a)
        where TLane : unmanaged, ILane<TLane>
        => TLane.WhereLess(a, TLane.From(0.0), -a, a);
}
