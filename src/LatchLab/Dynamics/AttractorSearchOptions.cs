namespace LatchLab.Dynamics;

/// <summary>Options of the search for attractors.</summary>
public sealed record AttractorSearchOptions
{
    /// <summary>
    /// Number of Newton starts for fixed points, n &gt; 1, and for each longer period; for that a quarter of them if
    /// the indices of the points then add to 1 (<see cref="IndexSum"/>).
    /// </summary>
    public int NewtonStarts { get; init; } = 400;

    /// <summary>
    /// The longest period of the periodic orbits, stable or not, that Newton's method searches for; 1: only fixed
    /// points.
    /// </summary>
    public int NewtonPeriod { get; init; } = 1;

    /// <summary>Number of orbits that are followed.</summary>
    public int Orbits { get; init; } = 64;

    /// <summary>Number of steps after which an orbit that has reached no attractor is no longer followed.</summary>
    public int MaxSteps { get; init; } = 100_000;

    /// <summary>The longest period that is searched for along the orbits.</summary>
    public int MaxPeriod { get; init; } = 64;

    /// <summary>Number of further steps that decide about the motion of an orbit that reached no attractor.</summary>
    public int MotionSteps { get; init; } = 20_000;

    /// <summary>Seed of the random starts.</summary>
    public ulong Seed { get; init; }
}
