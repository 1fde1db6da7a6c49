using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// A schedule of the learning rate that falls by the same factor in each step: <c>g ← γⁿ⁻¹·g</c> in the n-th step.
/// </summary>
public sealed record ExponentialDecay : UpdateRule
{
    public override string Name => "exponential-decay";

    public override string Description => "g ← γⁿ⁻¹·g in the n-th step of a trial";

    /// <summary>γ.</summary>
    [Setting("factor γ of a step", "decision", Minimum = 0, IsMinimumExclusive = true, Maximum = 1, Probe = "0.9")]
    public double Factor { get; init; } = 0.9999;

    public override void WriteInitialState(Span<double> trial)
    {
        trial[ExponentialDecayEquation.FactorIndex] = Factor;
        trial[ExponentialDecayEquation.NextIndex] = 1.0;
    }

    public override UpdateRuleKernel<TLane> Create<TLane>() => new UpdateRuleKernel<TLane, ExponentialDecayEquation>();
}

/// <summary>The equation of <see cref="ExponentialDecay"/>.</summary>
public readonly struct ExponentialDecayEquation : IUpdateEquation
{
    /// <summary>Indices of γ, of the power for this step, and of that for the next.</summary>
    internal const int FactorIndex = 0, PowerIndex = 1, NextIndex = 2;

    /// <summary>A power below this counts as 0, so that it does not become subnormal, which would be slow.</summary>
    private const double NegligiblePower = 1e-150;

    public static int StatePerTrial => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TLane>(UncheckedSpan<TLane> trial, UncheckedSpan<TLane> gradients, int count)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane power = trial[NextIndex], next = power * trial[FactorIndex];
        trial[PowerIndex] = power;
        trial[NextIndex] = TLane.WhereLess(next, TLane.From(NegligiblePower), TLane.From(0.0), next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Transform<TLane>(
        TLane gradient, TLane parameter, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
        where TLane : unmanaged, ILane<TLane>
        => gradient * trial[PowerIndex];
}
