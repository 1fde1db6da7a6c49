using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Steps divided by the curvature plus a damping μ that is adapted on-line (Section V-C). After a presentation in which
/// the largest change |Δw| left its interval, μ moves towards the value at which
/// <c>B(μ) = η·max_i Σ_t |g_it|/(|H_it| + μ)</c> equals the violated bound. B decreases with μ; the change itself, a
/// signed sum, need not.
/// </summary>
/// <remarks>
/// Decisions that the paper leaves open ([D]): the step uses the μ from before the adaptation. μ* is found by Newton
/// steps for ln B as a function of ln μ, one by default, starting at the current μ, each limited to a factor of e¹⁰.
/// Then μ ← m·μ + (1 − m)·μ*; m = 1 leaves μ unchanged. Where every gradient is 0, μ stays; where even μ = 0 would not
/// reach the lower bound, it decays towards 0.
/// </remarks>
internal static class DampedSteps
{
    /// <summary>
    /// The state: the bound of the step (<see cref="BoundedSteps"/>); then μ, its momentum m, the lower and the upper
    /// bound of the change, and the number of Newton steps.
    /// </summary>
    public const int StatePerTrial = BoundedSteps.StatePerTrial + 5;

    /// <summary>Indices of these values in the state.</summary>
    public const int DampingIndex = BoundedSteps.StatePerTrial, MomentumIndex = DampingIndex + 1,
        MinChangeIndex = DampingIndex + 2, MaxChangeIndex = DampingIndex + 3, NewtonStepsIndex = DampingIndex + 4;

    /// <summary>Lower limit of μ: a gradient of order 1 divided by it must stay finite.</summary>
    private const double MinDamping = 1e-290;

    /// <summary>The least |μ·B′(μ)| that a Newton step divides by.</summary>
    private const double MinSlope = 1e-300;

    private const double MaxNewtonStep = 10.0;

    /// <summary>Updates the parameters and adapts μ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<TLane>(in UpdateContext<TLane> context)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane mu = context.State[DampingIndex];
        (TLane Bound, TLane Slope) atMu = EvaluateBound(context, mu);
        TLane maxChange = BoundedSteps.Take(context);
        if (TLane.AnyLess(context.State[MomentumIndex], TLane.From(1.0)))
            context.State[DampingIndex] = AdaptDamping(context, mu, maxChange, atMu);
    }

    /// <summary>
    /// Computes B(μ) and μ·B′(μ) of the parameter with the largest sum, and writes η·Σ_t g_it/(|H_it| + μ) of each
    /// parameter to the workspace. The three results share one division, which dominates the cost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (TLane Bound, TLane Slope) EvaluateBound<TLane>(in UpdateContext<TLane> context, TLane mu)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), bound = zero, boundDerivative = zero;
        int count = context.ParameterCount, stride = context.TimeStride;
        for (int i = 0; i < count; i++)
        {
            int times = context.GetTimeSteps(i);
            TLane change = zero, sum = zero, derivative = zero;
            UncheckedSpan<TLane> memory = context.Terms.Slice(2 * i);
            for (int t = 0; t < times; t++)
            {
                UncheckedSpan<TLane> instance = memory.Slice(t * stride);
                TLane gradient = instance[0], magnitude = TLane.Abs(gradient);
                if (TLane.AnyLess(zero, magnitude))    // no division if all gradients are 0
                {
                    TLane inverse = one / (TLane.Abs(instance[1]) + mu);
                    inverse = TLane.WhereLess(zero, magnitude, inverse, zero);    // 0/0 counts as 0
                    TLane quotient = magnitude * inverse;
                    change = TLane.FusedMultiplyAdd(gradient, inverse, change);
                    sum += quotient;
                    derivative = TLane.FusedNegatedMultiplyAdd(quotient, inverse, derivative);
                }
            }

            TLane rate = context.LearningRates[i];
            context.Workspace[i] = rate * change;
            sum *= rate;
            derivative *= rate * mu;
            boundDerivative = TLane.WhereLess(bound, sum, derivative, boundDerivative);
            bound = TLane.WhereLess(bound, sum, sum, bound);
        }

        return (bound, boundDerivative);
    }

    /// <summary>
    /// Returns the adapted μ in the lanes where the change left its interval, and the previous μ in the others.
    /// </summary>
    private static TLane AdaptDamping<TLane>(
        in UpdateContext<TLane> context, TLane mu, TLane maxChange, (TLane Bound, TLane Slope) atMu)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), momentum = context.State[MomentumIndex];
        TLane smallest = context.State[MinChangeIndex], largest = context.State[MaxChangeIndex];
        TLane tooSmall = TLane.WhereLess(maxChange, smallest, one, zero);
        TLane outside = TLane.WhereLess(largest, maxChange, one, tooSmall);
        if (!TLane.AnyLess(zero, outside))
            return mu;

        TLane target = TLane.WhereLess(zero, tooSmall, smallest, largest), steps = context.State[NewtonStepsIndex];
        TLane optimum = mu, limit = TLane.From(MaxNewtonStep), floor = TLane.From(MinDamping);
        (TLane bound, TLane slope) = atMu;
        for (int step = 1; ; step++)
        {
            slope = TLane.WhereLess(slope, TLane.From(-MinSlope), slope, TLane.From(-MinSlope));
            TLane move = TLane.Log(target / bound) * bound / slope;    // a Newton step for ln B in ln μ
            move = TLane.WhereLess(limit, move, limit, TLane.WhereLess(move, -limit, -limit, move));
            TLane next = optimum * TLane.Exp(move);
            next = TLane.WhereLess(floor, next, next, floor);
            optimum = TLane.WhereLess(steps, TLane.From(step), optimum, next);
            if (!TLane.AnyLess(TLane.From(step), steps))
                break;
            (bound, slope) = EvaluateBound(context, optimum);
        }

        TLane adapted = TLane.FusedMultiplyAdd(momentum, mu, (one - momentum) * optimum);
        adapted = TLane.WhereLess(floor, adapted, adapted, floor);
        adapted = TLane.WhereLess(zero, outside, adapted, mu);
        adapted = TLane.WhereLess(momentum, one, adapted, mu); // m = 1: unchanged, even below the minimum
        return TLane.WhereLess(zero, atMu.Bound, adapted, mu);
    }

    /// <summary>Clears the gradient terms of the parameters from an index on.</summary>
    public static void Clear<TLane>(in UpdateContext<TLane> context, int firstParameter)
        where TLane : unmanaged, ILane<TLane>
    {
        int times = firstParameter < context.WeightCount ? context.TimeSteps : context.InputTimeSteps;
        for (int t = 0; t < times; t++)
        {
            UncheckedSpan<TLane> row = context.Terms.Slice(t * context.TimeStride);
            for (int i = 2 * firstParameter; i < 2 * context.ParameterCount; i++)
                row[i] = TLane.From(0.0);
        }
    }
}
