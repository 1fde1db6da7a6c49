using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// An on-line update rule on gradient terms: what is kept of the terms of one presentation, and how they change the
/// parameters. To add one: implement these members in a separate file. A rule that only needs their sum is an
/// <see cref="Optimizers.UpdateRule"/> instead, which can be chained.
/// </summary>
public interface IGradientTermRule : IGradientTerms
{
    /// <summary>
    /// Number of state values of a trial that persist between presentations; those of <see cref="BoundedSteps"/> first.
    /// </summary>
    static abstract int StatePerTrial { get; }

    /// <summary>Indices of the values that are diagnostics of the trial.</summary>
    static virtual ReadOnlySpan<int> DiagnosticStates => [];

    /// <summary>Updates the parameters, and clears the gradient terms that are added up.</summary>
    static abstract void Update<TLane>(in UpdateContext<TLane> context)
        where TLane : unmanaged, ILane<TLane>;
}

/// <summary>The data of one bundle that an update rule works on after a presentation.</summary>
public readonly ref struct UpdateContext<TLane>()
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>The parameters, updated in place.</summary>
    public required UncheckedSpan<TLane> Parameters { get; init; }

    /// <summary>Learning rate η of each parameter; 0 freezes it.</summary>
    public required UncheckedSpan<TLane> LearningRates { get; init; }

    /// <summary>The state of the rule, [value], updated in place.</summary>
    public required UncheckedSpan<TLane> State { get; init; }

    /// <summary>
    /// The gradient terms, [time][parameter][value]; a single time unless the rule keeps terms per time step. The rule
    /// clears those that the next presentation may not assign.
    /// </summary>
    public required UncheckedSpan<TLane> Terms { get; init; }

    /// <summary>[parameter]: temporary memory of the rule.</summary>
    public required UncheckedSpan<TLane> Workspace { get; init; }

    /// <summary>Number of parameters.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>Number of time steps in <see cref="Terms"/>.</summary>
    public required int TimeSteps { get; init; }

    /// <summary>
    /// Number of parameters that have terms at every time; those after them, the trainable inputs, have none after the
    /// first <see cref="InputTimeSteps"/>.
    /// </summary>
    public int WeightCount { get; init; } = int.MaxValue;

    /// <summary>Number of time steps in which a trainable input may have a term.</summary>
    public int InputTimeSteps { get; init; }

    /// <summary>Number of time steps in which a parameter may have a term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GetTimeSteps(int parameter) => parameter < WeightCount ? TimeSteps : InputTimeSteps;

    /// <summary>Number of values from one time step to the next in <see cref="Terms"/>.</summary>
    public required int TimeStride { get; init; }
}
