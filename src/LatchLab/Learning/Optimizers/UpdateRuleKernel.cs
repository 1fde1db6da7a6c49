using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>The implementation of an update rule: one call transforms the gradients of all trials of a batch.</summary>
public abstract class UpdateRuleKernel<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <inheritdoc cref="IUpdateEquation.StatePerParameter"/>
    public abstract int StatePerParameter { get; }

    /// <inheritdoc cref="IUpdateEquation.StatePerTrial"/>
    public abstract int StatePerTrial { get; }

    /// <summary>Transforms the gradients in place.</summary>
    public abstract void Apply(in UpdateStep<TLane> step);
}

/// <summary>
/// Applies an equation to every parameter. Lanes that take no step keep their state, and frozen parameters keep the
/// gradient 0.
/// </summary>
/// <typeparam name="TLane">The lane type; a lane is a trial.</typeparam>
/// <typeparam name="TEquation">The equation.</typeparam>
public sealed class UpdateRuleKernel<TLane, TEquation> : UpdateRuleKernel<TLane>
    where TLane : unmanaged, ILane<TLane>
    where TEquation : struct, IUpdateEquation
{
    public override int StatePerParameter => TEquation.StatePerParameter;

    public override int StatePerTrial => TEquation.StatePerTrial;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(in UpdateStep<TLane> step)
    {
        int count = step.ParameterCount, stateCount = count * TEquation.StatePerParameter;
        UncheckedSpan<TLane> saved = step.Workspace, savedTrial = saved.Slice(stateCount);
        for (int b = 0; b < step.Bundles; b++)
        {
            TLane takesStep = step.TakesStep[b];
            if (!TLane.AnyLess(TLane.From(0.0), takesStep))
                continue;
            UncheckedSpan<TLane> state = step.State.Slice(b * stateCount),
                trial = step.TrialState.Slice(b * TEquation.StatePerTrial);
            bool allTakeStep = !TLane.AnyLess(takesStep, TLane.From(1.0));
            if (!allTakeStep)
            {
                Copy(state, saved, stateCount);
                Copy(trial, savedTrial, TEquation.StatePerTrial);
            }

            Transform(step, b * count, state, trial);
            if (!allTakeStep)
            {
                Restore(takesStep, saved, state, stateCount);
                Restore(takesStep, savedTrial, trial, TEquation.StatePerTrial);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(
        in UpdateStep<TLane> step, int first, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
    {
        UncheckedSpan<TLane> gradients = step.Gradients.Slice(first), parameters = step.Parameters.Slice(first),
            rates = step.LearningRates.Slice(first);
        TEquation.Prepare(trial, gradients, step.ParameterCount);
        for (int i = 0; i < step.ParameterCount; i++)
        {
            TLane transformed = TEquation.Transform(
                gradients[i], parameters[i], state.Slice(i * TEquation.StatePerParameter), trial);
            gradients[i] = TLane.WhereLess(TLane.From(0.0), rates[i], transformed, TLane.From(0.0));
        }
    }

    private static void Copy(UncheckedSpan<TLane> source, UncheckedSpan<TLane> destination, int count)
    {
        for (int i = 0; i < count; i++)
            destination[i] = source[i];
    }

    /// <summary>Restores the saved values in the lanes that take no step.</summary>
    private static void Restore(
        TLane takesStep, UncheckedSpan<TLane> saved, UncheckedSpan<TLane> values, int count)
    {
        for (int i = 0; i < count; i++)
            values[i] = TLane.WhereLess(TLane.From(0.0), takesStep, values[i], saved[i]);
    }
}
