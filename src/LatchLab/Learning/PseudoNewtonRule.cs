using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Pseudo-Newton steps, eq. (5): <c>Δw_i = −η·g_i/(|H_i| + μ)</c>. The gradient and the diagonal curvature of a shared
/// weight are summed over time before the division.
/// </summary>
/// <typeparam name="TForm">The form of the curvature.</typeparam>
public readonly struct PseudoNewtonRule<TForm> : IGradientTermRule
    where TForm : struct, ICurvatureForm
{
    public static CurvatureForm Curvature => TForm.Form;

    public static int ValuesPerParameter => 2;

    public static int StatePerTrial => DampedSteps.StatePerTrial;

    public static ReadOnlySpan<int> DiagnosticStates => [DampedSteps.DampingIndex];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLane>(UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives)
        where TLane : unmanaged, ILane<TLane>
    {
        terms[2 * parameter] += derivatives.Gradient;
        terms[(2 * parameter) + 1] += derivatives.Curvature;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWeight<TLane>(
        UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives, TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        ref TLane gradient = ref terms[2 * parameter], curvature = ref terms[(2 * parameter) + 1];
        gradient = TLane.FusedMultiplyAdd(derivatives.Gradient, x, gradient);
        curvature = TLane.FusedMultiplyAdd(derivatives.Curvature, x * x, curvature);
    }

    public static void Update<TLane>(in UpdateContext<TLane> context)
        where TLane : unmanaged, ILane<TLane>
    {
        DampedSteps.Apply(context);
        DampedSteps.Clear(context, firstParameter: 0);
    }
}

/// <summary>
/// Time-weighted pseudo-Newton steps, eq. (6): <c>Δw_i = −η·Σ_t g_it/(|H_it| + μ)</c>. The instances of a weight at
/// different times are independent variables. Each gradient term is divided by its own curvature before the sum: the
/// flatter the cost in an instance, the larger its share.
/// </summary>
/// <typeparam name="TForm">The form of the curvature.</typeparam>
public readonly struct TimeWeightedPseudoNewtonRule<TForm> : IGradientTermRule
    where TForm : struct, ICurvatureForm
{
    public static CurvatureForm Curvature => TForm.Form;

    public static int ValuesPerParameter => 2;

    public static bool HasTermsPerTimeStep => true;

    public static int StatePerTrial => DampedSteps.StatePerTrial;

    public static ReadOnlySpan<int> DiagnosticStates => [DampedSteps.DampingIndex];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLane>(UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives)
        where TLane : unmanaged, ILane<TLane>
    {
        // A parameter has one term at a time.
        terms[2 * parameter] = derivatives.Gradient;
        terms[(2 * parameter) + 1] = derivatives.Curvature;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWeight<TLane>(
        UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives, TLane x)
        where TLane : unmanaged, ILane<TLane>
        => Add(terms, parameter, new(derivatives.Gradient * x, derivatives.Curvature * (x * x)));

    public static void Update<TLane>(in UpdateContext<TLane> context)
        where TLane : unmanaged, ILane<TLane>
    {
        DampedSteps.Apply(context);

        // The terms of weights are assigned anew; of the trainable inputs, each time step assigns one.
        DampedSteps.Clear(context, Math.Min(context.WeightCount, context.ParameterCount));
    }
}

/// <summary>A form of the curvature as a type, so that the choice has no run-time cost.</summary>
public interface ICurvatureForm
{
    /// <summary>The form.</summary>
    static abstract CurvatureForm Form { get; }
}

/// <summary>Without the term in f″: never negative.</summary>
public readonly struct PositiveForm : ICurvatureForm
{
    public static CurvatureForm Form => CurvatureForm.Positive;
}

/// <summary>With the term in f″; its magnitude is used.</summary>
public readonly struct FullForm : ICurvatureForm
{
    public static CurvatureForm Form => CurvatureForm.Full;
}
