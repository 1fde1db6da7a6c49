using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>How a trial begins: the initial values of its parameters, and what learning may do to them.</summary>
/// <param name="Random">The trial's random numbers.</param>
/// <param name="InitialParameters">Initial value of each parameter.</param>
/// <param name="Space">Which parameters are free, and between which bounds.</param>
public sealed record TrialStart(TrialRandom Random, IReadOnlyList<double> InitialParameters, SearchSpace Space)
{
    /// <summary>Number of the training set of a curriculum, from 0.</summary>
    public int Stage { get; init; }
}
