using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// An update rule as a user selects it: it transforms the gradient of each parameter into the step of that parameter.
/// Rules form a chain, each applied to the result of the one before; finally <c>w ← w − η·step</c>. To add one: derive
/// from this record in a separate file, beside its equation (<see cref="IUpdateEquation"/>), and list it in
/// <see cref="KnownUpdateRules"/>. Its parameters are its settings, each with a default, a range and a source.
/// </summary>
public abstract record UpdateRule
{
    /// <summary>Name in the text of a chain.</summary>
    public abstract string Name { get; }

    /// <summary>One line of help text: what it does to the gradient g.</summary>
    public abstract string Description { get; }

    /// <summary>Whether a chain may contain it more than once.</summary>
    public virtual bool MayRepeat => false;

    /// <summary>Writes the values of a trial at its start: the parameters of the rule and its counters.</summary>
    /// <param name="trial">[value]; all zero.</param>
    public abstract void WriteInitialState(Span<double> trial);

    /// <summary>Creates the implementation, which serves trials with any parameters of this rule.</summary>
    public abstract UpdateRuleKernel<TLane> Create<TLane>()
        where TLane : unmanaged, ILane<TLane>;
}
