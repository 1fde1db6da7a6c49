using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// On-line gradient descent: after each presentation <c>w ← w − η·Σ_t ∂C/∂w_t</c> (eq. (4) of the paper, with equal
/// weights for all times). The step may be bounded.
/// </summary>
public readonly struct GradientDescent : IGradientTermRule
{
    public static CurvatureForm Curvature => CurvatureForm.None;

    public static int ValuesPerParameter => 1;

    public static int StatePerTrial => BoundedSteps.StatePerTrial;

    public static bool IsSumOfGradients => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLane>(UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives)
        where TLane : unmanaged, ILane<TLane>
        => terms[parameter] += derivatives.Gradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWeight<TLane>(
        UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives, TLane x)
        where TLane : unmanaged, ILane<TLane>
        => terms[parameter] = TLane.FusedMultiplyAdd(derivatives.Gradient, x, terms[parameter]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update<TLane>(in UpdateContext<TLane> context)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> parameters = context.Parameters, rates = context.LearningRates, terms = context.Terms;
        if (TLane.AnyLess(context.State[BoundedSteps.BoundIndex], TLane.From(double.PositiveInfinity)))
        {
            UncheckedSpan<TLane> changes = context.Workspace;
            for (int i = 0; i < context.ParameterCount; i++)
            {
                changes[i] = rates[i] * terms[i];
                terms[i] = TLane.From(0.0);
            }

            BoundedSteps.Take(context);
            return;
        }

        for (int i = 0; i < context.ParameterCount; i++)
        {
            // A selection instead of a multiplication by a rate of 0: a frozen parameter does not change even where the
            // gradient is infinite.
            TLane moved = parameters[i] - (rates[i] * terms[i]);
            parameters[i] = TLane.WhereLess(TLane.From(0.0), rates[i], moved, parameters[i]);
            terms[i] = TLane.From(0.0);
        }
    }
}
