using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>Units of several kinds in one network: the number of a unit says which it is.</summary>
/// <param name="tanh">Bit i is set where unit i is a <see cref="Tanh"/>.</param>
/// <param name="logistic">Bit i is set where unit i is <see cref="Logistic"/>; the others are thresholds.</param>
/// <param name="threshold">The threshold units.</param>
public readonly struct MixedUnits(ulong tanh, ulong logistic, Threshold threshold) : IUnits
{
    /// <summary>Most units that a mixed network can have.</summary>
    public const int Most = 64;

    /// <inheritdoc/>
    public static bool PropagateByChance => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Forward<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => Is(tanh, unit) ? default(Tanh).Forward(unit, activation)
            : Is(logistic, unit) ? default(Logistic).Forward(unit, activation)
            : threshold.Forward(unit, activation);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Slope<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => Is(tanh, unit) ? default(Tanh).Slope(unit, output)
            : Is(logistic, unit) ? default(Logistic).Slope(unit, output)
            : threshold.Slope(unit, output);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Bend<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => Is(tanh, unit) ? default(Tanh).Bend(unit, output)
            : Is(logistic, unit) ? default(Logistic).Bend(unit, output)
            : threshold.Bend(unit, output);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Back<TLane>(int unit, TLane signal, TLane output, TLane activation, TLane uniform)
        where TLane : unmanaged, ILane<TLane>
        => Is(tanh | logistic, unit)
            ? Slope(unit, output) * signal
            : threshold.Back(unit, signal, output, activation, uniform);

    private static bool Is(ulong kind, int unit) => ((kind >> unit) & 1) != 0;
}
