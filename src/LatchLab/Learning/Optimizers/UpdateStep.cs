using LatchLab.Numerics;

namespace LatchLab.Learning.Optimizers;

/// <summary>The data of all bundles that an update rule works on in a step.</summary>
public readonly ref struct UpdateStep<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Number of bundles.</summary>
    public required int Bundles { get; init; }

    /// <summary>Number of parameters of a network.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>[bundle][parameter]: the gradients, which the rule replaces; 0 for frozen parameters.</summary>
    public required UncheckedSpan<TLane> Gradients { get; init; }

    /// <summary>[bundle][parameter]: the parameters.</summary>
    public required UncheckedSpan<TLane> Parameters { get; init; }

    /// <summary>[bundle][parameter]: above 0 where the parameter is trained and the lane takes a step.</summary>
    public required UncheckedSpan<TLane> LearningRates { get; init; }

    /// <summary>[bundle]: 1 where the lane takes a step; else 0.</summary>
    public required UncheckedSpan<TLane> TakesStep { get; init; }

    /// <summary>[bundle][parameter][value]: the state of the rule for each parameter.</summary>
    public required UncheckedSpan<TLane> State { get; init; }

    /// <summary>[bundle][value]: the state of the rule for each trial.</summary>
    public required UncheckedSpan<TLane> TrialState { get; init; }

    /// <summary>Temporary memory for the whole state of the rule of one bundle.</summary>
    public required UncheckedSpan<TLane> Workspace { get; init; }
}
