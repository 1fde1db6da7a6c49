using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>Steps whose size may be bounded. The state of every gradient method begins with the bound.</summary>
internal static class BoundedSteps
{
    /// <summary>The bound of |Δw|, infinite for none, and whether a step is rescaled (1) or capped (0).</summary>
    public const int StatePerTrial = 2;

    /// <summary>Indices of these values in the state.</summary>
    public const int BoundIndex = 0, RescaleIndex = 1;

    /// <summary>Subtracts the changes in the workspace from the parameters, and returns the largest |change|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Take<TLane>(in UpdateContext<TLane> context)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), bound = context.State[BoundIndex], maxChange = zero;
        UncheckedSpan<TLane> changes = context.Workspace, parameters = context.Parameters,
            rates = context.LearningRates;
        for (int i = 0; i < context.ParameterCount; i++)
        {
            TLane magnitude = TLane.Abs(changes[i]);
            maxChange = TLane.WhereLess(maxChange, magnitude, magnitude, maxChange);
        }

        TLane scale = TLane.WhereLess(bound, maxChange, bound / maxChange, one);
        scale = TLane.WhereLess(zero, context.State[RescaleIndex], scale, one);
        for (int i = 0; i < context.ParameterCount; i++)
        {
            TLane step = changes[i] * scale;
            step = TLane.WhereLess(bound, step, bound, TLane.WhereLess(step, -bound, -bound, step));
            TLane moved = parameters[i] - step;
            parameters[i] = TLane.WhereLess(zero, rates[i], moved, parameters[i]);
        }

        return maxChange;
    }
}
