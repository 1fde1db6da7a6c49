using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Gradient descent, on-line: after each presentation <c>w ← w − η·Σ_t ∂C/∂w_t</c> (eq. (4) of the paper, with all
/// times weighted alike).
/// </summary>
public readonly struct GradientDescent : ILearningRule
{
    /// <inheritdoc/>
    public static CurvatureForm Curvature => CurvatureForm.None;

    /// <inheritdoc/>
    public static int ValuesPerParameter => 1;

    /// <inheritdoc/>
    public static int StateValues => 0;

    /// <inheritdoc/>
    public static bool IsSumOfGradients => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLane>(Row<TLane> memory, nint parameter, Derivatives<TLane> derivatives)
        where TLane : unmanaged, ILane<TLane>
        => memory[parameter] += derivatives.Gradient;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update<TLane>(in Presented<TLane> presented)
        where TLane : unmanaged, ILane<TLane>
    {
        Row<TLane> parameters = presented.Parameters, rates = presented.Rates, memory = presented.Memory;
        for (int i = 0; i < presented.Count; i++)
        {
            // Selected, not multiplied by a rate of 0: a held parameter stays what it is even where the gradient is
            // infinite.
            TLane moved = parameters[i] - (rates[i] * memory[i]);
            parameters[i] = TLane.WhereLess(TLane.From(0.0), rates[i], moved, parameters[i]);
            memory[i] = TLane.From(0.0);
        }
    }
}
