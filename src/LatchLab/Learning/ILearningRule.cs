using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// An on-line learning rule: what is kept of the contributions of one presentation, and how they move the parameters.
/// To add one: implement these members in a file of its own.
/// </summary>
public interface ILearningRule : IContributions
{
    /// <summary>Moves the parameters and clears the memory for the next presentation.</summary>
    /// <param name="parameters">The parameters, changed.</param>
    /// <param name="rates">Learning rate η of each parameter; 0 holds it.</param>
    /// <param name="memory">[parameter][value], what the presentation left.</param>
    /// <param name="count">Number of parameters.</param>
    static abstract void Update<TLane>(Row<TLane> parameters, Row<TLane> rates, Row<TLane> memory, int count)
        where TLane : unmanaged, ILane<TLane>;
}
