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
/// Decisions that the paper leaves open ([D]): the step uses the μ from before the adaptation and is limited to the
/// upper bound. μ* is found by exactly four Newton steps for ln B as a function of ln μ, starting at the current μ,
/// each limited to a factor of e¹⁰. μ* is 0 if even μ = 0 does not reach the lower bound. Then μ ← m·μ + (1 − m)·μ*; m
/// = 1 leaves μ unchanged.
/// </remarks>
internal static class DampedSteps
{
    /// <summary>
    /// μ, its momentum m, lower and upper bound of the change, and whether a step is rescaled (1) or capped (0).
    /// </summary>
    public const int StatePerTrial = 5;

    /// <summary>Indices of these values in the state.</summary>
    public const int DampingIndex = 0, MomentumIndex = 1, MinChangeIndex = 2, MaxChangeIndex = 3, RescaleIndex = 4;

    /// <summary>Lower limit of μ: a gradient of order 1 divided by it must stay finite.</summary>
    private const double MinDamping = 1e-290;

    private const int NewtonSteps = 4;
    private const double MaxNewtonStep = 10.0;

    /// <summary>Updates the parameters, adapts μ and clears the gradient terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<TLane>(in UpdateContext<TLane> context)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane mu = context.State[DampingIndex], largest = context.State[MaxChangeIndex], zero = TLane.From(0.0);
        UncheckedSpan<TLane> changes = context.Workspace, parameters = context.Parameters,
            rates = context.LearningRates;
        (TLane Bound, TLane Slope) atMu = EvaluateBound(context, mu);
        TLane maxChange = zero;
        for (int i = 0; i < context.ParameterCount; i++)
        {
            TLane magnitude = Elementary.Abs(changes[i]);
            maxChange = TLane.WhereLess(maxChange, magnitude, magnitude, maxChange);
        }

        TLane scale = TLane.WhereLess(largest, maxChange, largest / maxChange, TLane.From(1.0));
        scale = TLane.WhereLess(zero, context.State[RescaleIndex], scale, TLane.From(1.0));
        for (int i = 0; i < context.ParameterCount; i++)
        {
            TLane step = changes[i] * scale;
            step = TLane.WhereLess(largest, step, largest, TLane.WhereLess(step, -largest, -largest, step));
            TLane moved = parameters[i] - step;
            parameters[i] = TLane.WhereLess(zero, rates[i], moved, parameters[i]);
        }

        if (TLane.AnyLess(context.State[MomentumIndex], TLane.From(1.0)))
            context.State[DampingIndex] = AdaptDamping(context, mu, maxChange, atMu);
        Clear(context);
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
        int count = context.ParameterCount, times = context.TimeSteps, stride = context.TimeStride;
        for (int i = 0; i < count; i++)
        {
            TLane change = zero, sum = zero, derivative = zero;
            UncheckedSpan<TLane> memory = context.Terms.Slice(2 * i);
            for (int t = 0; t < times; t++)
            {
                UncheckedSpan<TLane> instance = memory.Slice(t * stride);
                TLane gradient = instance[0], magnitude = Elementary.Abs(gradient);
                if (TLane.AnyLess(zero, magnitude))    // no division if all gradients are 0
                {
                    TLane inverse = one / (Elementary.Abs(instance[1]) + mu), quotient = magnitude * inverse;
                    change += TLane.WhereLess(zero, magnitude, gradient * inverse, zero);    // 0/0 counts as 0
                    sum += TLane.WhereLess(zero, magnitude, quotient, zero);
                    derivative -= TLane.WhereLess(zero, magnitude, quotient * (mu * inverse), zero);
                }
            }

            TLane rate = context.LearningRates[i];
            context.Workspace[i] = rate * change;
            sum *= rate;
            derivative *= rate;
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

        TLane target = TLane.WhereLess(zero, tooSmall, smallest, largest);
        TLane optimum = mu, limit = TLane.From(MaxNewtonStep);
        for (int step = 0; step < NewtonSteps; step++)
        {
            (TLane bound, TLane derivative) = step == 0 ? atMu : EvaluateBound(context, optimum);
            TLane move = TLane.Log(target / bound) * bound / derivative;    // a Newton step for ln B in ln μ
            move = TLane.WhereLess(limit, move, limit, TLane.WhereLess(move, -limit, -limit, move));
            optimum *= TLane.Exp(move);
            optimum = TLane.WhereLess(TLane.From(MinDamping), optimum, optimum, TLane.From(MinDamping));
        }

        // Where the lower bound cannot be reached, μ* is 0; where every gradient is 0, μ is unchanged.
        (TLane undamped, _) = EvaluateBound(context, zero);
        TLane unreached = TLane.WhereLess(undamped, target, tooSmall, zero);
        optimum = TLane.WhereLess(zero, unreached, zero, optimum);
        TLane adapted = TLane.FusedMultiplyAdd(momentum, mu, (one - momentum) * optimum);
        adapted = TLane.WhereLess(TLane.From(MinDamping), adapted, adapted, TLane.From(MinDamping));
        adapted = TLane.WhereLess(zero, outside, adapted, mu);
        adapted = TLane.WhereLess(momentum, one, adapted, mu); // m = 1: unchanged, even below the minimum
        return TLane.WhereLess(zero, undamped, adapted, mu);
    }

    private static void Clear<TLane>(in UpdateContext<TLane> context)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int t = 0; t < context.TimeSteps; t++)
        {
            UncheckedSpan<TLane> row = context.Terms.Slice(t * context.TimeStride);
            for (int i = 0; i < 2 * context.ParameterCount; i++)
                row[i] = TLane.From(0.0);
        }
    }
}
