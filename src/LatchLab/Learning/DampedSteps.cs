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
        TLane change = LargestChange(presented, mu);
        if (TLane.AnyLess(presented.State[Momentum], TLane.From(1.0)))
            presented.State[Damping] = Adapted(presented, mu, change);

        TLane scale = TLane.WhereLess(largest, change, largest / change, TLane.From(1.0));
        scale = TLane.WhereLess(zero, presented.State[Rescales], scale, TLane.From(1.0));
        for (int i = 0; i < presented.Count; i++)
        {
            TLane step = Change(presented, i, mu) * scale;
            step = TLane.WhereLess(largest, step, largest, TLane.WhereLess(step, -largest, -largest, step));
            TLane moved = presented.Parameters[i] - step;
            presented.Parameters[i] = TLane.WhereLess(zero, presented.Rates[i], moved, presented.Parameters[i]);
        }

        Clear(presented);
    }

    /// <summary>B(μ) and μ·B′(μ), of the parameter that has the largest sum.</summary>
    public static (TLane Bound, TLane Slope) BoundAt<TLane>(in Presented<TLane> presented, TLane mu)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), bound = zero, slope = zero;
        for (int i = 0; i < presented.Count; i++)
        {
            TLane sum = zero, derivative = zero;
            for (int t = 0; t < presented.Times; t++)
            {
                int at = (t * presented.Stride) + (2 * i);
                TLane inverse = Inverse(presented.Memory[at + 1], mu);
                TLane quotient = Times(Magnitude(presented.Memory[at]), inverse);
                sum += quotient;
                derivative -= quotient * (mu * inverse);
            }

            sum *= presented.Rates[i];
            derivative *= presented.Rates[i];
            slope = TLane.WhereLess(bound, sum, derivative, slope);
            bound = TLane.WhereLess(bound, sum, sum, bound);
        }

        return (bound, slope);
    }

    /// <summary>The new μ, in the lanes where the change left its interval.</summary>
    private static TLane Adapted<TLane>(in Presented<TLane> presented, TLane mu, TLane change)
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
            (TLane bound, TLane slope) = BoundAt(presented, best);
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

    /// <summary>max_i |Δw_i| of the parameters that are not held.</summary>
    private static TLane LargestChange<TLane>(in Presented<TLane> presented, TLane mu)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane largest = TLane.From(0.0);
        for (int i = 0; i < presented.Count; i++)
        {
            TLane change = Magnitude(Change(presented, i, mu));
            largest = TLane.WhereLess(largest, change, change, largest);
        }

        return largest;
    }

    /// <summary>η·Σ_t g_it/(|H_it| + μ).</summary>
    private static TLane Change<TLane>(in Presented<TLane> presented, int i, TLane mu)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane sum = TLane.From(0.0);
        for (int t = 0; t < presented.Times; t++)
        {
            int at = (t * presented.Stride) + (2 * i);
            sum += Times(presented.Memory[at], Inverse(presented.Memory[at + 1], mu));
        }

        return presented.Rates[i] * sum;
    }

    /// <summary>1/(|H| + μ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Inverse<TLane>(TLane curvature, TLane mu)
        where TLane : unmanaged, ILane<TLane>
        => TLane.From(1.0) / (Magnitude(curvature) + mu);

    /// <summary>g/(|H| + μ), 0/0 counting as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Times<TLane>(TLane gradient, TLane inverse)
        where TLane : unmanaged, ILane<TLane>
        => TLane.WhereLess(TLane.From(0.0), Magnitude(gradient), gradient * inverse, TLane.From(0.0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Magnitude<TLane>(TLane a)
        where TLane : unmanaged, ILane<TLane>
        => TLane.WhereLess(a, TLane.From(0.0), -a, a);

    private static void Clear<TLane>(in Presented<TLane> presented)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int t = 0; t < presented.Times; t++)
        {
            for (int i = 0; i < 2 * presented.Count; i++)
                presented.Memory[(t * presented.Stride) + i] = TLane.From(0.0);
        }
    }
}
