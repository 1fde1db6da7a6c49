using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// Clipping of each element: <c>g ← max(−c, min(c, g))</c>, as Mikolov (2012) trained recurrent networks. The direction
/// of the gradient changes.
/// </summary>
public sealed record ClipValue : UpdateRule
{
    public override string Name => "clip-value";

    public override string Description => "g ← max(−c, min(c, g)) for each parameter (Mikolov 2012)";

    public override bool MayRepeat => true;

    /// <summary>c.</summary>
    [Setting("largest magnitude c", "decision", Minimum = 0, IsMinimumExclusive = true, Maximum = 1e100,
        Probe = "0.001")]
    public double Maximum { get; init; } = 1.0;

    public override void WriteInitialState(Span<double> trial) => trial[0] = Maximum;

    public override UpdateRuleKernel<TLane> Create<TLane>() => new UpdateRuleKernel<TLane, ClipValueEquation>();
}

/// <summary>The equation of <see cref="ClipValue"/>.</summary>
public readonly struct ClipValueEquation : IUpdateEquation
{
    public static int StatePerTrial => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Transform<TLane>(
        TLane gradient, TLane parameter, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane maximum = trial[0];
        return TLane.WhereLess(
            maximum, gradient, maximum, TLane.WhereLess(gradient, -maximum, -maximum, gradient));    // NaN stays NaN
    }
}
