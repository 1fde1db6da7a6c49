using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// Momentum (Polyak 1964): <c>v ← μ·v + g, g ← v</c>. In the form of Nesterov, as Sutskever et al. (2013) rewrite it,
/// <c>g ← μ·v + g</c> with the new v.
/// </summary>
public sealed record Momentum : UpdateRule
{
    public override string Name => "momentum";

    public override string Description => "momentum: v ← μ·v + g, then g ← v, or g ← μ·v + g in the form nesterov";

    /// <summary>μ.</summary>
    [Setting("momentum μ", "Sutskever et al. 2013: 0.9 to 0.999", Minimum = 0, Maximum = 0.999999, Probe = "0.5")]
    public double Mu { get; init; } = 0.9;

    /// <summary>Which of the two forms.</summary>
    [Setting("form of the momentum", "Polyak 1964; Nesterov 1983", Probe = "nesterov")]
    public MomentumForm Form { get; init; } = MomentumForm.HeavyBall;

    public override void WriteInitialState(Span<double> trial)
    {
        trial[MomentumEquation.MuIndex] = Mu;
        trial[MomentumEquation.LookAheadIndex] = Form == MomentumForm.Nesterov ? Mu : 0.0;
    }

    public override UpdateRuleKernel<TLane> Create<TLane>() => new UpdateRuleKernel<TLane, MomentumEquation>();
}

/// <summary>The forms of the momentum.</summary>
public enum MomentumForm
{
    /// <summary>The step is v.</summary>
    HeavyBall,

    /// <summary>The step is the gradient plus μ·v.</summary>
    Nesterov,
}

/// <summary>The equation of <see cref="Momentum"/>.</summary>
public readonly struct MomentumEquation : IUpdateEquation
{
    /// <summary>Indices of μ, and of the same in the form of Nesterov and 0 in the other.</summary>
    internal const int MuIndex = 0, LookAheadIndex = 1;

    public static int StatePerParameter => 1;

    public static int StatePerTrial => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Transform<TLane>(
        TLane gradient, TLane parameter, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane velocity = TLane.FusedMultiplyAdd(trial[MuIndex], state[0], gradient), lookAhead = trial[LookAheadIndex];
        state[0] = velocity;
        return TLane.WhereLess(
            TLane.From(0.0), lookAhead, TLane.FusedMultiplyAdd(lookAhead, velocity, gradient), velocity);
    }
}
