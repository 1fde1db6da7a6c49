using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// The equation of an update rule, a static method of an empty struct. It describes a trial that takes a step, and a
/// parameter that is trained: <see cref="UpdateRuleKernel{TLane, TEquation}"/> keeps the state of other trials, and the
/// gradient 0 of frozen parameters.
/// </summary>
public interface IUpdateEquation
{
    /// <summary>Number of values that persist between steps for each parameter; 0 at the start of a trial.</summary>
    static virtual int StatePerParameter => 0;

    /// <summary>
    /// Number of values that persist between steps for each trial; <see cref="UpdateRule.WriteInitialState"/> writes
    /// the first.
    /// </summary>
    static abstract int StatePerTrial { get; }

    /// <summary>Prepares a step: what depends on the number of steps, or on all gradients.</summary>
    /// <param name="trial">[value]: the state of the trial, updated in place.</param>
    /// <param name="gradients">[parameter].</param>
    /// <param name="count">Number of parameters.</param>
    static virtual void Prepare<TLane>(UncheckedSpan<TLane> trial, UncheckedSpan<TLane> gradients, int count)
        where TLane : unmanaged, ILane<TLane>
    {
    }

    /// <summary>Transforms the gradient of one parameter.</summary>
    /// <param name="gradient">The gradient, or the result of the rule before.</param>
    /// <param name="parameter">The value of the parameter.</param>
    /// <param name="state">[value]: the state of the parameter, updated in place.</param>
    /// <param name="trial">[value]: the state of the trial.</param>
    static abstract TLane Transform<TLane>(
        TLane gradient, TLane parameter, UncheckedSpan<TLane> state, UncheckedSpan<TLane> trial)
        where TLane : unmanaged, ILane<TLane>;
}
