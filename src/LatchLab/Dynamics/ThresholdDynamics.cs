using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A fixed point or a cycle of a network of threshold units. A state is the number whose bit i is set where the output
/// of unit i is +1.
/// </summary>
/// <param name="States">The states in the order in which they are visited, from the smallest number on.</param>
/// <param name="BasinSize">Number of states from which the network reaches it, its own included.</param>
/// <param name="LongestTransient">Largest number of steps from a state of the basin to the attractor.</param>
/// <param name="MeanTransient">Mean number of steps over all states of the basin.</param>
/// <param name="FewestFlips">
/// The smallest number of units of which a change of sign moves a state of the attractor into another basin; null if
/// there is no other basin.
/// </param>
public sealed record ThresholdAttractor(
    IReadOnlyList<int> States, int BasinSize, int LongestTransient, double MeanTransient, int? FewestFlips)
{
    /// <summary>Number of its states; 1 for a fixed point.</summary>
    public int Period => States.Count;
}

/// <summary>
/// The dynamics of n threshold units with constant inputs, x_t = sign(W·x_{t−1} + V·u + b), sign(0) = +1: a map of 2ⁿ
/// states, which is enumerated whole. Every orbit ends in a cycle, and all attractors, basins and transients are exact.
/// There are no derivatives, so nothing is said about gradients, Lyapunov exponents or certificates.
/// </summary>
/// <remarks>
/// The successor of a state is computed by the step of the network itself, in double precision: a sum that rounding
/// moves across 0 has here the sign that it has wherever the network runs.
/// </remarks>
public sealed class ThresholdDynamics
{
    /// <summary>Largest number of units: 4 million states, in less than a second and 60 MB.</summary>
    public const int MaximumUnits = 22;

    /// <summary>Number of attractors that are described; of more, those with the largest basins.</summary>
    public const int MaximumAttractors = 128;

    private ThresholdDynamics(int units) => Units = units;

    /// <summary>n: the units that a later step reads.</summary>
    public int Units { get; }

    /// <summary>2ⁿ.</summary>
    public int StateCount => 1 << Units;

    /// <summary>Number of attractors.</summary>
    public int AttractorCount { get; private init; }

    /// <summary>Number of them that are fixed points.</summary>
    public int FixedPointCount { get; private init; }

    /// <summary>
    /// The attractors, those with the largest basins first, then by their smallest state; at most
    /// <see cref="MaximumAttractors"/>.
    /// </summary>
    public IReadOnlyList<ThresholdAttractor> Attractors { get; private init; } = [];

    /// <summary>Largest number of steps from any state to an attractor.</summary>
    public int LongestTransient { get; private init; }

    /// <summary>x_0 of the network: of the units that a later step reads, which need not be ±1.</summary>
    public IReadOnlyList<double> InitialState { get; private init; } = [];

    /// <summary>
    /// Index in <see cref="Attractors"/> of the attractor that the network reaches from x_0; null if it is not listed.
    /// </summary>
    public int? InitialAttractor { get; private init; }

    /// <summary>Steps from x_0 to that attractor.</summary>
    public int InitialTransient { get; private init; }

    /// <summary>The validation error of a network that has other units, or too many of them; null if valid.</summary>
    public static string? Validate(NetworkDefinition network)
        => !KnownUnits.IsThresholdOnly(network.Unit) ? "the network has other units: all must be threshold units"
            : CountUnits(network) is var units && units > MaximumUnits
                ? $"the network has {units} threshold units and 2^{units} states: all states are enumerated, which " +
                    $"is possible for up to {MaximumUnits} units"
            : null;

    /// <summary>Enumerates the dynamics of a network.</summary>
    /// <param name="network">A network of threshold units.</param>
    /// <param name="inputs">u, one value for each input of the network; null means all 0.</param>
    /// <param name="options">Threads and lanes; the result does not depend on them.</param>
    /// <exception cref="ValidationException">
    /// The network has other units or too many, or the number of inputs is not that of the network.
    /// </exception>
    public static ThresholdDynamics Enumerate(
        NetworkDefinition network, IReadOnlyList<double>? inputs, RunOptions options)
    {
        if (Validate(network) is { } error)
            throw new ValidationException("", "unit", error);
        inputs ??= new double[network.Inputs];
        if (inputs.Count != network.Inputs)
        {
            throw new ValidationException("", "input",
                $"{inputs.Count} values are given, but the network has {network.Inputs} inputs: give as many");
        }

        int units = CountUnits(network);
        var map = new ThresholdMap(network, units, inputs, options);
        int[] successors = map.ComputeSuccessors();
        var basins = new ThresholdBasins(successors);
        int[] listed = [.. basins.RankAttractors().Take(MaximumAttractors)];
        int?[] flips = new HammingDistances(basins.Labels, units).FindFewestFlips(
            [.. listed.Select(basins.GetCycle)]);
        (double[] initialState, int first, int time) = map.GetFirstState();
        int initialRank = Array.IndexOf(listed, basins.Labels[first]);
        return new(units)
        {
            AttractorCount = basins.AttractorCount,
            FixedPointCount = Enumerable.Range(0, basins.AttractorCount).Count(label => basins.GetPeriod(label) == 1),
            Attractors =
            [
                .. listed.Select((label, rank) => new ThresholdAttractor(
                    basins.GetCycle(label),
                    basins.GetSize(label),
                    basins.GetLongestTransient(label),
                    basins.GetMeanTransient(label),
                    flips[rank])),
            ],
            LongestTransient = Enumerable.Range(0, basins.AttractorCount).Max(basins.GetLongestTransient),
            InitialState = initialState,
            InitialAttractor = initialRank < 0 ? null : initialRank,
            InitialTransient = time + basins.GetTransient(first),
        };
    }

    /// <summary>The outputs ±1 of the units in a state.</summary>
    public double[] GetOutputs(int state)
        => [.. Enumerable.Range(0, Units).Select(unit => ((state >> unit) & 1) != 0 ? 1.0 : -1.0)];

    /// <summary>n: later steps of the Parity network read its output unit only.</summary>
    private static int CountUnits(NetworkDefinition network) => (int)Math.Sqrt(network.RecurrentWeights.Count);
}
