using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// RMSprop (Tieleman and Hinton 2012): the gradient divided by the root of an average of its squares,
/// <c>v ← α·v + (1 − α)·g², g ← g/(√v + ε)</c>.
/// </summary>
public sealed record RmsProp : UpdateRule
{
    public override string Name => "rmsprop";

    public override string Description => "RMSprop: v ← α·v + (1 − α)·g², then g ← g/(√v + ε)";

    /// <summary>α.</summary>
    [Setting("decay α of the mean square", "decision, as in PyTorch; Tieleman and Hinton 2012: 0.9", Minimum = 0,
        Maximum = 0.999999, Probe = "0.5")]
    public double Alpha { get; init; } = 0.99;

    /// <summary>ε.</summary>
    [Setting("ε, added to the root", "decision, as in PyTorch", Minimum = 0, IsMinimumExclusive = true, Maximum = 1,
        Probe = "0.1")]
    public double Epsilon { get; init; } = 1e-8;

    public override void WriteInitialState(Span<double> trial)
    {
        trial[RmsPropEquation.AlphaIndex] = Alpha;
        trial[RmsPropEquation.ComplementIndex] = 1.0 - Alpha;
        trial[RmsPropEquation.EpsilonIndex] = Epsilon;
    }

    public override UpdateRuleKernel<TLane> Create<TLane>() => new UpdateRuleKernel<TLane, RmsPropEquation>();
}

/// <summary>The equation of <see cref="RmsProp"/>.</summary>
public readonly struct RmsPropEquation : IUpdateEquation
{
    /// <summary>Indices of α, 1 − α and ε.</summary>
    internal const int AlphaIndex = 0, ComplementIndex = 1, EpsilonIndex = 2;

    public static int StatePerParameter => 1;

    public static int StatePerTrial => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Transform<TLane>(
        TLane gradient, TLane parameter, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane meanSquare = TLane.FusedMultiplyAdd(
            trial[AlphaIndex], state[0], trial[ComplementIndex] * (gradient * gradient));
        state[0] = meanSquare;
        return gradient / (TLane.Sqrt(meanSquare) + trial[EpsilonIndex]);
    }
}
