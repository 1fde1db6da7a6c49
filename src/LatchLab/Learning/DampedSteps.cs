using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Steps divided by curvature plus a damping μ that is adapted on-line (Section V-C): after each presentation, where
/// the largest change |Δw| has left an interval, μ moves towards the value at which
/// <c>B(μ) = η·max_i Σ_t |g_it|/(|H_it| + μ)</c> meets the bound that was violated. B falls with μ; the change
/// itself, a signed sum, need not.
/// </summary>
/// <remarks>
/// Ours ([D]): the step is taken with the μ from before, limited to the upper bound; μ* is found by exactly four Newton
/// steps for ln B as a function of ln μ, from the present μ, each limited to a factor e¹⁰, and is 0 where even that is
/// not enough to reach the lower bound. Then μ ← m·μ + (1 − m)·μ*; with m = 1 it stays what it is.
/// </remarks>
internal static class DampedSteps
{
    /// <summary>
    /// μ, its momentum m, lower and upper bound of the change, and whether a step is rescaled (1) or capped (0).
    /// </summary>
    public const int StateValues = 5;

    /// <summary>Places of these in the state.</summary>
    public const int Damping = 0, Momentum = 1, Smallest = 2, Largest = 3, Rescales = 4;

    /// <summary>μ never falls below: a gradient of order 1 divided by it must stay finite.</summary>
    private const double Floor = 1e-290;

    private const int NewtonSteps = 4;
    private const double LongestNewtonStep = 10.0;

    /// <summary>Moves the parameters, adapts μ and clears the memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take<TLane>(in Presented<TLane> presented)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane mu = presented.State[Damping], largest = presented.State[Largest], zero = TLane.From(0.0);
        Row<TLane> changes = presented.Changes, parameters = presented.Parameters, rates = presented.Rates;
        (TLane Bound, TLane Slope) atMu = BoundAt(presented, mu);
        TLane change = zero;
        for (int i = 0; i < presented.Count; i++)
        {
            TLane size = Magnitude(changes[i]);
            change = TLane.WhereLess(change, size, size, change);
        }

        TLane scale = TLane.WhereLess(largest, change, largest / change, TLane.From(1.0));
        scale = TLane.WhereLess(zero, presented.State[Rescales], scale, TLane.From(1.0));
        for (int i = 0; i < presented.Count; i++)
        {
            TLane step = changes[i] * scale;
            step = TLane.WhereLess(largest, step, largest, TLane.WhereLess(step, -largest, -largest, step));
            TLane moved = parameters[i] - step;
            parameters[i] = TLane.WhereLess(zero, rates[i], moved, parameters[i]);
        }

        if (TLane.AnyLess(presented.State[Momentum], TLane.From(1.0)))
            presented.State[Damping] = Adapted(presented, mu, change, atMu);
        Clear(presented);
    }

    /// <summary>
    /// B(μ) and μ·B′(μ), of the parameter that has the largest sum; η·Σ_t g_it/(|H_it| + μ) of each parameter goes to
    /// the changes. The division is what it costs, so all three share one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (TLane Bound, TLane Slope) BoundAt<TLane>(in Presented<TLane> presented, TLane mu)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), bound = zero, slope = zero;
        int count = presented.Count, times = presented.Times, stride = presented.Stride;
        for (int i = 0; i < count; i++)
        {
            TLane change = zero, sum = zero, derivative = zero;
            Row<TLane> memory = presented.Memory.From(2 * i);
            for (int t = 0; t < times; t++)
            {
                Row<TLane> instance = memory.From(t * stride);
                TLane gradient = instance[0], size = Magnitude(gradient);
                if (TLane.AnyLess(zero, size))          // where no gradient is, the division is left out
                {
                    TLane inverse = one / (Magnitude(instance[1]) + mu), quotient = size * inverse;
                    change += TLane.WhereLess(zero, size, gradient * inverse, zero);    // 0/0 counts as 0
                    sum += TLane.WhereLess(zero, size, quotient, zero);
                    derivative -= TLane.WhereLess(zero, size, quotient * (mu * inverse), zero);
                }
            }

            TLane rate = presented.Rates[i];
            presented.Changes[i] = rate * change;
            sum *= rate;
            derivative *= rate;
            slope = TLane.WhereLess(bound, sum, derivative, slope);
            bound = TLane.WhereLess(bound, sum, sum, bound);
        }

        return (bound, slope);
    }

    /// <summary>The new μ, in the lanes where the change left its interval.</summary>
    private static TLane Adapted<TLane>(
        in Presented<TLane> presented, TLane mu, TLane change, (TLane Bound, TLane Slope) atMu)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), momentum = presented.State[Momentum];
        TLane smallest = presented.State[Smallest], largest = presented.State[Largest];
        TLane tooSmall = TLane.WhereLess(change, smallest, one, zero);
        TLane outside = TLane.WhereLess(largest, change, one, tooSmall);
        if (!TLane.AnyLess(zero, outside))
            return mu;

        TLane target = TLane.WhereLess(zero, tooSmall, smallest, largest);
        TLane best = mu, limit = TLane.From(LongestNewtonStep);
        for (int step = 0; step < NewtonSteps; step++)
        {
            (TLane bound, TLane slope) = step == 0 ? atMu : BoundAt(presented, best);
            TLane move = TLane.Log(target / bound) * bound / slope;     // in ln μ, for ln B
            move = TLane.WhereLess(limit, move, limit, TLane.WhereLess(move, -limit, -limit, move));
            best *= TLane.Exp(move);
            best = TLane.WhereLess(TLane.From(Floor), best, best, TLane.From(Floor));
        }

        // Where the lower bound cannot be reached, μ* is 0; where every gradient is 0, μ is left alone.
        (TLane undamped, _) = BoundAt(presented, zero);
        TLane unreached = TLane.WhereLess(undamped, target, tooSmall, zero);
        best = TLane.WhereLess(zero, unreached, zero, best);
        TLane adapted = TLane.FusedMultiplyAdd(momentum, mu, (one - momentum) * best);
        adapted = TLane.WhereLess(TLane.From(Floor), adapted, adapted, TLane.From(Floor));
        adapted = TLane.WhereLess(zero, outside, adapted, mu);
        adapted = TLane.WhereLess(momentum, one, adapted, mu); // also below the floor, whatever the neighbours do
        return TLane.WhereLess(zero, undamped, adapted, mu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Magnitude<TLane>(TLane a)
        where TLane : unmanaged, ILane<TLane>
        => TLane.WhereLess(a, TLane.From(0.0), -a, a);

    private static void Clear<TLane>(in Presented<TLane> presented)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int t = 0; t < presented.Times; t++)
        {
            Row<TLane> row = presented.Memory.From(t * presented.Stride);
            for (int i = 0; i < 2 * presented.Count; i++)
                row[i] = TLane.From(0.0);
        }
    }
}
