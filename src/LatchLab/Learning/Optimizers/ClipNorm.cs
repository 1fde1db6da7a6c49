using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// Clipping of the norm (Pascanu et al. 2013): <c>g ← g·min(1, c/‖g‖₂)</c>, where ‖g‖₂ is the norm over all trained
/// parameters. The direction of the gradient does not change, whatever its size.
/// </summary>
public sealed record ClipNorm : UpdateRule
{
    public override string Name => "clip-norm";

    public override string Description => "g ← g·min(1, c/‖g‖₂), over all trained parameters (Pascanu et al. 2013)";

    public override bool MayRepeat => true;

    /// <summary>c.</summary>
    [Setting("largest norm c", "decision; Pascanu et al. 2013: 0.5 to 10 times the mean norm", Minimum = 1e-100,
        Maximum = 1e100, Probe = "0.01")]
    public double Maximum { get; init; } = 1.0;

    public override void WriteInitialState(Span<double> trial) => trial[ClipNormEquation.MaximumIndex] = Maximum;

    public override UpdateRuleKernel<TLane> Create<TLane>() => new UpdateRuleKernel<TLane, ClipNormEquation>();
}

/// <summary>The equation of <see cref="ClipNorm"/>.</summary>
public readonly struct ClipNormEquation : IUpdateEquation
{
    /// <summary>Indices of c, of the scale of the gradients, and of the factor min(1, c/‖g‖₂) of scaled ones.</summary>
    internal const int MaximumIndex = 0, ScaleIndex = 1, FactorIndex = 2;

    // Where the sum of squares is above this, it is computed again from scaled gradients, so that neither it nor c/‖g‖
    // leaves the range of a double: the square of the largest double is then 3e296.
    private const double LargestSum = 1e300, Scale = 1e-160;

    public static int StatePerTrial => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TLane>(UncheckedSpan<TLane> trial, UncheckedSpan<TLane> gradients, int count)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane one = TLane.From(1.0), scale = one, sum = SumOfSquares(gradients, count, scale);
        if (TLane.AnyLess(TLane.From(LargestSum), sum))
        {
            scale = TLane.WhereLess(TLane.From(LargestSum), sum, TLane.From(Scale), one);
            sum = SumOfSquares(gradients, count, scale);
        }

        TLane norm = TLane.Sqrt(sum), maximum = trial[MaximumIndex];
        trial[ScaleIndex] = scale;
        trial[FactorIndex] = TLane.WhereLess(norm, scale * maximum, one, maximum / norm);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Transform<TLane>(
        TLane gradient, TLane parameter, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
        where TLane : unmanaged, ILane<TLane>
        => gradient * trial[ScaleIndex] * trial[FactorIndex];

    private static TLane SumOfSquares<TLane>(UncheckedSpan<TLane> gradients, int count, TLane scale)
        where TLane : unmanaged, ILane<TLane>
    {
        // Two sums in turn, so that an addition need not wait for the one before.
        TLane sum = TLane.From(0.0), other = sum;
        for (int i = 0; i < count; i++)
        {
            TLane scaled = scale * gradients[i];
            (sum, other) = (other, TLane.FusedMultiplyAdd(scaled, scaled, sum));
        }

        return sum + other;
    }
}
