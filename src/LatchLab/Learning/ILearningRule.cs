using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// An on-line learning rule: what is kept of the contributions of one presentation, and how they move the parameters.
/// To add one: implement these members in a file of its own.
/// </summary>
public interface ILearningRule : IContributions
{
    /// <summary>Values that a trial keeps from presentation to presentation.</summary>
    static abstract int StateValues { get; }

    /// <summary>Moves the parameters and clears the memory for the next presentation.</summary>
    static abstract void Update<TLane>(in Presented<TLane> presented)
        where TLane : unmanaged, ILane<TLane>;
}

/// <summary>What a presentation left for the learning rule, of one bundle.</summary>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
public readonly ref struct Presented<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>The parameters, to be changed.</summary>
    public required Row<TLane> Parameters { get; init; }

    /// <summary>Learning rate η of each parameter; 0 holds it.</summary>
    public required Row<TLane> Rates { get; init; }

    /// <summary>The state of the rule, [value], to be changed.</summary>
    public required Row<TLane> State { get; init; }

    /// <summary>
    /// [time][parameter][value], what the contributions were; a single time unless the rule keeps them. To be cleared.
    /// </summary>
    public required Row<TLane> Memory { get; init; }

    /// <summary>[parameter]: room for what a rule computes of each.</summary>
    public required Row<TLane> Changes { get; init; }

    /// <summary>Number of parameters.</summary>
    public required int Count { get; init; }

    /// <summary>Number of times in <see cref="Memory"/>.</summary>
    public required int Times { get; init; }

    /// <summary>Values from one time to the next in <see cref="Memory"/>.</summary>
    public required int Stride { get; init; }
}
