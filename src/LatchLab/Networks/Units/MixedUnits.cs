using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>Units of several kinds in one network; the index of a unit determines its kind.</summary>
/// <param name="tanhMask">Bit i is set where unit i is a <see cref="Tanh"/>.</param>
/// <param name="logisticMask">Bit i is set where unit i is <see cref="Logistic"/>.</param>
/// <param name="reluMask">Bit i is set where unit i is a <see cref="Relu"/>; the others are thresholds.</param>
/// <param name="threshold">The threshold units.</param>
public readonly struct MixedUnits(ulong tanhMask, ulong logisticMask, ulong reluMask, Threshold threshold)
    : IUnits
{
    /// <summary>Largest number of units of a mixed network.</summary>
    public const int MaximumUnits = 64;

    public static bool IsStochastic => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Forward<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => IsInMask(tanhMask, unit) ? default(Tanh).Forward(unit, activation)
            : IsInMask(logisticMask, unit) ? default(Logistic).Forward(unit, activation)
            : IsInMask(reluMask, unit) ? default(Relu).Forward(unit, activation)
            : threshold.Forward(unit, activation);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Derivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => IsInMask(tanhMask, unit) ? default(Tanh).Derivative(unit, output)
            : IsInMask(logisticMask, unit) ? default(Logistic).Derivative(unit, output)
            : IsInMask(reluMask, unit) ? default(Relu).Derivative(unit, output)
            : threshold.Derivative(unit, output);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane SecondDerivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => IsInMask(tanhMask, unit) ? default(Tanh).SecondDerivative(unit, output)
            : IsInMask(logisticMask, unit) ? default(Logistic).SecondDerivative(unit, output)
            : IsInMask(reluMask, unit) ? default(Relu).SecondDerivative(unit, output)
            : threshold.SecondDerivative(unit, output);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Backward<TLane>(int unit, TLane adjoint, TLane output, TLane activation, TLane uniform)
        where TLane : unmanaged, ILane<TLane>
        => IsInMask(tanhMask | logisticMask | reluMask, unit)
            ? Derivative(unit, output) * adjoint
            : threshold.Backward(unit, adjoint, output, activation, uniform);

    private static bool IsInMask(ulong mask, int unit) => ((mask >> unit) & 1) != 0;
}
