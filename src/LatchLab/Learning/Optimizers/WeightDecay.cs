using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// Weight decay: <c>g ← g + λ·w</c>. After a rule such as Adam it is decoupled from the gradient (Loshchilov and Hutter
/// 2019); before it, it is the gradient of the penalty ½λ‖w‖².
/// </summary>
public sealed record WeightDecay : UpdateRule
{
    public override string Name => "weight-decay";

    public override string Description
        => "g ← g + λ·w; decoupled after another rule (Loshchilov and Hutter 2019), the penalty ½λ‖w‖² before it";

    public override bool MayRepeat => true;

    /// <summary>λ.</summary>
    [Setting("weight decay λ", "decision, as in PyTorch's AdamW", Minimum = 0, Maximum = 1000, Probe = "0.5")]
    public double Lambda { get; init; } = 0.01;

    public override void WriteInitialState(Span<double> trial) => trial[0] = Lambda;

    public override UpdateRuleKernel<TLane> Create<TLane>() => new UpdateRuleKernel<TLane, WeightDecayEquation>();
}

/// <summary>The equation of <see cref="WeightDecay"/>.</summary>
public readonly struct WeightDecayEquation : IUpdateEquation
{
    public static int StatePerTrial => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Transform<TLane>(
        TLane gradient, TLane parameter, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
        where TLane : unmanaged, ILane<TLane>
        => TLane.FusedMultiplyAdd(trial[0], parameter, gradient);
}
