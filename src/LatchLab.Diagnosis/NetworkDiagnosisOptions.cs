using LatchLab.Dynamics;
using LatchLab.Foundation;

namespace LatchLab.Diagnosis;

/// <summary>What <c>latchlab dynamics network</c> is asked of a network, and how hard it is to look.</summary>
public sealed record NetworkDiagnosisOptions
{
    /// <summary>b.</summary>
    [Setting(
        "noise at every step that the memory is to survive; 0 to be told the largest only",
        "decision",
        Minimum = 0,
        Maximum = 1e6)]
    public double Noise { get; init; }

    /// <summary>Where the noise enters.</summary>
    [Setting("where the noise enters: in every activation or in the inputs of the network", "paper, eq. (2): units")]
    public NoiseLocation NoiseAt { get; init; } = NoiseLocation.Units;

    /// <summary>Points along each axis of the picture.</summary>
    [Setting("points along each axis of the picture, of networks of one or two units", "decision", Minimum = 2,
        Maximum = 2000)]
    public int Grid { get; init; } = 401;

    /// <summary>Starts of which the shares of the basins are estimated.</summary>
    [Setting("random starts of which the shares of the basins are estimated", "decision", Minimum = 1,
        Maximum = 10_000_000)]
    public int Samples { get; init; } = 2000;

    /// <summary>Newton starts.</summary>
    [Setting("Newton starts for fixed points, fewer above 50 units", "decision", Minimum = 1, Maximum = 1_000_000)]
    public int Starts { get; init; } = 400;

    /// <summary>Orbits that are followed.</summary>
    [Setting("orbits that are followed in search of attractors", "decision", Minimum = 1, Maximum = 1_000_000)]
    public int Orbits { get; init; } = 64;

    /// <summary>Steps after which an orbit is given up.</summary>
    [Setting("steps after which an orbit that reached no attractor is given up", "decision", Minimum = 1,
        Maximum = 1_000_000_000)]
    public int MostSteps { get; init; } = 100_000;

    /// <summary>The longest period.</summary>
    [Setting("longest period that is looked for", "decision", Minimum = 1, Maximum = 100_000)]
    public int LongestPeriod { get; init; } = 64;

    /// <summary>How many Lyapunov exponents.</summary>
    [Setting("Lyapunov exponents of an orbit that settles nowhere; 0 for all", "decision", Minimum = 0,
        Maximum = 1000)]
    public int Exponents { get; init; } = 1;

    /// <summary>Steps over which they are averaged.</summary>
    [Setting("steps over which Lyapunov exponents are averaged", "decision", Minimum = 100, Maximum = 1_000_000_000)]
    public int ExponentSteps { get; init; } = 20_000;

    /// <summary>The effort of the search, for a network of so many units.</summary>
    internal AttractorSearchOptions CreateSearchOptions(int units, ulong seed)
    {
        // up to here a Newton step costs next to nothing; beyond, its cost grows like n³
        const int fullEffortUnits = 50;
        int starts = units <= fullEffortUnits ? Starts
            : Math.Max(10, (int)((long)Starts * fullEffortUnits * fullEffortUnits / units / units));
        return new()
        {
            NewtonStarts = Math.Min(starts, Starts),
            Orbits = Orbits,
            MaxSteps = MostSteps,
            MaxPeriod = LongestPeriod,
            Seed = seed,
        };
    }
}
