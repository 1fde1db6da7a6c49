using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>Options of <c>latchlab dynamics network</c>: the analyses and the search effort.</summary>
public sealed record NetworkDiagnosisOptions
{
    /// <summary>Noise bound b; 0 to compute only the largest tolerated noise.</summary>
    [Setting(
        "noise at every step that the memory must tolerate; 0: report only the largest tolerated noise",
        "decision",
        Minimum = 0,
        Maximum = 1e6, Probe = "0.05")]
    public double Noise { get; init; }

    /// <summary>Where the noise enters.</summary>
    [Setting("where the noise enters: in every activation or in the inputs of the network", "paper, eq. (2): units",
        Probe = "inputs",
        ProbeBeside = "noise=0.05")]
    public NoiseLocation NoiseAt { get; init; } = NoiseLocation.Units;

    /// <summary>Grid points along each axis of the phase portrait.</summary>
    [Setting("grid points along each axis of the phase portrait of one or two units", "decision", Minimum = 2,
        Maximum = 2000, Probe = "21")]
    public int Grid { get; init; } = 401;

    /// <summary>Random initial states for the basin fractions.</summary>
    [Setting("random initial states for the estimates of the basin fractions", "decision", Minimum = 1,
        Maximum = 10_000_000, Probe = "500")]
    public int Samples { get; init; } = 2000;

    /// <summary>Steps of a sampled orbit; 0 for 10,000, or 1,000 above two units.</summary>
    [Setting("steps after which a sampled initial state is undecided; 0: 10000, or 1000 above two units", "decision",
        Minimum = 0, Maximum = 1_000_000_000, Probe = "3")]
    public int SampleSteps { get; init; }

    /// <summary>B: searches start from activations within ±B; 0 for the range of the map.</summary>
    [Setting("searches and samples start from activations between minus and plus this value; 0: from the range of " +
        "the network, which units without bounds (relu) do not have", "decision", Minimum = 0, Maximum = 1e6,
        Probe = "0.5")]
    public double Box { get; init; }

    /// <summary>Newton starts for fixed points.</summary>
    [Setting("Newton starts for fixed points, fewer above 50 units", "decision", Minimum = 1, Maximum = 1_000_000,
        Probe = "2")]
    public int Starts { get; init; } = 400;

    /// <summary>Orbits followed in the search for attractors.</summary>
    [Setting("orbits followed in the search for attractors", "decision", Minimum = 1, Maximum = 1_000_000, Probe = "2")]
    public int Orbits { get; init; } = 64;

    /// <summary>Maximum number of steps of an orbit.</summary>
    [Setting("maximum number of steps of an orbit that reaches no attractor", "decision", Minimum = 1,
        Maximum = 1_000_000_000, Probe = "2")]
    public int MostSteps { get; init; } = 100_000;

    /// <summary>The longest period that is detected.</summary>
    [Setting("longest period that is detected", "decision", Minimum = 1, Maximum = 100_000, Probe = "1")]
    public int LongestPeriod { get; init; } = 64;

    /// <summary>Number of Lyapunov exponents; 0 for all.</summary>
    [Setting("Lyapunov exponents of an orbit that reaches no attractor; 0 for all", "decision", Minimum = 0,
        Maximum = 1000, Probe = "2")]
    public int Exponents { get; init; } = 1;

    /// <summary>Steps over which Lyapunov exponents are averaged.</summary>
    [Setting("steps over which Lyapunov exponents are averaged", "decision", Minimum = 100, Maximum = 1_000_000_000,
        Probe = "500")]
    public int ExponentSteps { get; init; } = 20_000;

    /// <summary>The box in which the searches start.</summary>
    internal IReadOnlyList<Interval> CreateBox(DynamicalSystem system)
        => Box > 0.0 ? [.. Enumerable.Repeat(new Interval(-Box, Box), system.Dimension)] : system.Range();

    internal AttractorSearchOptions CreateSearchOptions(int units, ulong seed)
    {
        // up to this size a Newton step is cheap; its cost grows like n³
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
