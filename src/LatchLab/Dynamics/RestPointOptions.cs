using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>Where a search for fixed points of a network starts, and how long it goes on.</summary>
public sealed record RestPointOptions
{
    /// <summary>States from which the search starts before all others, N values each.</summary>
    public IReadOnlyList<IReadOnlyList<double>> FirstStarts { get; init; } = [];

    /// <summary>Most visited states that are starts, evenly spaced among the given ones; at least 0.</summary>
    public int VisitedStarts { get; init; } = 256;

    /// <summary>Most visited states from which the network is followed at rest; at least 0.</summary>
    public int RestOrbits { get; init; } = 32;

    /// <summary>Most steps at rest, whose ends are starts; at least 1. Large networks are followed for fewer.</summary>
    public int RestSteps { get; init; } = 1000;

    /// <summary>Starts uniform in the box that the visited states fill; at least 0.</summary>
    public int UniformStarts { get; init; } = 128;

    /// <summary>
    /// Most starts in all, at least 1: those above, then midpoints and means of the points that were found, as long as
    /// they find new ones or the index sum is not 1.
    /// </summary>
    public int MaxStarts { get; init; } = 3000;

    /// <summary>Most distinct points, at least 1: a network may have a continuum of them.</summary>
    public int MaxPoints { get; init; } = 128;

    /// <summary>
    /// Eigenvalues of a point of a large network, whose full spectrum would take too long; at least 1.
    /// </summary>
    public int LeadingEigenvalues { get; init; } = 16;

    /// <summary>Whether full spectra are computed however long they take.</summary>
    public bool AllEigenvalues { get; init; }

    /// <summary>Threads, at least 1; they do not change the result.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Seed of the uniform starts and of the means.</summary>
    public ulong Seed { get; init; }

    /// <summary>The lane type; null for the widest. It does not change the result.</summary>
    public LaneKind? Lanes { get; init; }

    /// <summary>Throws for a value out of its range.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(VisitedStarts);
        ArgumentOutOfRangeException.ThrowIfNegative(RestOrbits);
        ArgumentOutOfRangeException.ThrowIfLessThan(RestSteps, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(UniformStarts);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStarts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeadingEigenvalues, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }
}

/// <summary>The state of a search for fixed points.</summary>
/// <param name="Starts">Starts that are done.</param>
/// <param name="Planned">Starts that are planned so far.</param>
/// <param name="Points">Distinct points found.</param>
/// <param name="IndexSum">The sum of their indices.</param>
public readonly record struct RestPointProgress(int Starts, int Planned, int Points, int IndexSum);
