using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Back-propagation through time, on-line: after each presentation <c>w ← w − η·Σ_t ∂C/∂w_t</c> ([22] of the paper; the
/// sum is eq. (4), with all times weighted alike).
/// </summary>
public readonly struct Backpropagation : ILearningRule
{
    /// <inheritdoc/>
    public static bool WantsCurvature => false;

    /// <inheritdoc/>
    public static int ValuesPerParameter => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLane>(Row<TLane> memory, int parameter, Derivatives<TLane> derivatives)
        where TLane : unmanaged, ILane<TLane>
        => memory[parameter] += derivatives.Gradient;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update<TLane>(Row<TLane> parameters, Row<TLane> rates, Row<TLane> memory, int count)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < count; i++)
        {
            // Selected, not multiplied by a rate of 0: a held parameter stays what it is even where the gradient is
            // infinite.
            TLane moved = parameters[i] - (rates[i] * memory[i]);
            parameters[i] = TLane.WhereLess(TLane.From(0.0), rates[i], moved, parameters[i]);
            memory[i] = TLane.From(0.0);
        }
    }
}
