using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// A schedule of the learning rate that rises linearly at the start (Goyal et al. 2017): <c>g ← min(1, n/N)·g</c> in
/// the n-th step.
/// </summary>
public sealed record WarmUp : UpdateRule
{
    public override string Name => "warm-up";

    public override string Description => "g ← min(1, n/N)·g in the n-th step of a trial (Goyal et al. 2017)";

    /// <summary>N.</summary>
    [Setting("number of steps N until the learning rate is reached", "decision", Minimum = 1, Maximum = 1_000_000_000,
        Probe = "10")]
    public int Steps { get; init; } = 1000;

    public override void WriteInitialState(Span<double> trial) => trial[WarmUpEquation.StepsIndex] = Steps;

    public override UpdateRuleKernel<TLane> Create<TLane>() => new UpdateRuleKernel<TLane, WarmUpEquation>();
}

/// <summary>The equation of <see cref="WarmUp"/>.</summary>
public readonly struct WarmUpEquation : IUpdateEquation
{
    /// <summary>Indices of N, n and the factor.</summary>
    internal const int StepsIndex = 0, CountIndex = 1, FactorIndex = 2;

    public static int StatePerTrial => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TLane>(UncheckedSpan<TLane> trial, UncheckedSpan<TLane> gradients, int count)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane one = TLane.From(1.0), steps = trial[StepsIndex], reached = trial[CountIndex] + one;
        trial[CountIndex] = reached;
        trial[FactorIndex] = TLane.WhereLess(reached, steps, reached / steps, one);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Transform<TLane>(
        TLane gradient, TLane parameter, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
        where TLane : unmanaged, ILane<TLane>
        => gradient * trial[FactorIndex];
}
