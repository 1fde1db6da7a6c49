using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The start of a trial: the initial values of its parameters, which of them are trainable, and their bounds.
/// </summary>
/// <param name="Random">The trial's random numbers.</param>
/// <param name="InitialParameters">Initial value of each parameter.</param>
/// <param name="Space">The trainable parameters and their bounds.</param>
public sealed record TrialStart(TrialRandom Random, IReadOnlyList<double> InitialParameters, SearchSpace Space)
{
    /// <summary>Number of training sequences, at least 1.</summary>
    public int Sequences { get; init; } = 1;

    /// <summary>Index of the training set of a curriculum, from 0.</summary>
    public int Stage { get; init; }
}
