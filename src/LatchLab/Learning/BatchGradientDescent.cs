using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Batch gradient descent: one step along the gradient of C = Σ_p C(p) after every pass through the training set, with
/// the parameters held during the pass. The gradient of a presentation and the sum over the pass are two values of each
/// parameter, because a lane that does not learn also has gradients. The step may be bounded.
/// </summary>
public readonly struct BatchGradientDescent : IUpdateRule
{
    /// <summary>Indices of the presentations since the last step, and of the number of training sequences.</summary>
    private const int CountIndex = BoundedSteps.StatePerTrial, SequencesIndex = CountIndex + 1;

    public static CurvatureForm Curvature => CurvatureForm.None;

    public static int ValuesPerParameter => 2;

    public static int StatePerTrial => BoundedSteps.StatePerTrial + 2;

    public static int? SequencesState => SequencesIndex;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLane>(UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives)
        where TLane : unmanaged, ILane<TLane>
        => terms[2 * parameter] += derivatives.Gradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWeight<TLane>(
        UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives, TLane x)
        where TLane : unmanaged, ILane<TLane>
        => terms[2 * parameter] = TLane.FusedMultiplyAdd(derivatives.Gradient, x, terms[2 * parameter]);

    public static void Update<TLane>(in UpdateContext<TLane> context)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), count = context.State[CountIndex], learns = zero;
        UncheckedSpan<TLane> rates = context.LearningRates, terms = context.Terms, changes = context.Workspace;
        for (int i = 0; i < context.ParameterCount; i++)
            learns = TLane.WhereLess(learns, rates[i], rates[i], learns);
        TLane advanced = TLane.WhereLess(zero, learns, count + one, count);
        for (int i = 0; i < context.ParameterCount; i++)
        {
            // The first presentation of a pass replaces the sum of the pass before it, or of the trial before it.
            TLane earlier = TLane.WhereLess(zero, count, terms[(2 * i) + 1], zero);
            TLane sum = TLane.WhereLess(zero, learns, earlier + terms[2 * i], terms[(2 * i) + 1]);
            terms[(2 * i) + 1] = sum;
            terms[2 * i] = zero;
            changes[i] = TLane.WhereLess(advanced, context.State[SequencesIndex], zero, rates[i] * sum);
        }

        BoundedSteps.Take(context);
        context.State[CountIndex] = TLane.WhereLess(advanced, context.State[SequencesIndex], advanced, zero);
    }
}
