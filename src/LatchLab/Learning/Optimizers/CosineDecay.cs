using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// A schedule of the learning rate that falls along half a cosine, without restarts (Loshchilov and Hutter 2017):
/// <c>g ← (φ + (1 − φ)·½(1 + cos(π·min(1, (n − 1)/N))))·g</c> in the n-th step.
/// </summary>
public sealed record CosineDecay : UpdateRule
{
    public override string Name => "cosine-decay";

    public override string Description
        => "g ← (φ + (1 − φ)·½(1 + cos(π·min(1, (n − 1)/N))))·g in the n-th step (Loshchilov and Hutter 2017)";

    /// <summary>N.</summary>
    [Setting("number of steps N after which the factor is φ", "decision: the default budget", Minimum = 1,
        Maximum = 1_000_000_000, Probe = "10")]
    public int Steps { get; init; } = 100_000;

    /// <summary>φ.</summary>
    [Setting("last factor φ", "Loshchilov and Hutter 2017", Minimum = 0, Maximum = 1, Probe = "0.5")]
    public double Floor { get; init; }

    public override void WriteInitialState(Span<double> trial)
    {
        trial[CosineDecayEquation.StepsIndex] = Steps;
        trial[CosineDecayEquation.FloorIndex] = Floor;
    }

    public override UpdateRuleKernel<TLane> Create<TLane>() => new UpdateRuleKernel<TLane, CosineDecayEquation>();
}

/// <summary>The equation of <see cref="CosineDecay"/>.</summary>
public readonly struct CosineDecayEquation : IUpdateEquation
{
    /// <summary>Indices of N, φ, n and the factor.</summary>
    internal const int StepsIndex = 0, FloorIndex = 1, CountIndex = 2, FactorIndex = 3;

    public static int StatePerTrial => 4;

    // ±πᵏ/k! for k = 19, 17, …, 1: the Taylor polynomial of sin(πy), whose error for |y| ≤ ½ is below
    // (π/2)²¹/21! = 2.6e-16.
    private static ReadOnlySpan<double> SineCoefficients =>
    [
        -2.2948428997269873e-08, 7.952054001475513e-07, -2.1915353447830217e-05, 0.00046630280576761255,
        -0.0073704309457143504, 0.08214588661112823, -0.5992645293207921, 2.5501640398773455, -5.16771278004997,
        3.141592653589793,
    ];

    public static void Prepare<TLane>(UncheckedSpan<TLane> trial, UncheckedSpan<TLane> gradients, int count)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane one = TLane.From(1.0), half = TLane.From(0.5), steps = trial[StepsIndex], reached = trial[CountIndex];
        trial[CountIndex] = reached + one;
        TLane y = half - TLane.WhereLess(reached, steps, reached / steps, one), sine = TLane.From(0.0);
        foreach (double coefficient in SineCoefficients)
            sine = TLane.FusedMultiplyAdd(sine, y * y, TLane.From(coefficient));
        TLane cosine = sine * y;    // cos(πx) = sin(π(½ − x))
        TLane share = TLane.FusedMultiplyAdd(half, cosine, half), floor = trial[FloorIndex];
        trial[FactorIndex] = TLane.WhereLess(
            reached, steps, TLane.FusedMultiplyAdd(one - floor, share, floor), floor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Transform<TLane>(
        TLane gradient, TLane parameter, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
        where TLane : unmanaged, ILane<TLane>
        => gradient * trial[FactorIndex];
}
