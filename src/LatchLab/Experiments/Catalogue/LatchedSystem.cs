using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue;

/// <summary>
/// A network with a held input that can be latched to one of several attractors (Definition 5), as Section IV assumes:
/// <c>a_t = W·tanh(a_{t−1}) + e_0·u + noise</c>, in activations.
/// </summary>
/// <param name="Network">The network.</param>
/// <param name="Input">u, the same at every step: a bias of unit 0, without which every network would be odd.</param>
/// <param name="System">Its autonomous dynamics.</param>
/// <param name="Sets">Its fixed points and attractors.</param>
internal sealed record LatchedSystem(
    NetworkDefinition Network, double Input, DynamicalSystem System, InvariantSets Sets)
{
    /// <summary>Random systems have 1 … so many units.</summary>
    public const int MostUnits = 3;

    /// <summary>Their weights are uniform between minus and plus this.</summary>
    public const double LargestWeight = 2.0;

    /// <summary>Their held input likewise.</summary>
    public const double LargestInput = 0.2;

    /// <summary>The word of counters of random numbers that are of no cell of an experiment, as for claim 17.</summary>
    public const uint RandomWord = 3;

    private static readonly SearchEffort Effort = new() { NewtonStarts = 20, Orbits = 16, MostSteps = 256 };

    /// <summary>n.</summary>
    public int Dimension => System.Dimension;

    /// <summary>Those of its attractors that are fixed points.</summary>
    public IEnumerable<PeriodicOrbit> RestingAttractors => Sets.Attractors.Where(attractor => attractor.Period == 1);

    /// <summary>Studies a network.</summary>
    /// <param name="weights">W row by row.</param>
    /// <param name="input">u.</param>
    public static LatchedSystem Of(IReadOnlyList<double> weights, double input)
    {
        DynamicalSystem system = SystemOf(weights, input);
        return new(NetworkOf(weights), input, system, InvariantSets.Of(system, effort: Effort));
    }

    /// <summary>Its autonomous dynamics alone.</summary>
    public static DynamicalSystem SystemOf(IReadOnlyList<double> weights, double input)
        => DynamicalSystem.Of(NetworkOf(weights), [input]);

    /// <summary>Random systems: each drawn until it has at least two attractors.</summary>
    public static IReadOnlyList<LatchedSystem> Random(ulong seed, int count)
        => [.. Enumerable.Range(0, count).Select(number => Random(seed, number, 1 + (number % MostUnits)))];

    /// <summary>Points spread over all that the autonomous system ever visits.</summary>
    public IEnumerable<double[]> Spread(int count, ulong seed) => FixedPoints.Spread(System.Range(), count, seed);

    private static FullyConnectedDefinition NetworkOf(IReadOnlyList<double> weights)
    {
        int n = (int)Math.Sqrt(weights.Count);
        return new(KnownUnits.TanhName, n, input: 0, outputs: [n - 1], weights);
    }

    private static LatchedSystem Random(ulong seed, int number, int units)
    {
        UniformDraws draws = new TrialRandom(seed, RandomWord, number).Uniforms(Purpose.InitialParameters);
        while (true)
        {
            double[] weights =
                [.. Enumerable.Range(0, units * units).Select(_ => draws.Next(-LargestWeight, LargestWeight))];
            LatchedSystem system = Of(weights, draws.Next(-LargestInput, LargestInput));
            if (system.Sets.Attractors.Count >= 2)
                return system;
        }
    }
}
