using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2015, Algorithm 1): <c>m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²</c> and
/// <c>g ← m̂/(√v̂ + ε)</c> with <c>m̂ = m/(1 − β₁ⁿ), v̂ = v/(1 − β₂ⁿ)</c> in the n-th step.
/// </summary>
public sealed record Adam : UpdateRule
{
    public override string Name => "adam";

    public override string Description
        => "Adam: averages m of g and v of g², corrected for their start at 0; then g ← m/(√v + ε)";

    /// <summary>β₁.</summary>
    [Setting("decay β₁ of the mean m", "Kingma and Ba 2015", Minimum = 0, Maximum = 0.999999, Probe = "0.5")]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂.</summary>
    [Setting("decay β₂ of the mean square v", "Kingma and Ba 2015", Minimum = 0, Maximum = 0.999999, Probe = "0.5")]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε.</summary>
    [Setting("ε, added to the root", "Kingma and Ba 2015", Minimum = 0, IsMinimumExclusive = true, Maximum = 1,
        Probe = "0.1")]
    public double Epsilon { get; init; } = 1e-8;

    public override void WriteInitialState(Span<double> trial)
    {
        trial[AdamEquation.Beta1Index] = Beta1;
        trial[AdamEquation.Beta2Index] = Beta2;
        trial[AdamEquation.Complement1Index] = 1.0 - Beta1;
        trial[AdamEquation.Complement2Index] = 1.0 - Beta2;
        trial[AdamEquation.EpsilonIndex] = Epsilon;
        trial[AdamEquation.Power1Index] = 1.0;
        trial[AdamEquation.Power2Index] = 1.0;
    }

    public override UpdateRuleKernel<TLane> Create<TLane>() => new UpdateRuleKernel<TLane, AdamEquation>();
}

/// <summary>The equation of <see cref="Adam"/>.</summary>
public readonly struct AdamEquation : IUpdateEquation
{
    /// <summary>
    /// Indices of β₁, β₂, 1 − β₁, 1 − β₂, ε, of the powers β₁ⁿ and β₂ⁿ, and of the corrections 1/(1 − β₁ⁿ) and
    /// 1/(1 − β₂ⁿ).
    /// </summary>
    internal const int Beta1Index = 0, Beta2Index = 1, Complement1Index = 2, Complement2Index = 3, EpsilonIndex = 4,
        Power1Index = 5, Power2Index = 6, Correction1Index = 7, Correction2Index = 8;

    /// <summary>Below this, 1 − βⁿ rounds to 1; as 0, powers do not become subnormal, which would be slow.</summary>
    private const double NegligiblePower = 1.0 / (1L << 54);

    public static int StatePerParameter => 2;

    public static int StatePerTrial => 9;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TLane>(UncheckedSpan<TLane> trial, UncheckedSpan<TLane> gradients, int count)
        where TLane : unmanaged, ILane<TLane>
    {
        trial[Correction1Index] = NextCorrection(ref trial[Power1Index], trial[Beta1Index]);
        trial[Correction2Index] = NextCorrection(ref trial[Power2Index], trial[Beta2Index]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Transform<TLane>(
        TLane gradient, TLane parameter, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane mean = TLane.FusedMultiplyAdd(trial[Beta1Index], state[0], trial[Complement1Index] * gradient);
        TLane meanSquare = TLane.FusedMultiplyAdd(
            trial[Beta2Index], state[1], trial[Complement2Index] * (gradient * gradient));
        state[0] = mean;
        state[1] = meanSquare;
        return mean * trial[Correction1Index]
            / (TLane.Sqrt(meanSquare * trial[Correction2Index]) + trial[EpsilonIndex]);
    }

    /// <summary>Raises the power by one and returns 1/(1 − βⁿ).</summary>
    private static TLane NextCorrection<TLane>(ref TLane power, TLane beta)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane next = power * beta, one = TLane.From(1.0);
        power = TLane.WhereLess(next, TLane.From(NegligiblePower), TLane.From(0.0), next);
        return one / (one - power);
    }
}
