using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// An on-line learning rule: what is kept of the contributions of one presentation, and how they move the parameters.
/// To add one: implement these members in a file of its own.
/// </summary>
public interface IUpdateRule : IGradientTerms
{
    /// <summary>Values that a trial keeps from presentation to presentation.</summary>
    static abstract int StatePerTrial { get; }

    /// <summary>Moves the parameters and clears the memory for the next presentation.</summary>
    static abstract void Update<TLane>(in UpdateContext<TLane> context)
        where TLane : unmanaged, ILane<TLane>;
}

/// <summary>What a presentation left for the learning rule, of one bundle.</summary>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
public readonly ref struct UpdateContext<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>The parameters, to be changed.</summary>
    public required UncheckedSpan<TLane> Parameters { get; init; }

    /// <summary>Learning rate η of each parameter; 0 holds it.</summary>
    public required UncheckedSpan<TLane> LearningRates { get; init; }

    /// <summary>The state of the rule, [value], to be changed.</summary>
    public required UncheckedSpan<TLane> State { get; init; }

    /// <summary>
    /// [time][parameter][value], what the contributions were; a single time unless the rule keeps them. To be cleared.
    /// </summary>
    public required UncheckedSpan<TLane> Terms { get; init; }

    /// <summary>[parameter]: room for what a rule computes of each.</summary>
    public required UncheckedSpan<TLane> Workspace { get; init; }

    /// <summary>Number of parameters.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>Number of times in <see cref="Terms"/>.</summary>
    public required int TimeSteps { get; init; }

    /// <summary>Values from one time to the next in <see cref="Terms"/>.</summary>
    public required int TimeStride { get; init; }
}
