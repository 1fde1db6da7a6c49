using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Paper.Theory;

/// <summary>
/// A network with a constant input that can be latched to one of several attractors (Definition 5), as Section IV
/// assumes: <c>a_t = W·tanh(a_{t−1}) + e_0·u + noise</c>, in activations. The constant input u, the same at every
/// step, is a bias of unit 0. Without it, the map of every network would be an odd function.
/// </summary>
internal sealed record AutonomousNetwork(
    NetworkDefinition Network, double ConstantInput, DynamicalSystem Dynamics, InvariantSets InvariantSets)
{
    // Of random systems, whose weights and constant input are uniform between minus and plus their maximum.
    public const int MaximumUnits = 3;
    public const double MaximumWeight = 2.0;
    public const double MaximumInput = 0.2;

    /// <summary>
    /// The random word of streams that belong to no configuration: the number of a claim, as for claim 17.
    /// </summary>
    public const uint RandomWord = 3;

    private static readonly AttractorSearchOptions SearchOptions = new()
    {
        NewtonStarts = 20,
        Orbits = 16,
        MaxSteps = 256
    };

    public IEnumerable<PeriodicOrbit> FixedPointAttractors
        => InvariantSets.Attractors.Where(attractor => attractor.Period == 1);

    /// <summary>Creates a network from W, row by row, and u, and finds its fixed points and attractors.</summary>
    public static AutonomousNetwork Analyze(IReadOnlyList<double> weights, double input)
    {
        DynamicalSystem system = CreateDynamics(weights, input);
        return new(CreateNetwork(weights), input, system, InvariantSets.Find(system, options: SearchOptions));
    }

    /// <summary>Creates only the autonomous dynamics of a network.</summary>
    public static DynamicalSystem CreateDynamics(IReadOnlyList<double> weights, double input)
        => DynamicalSystem.Create(CreateNetwork(weights), [input]);

    /// <summary>Generates random systems; each is redrawn until it has at least two attractors.</summary>
    public static IReadOnlyList<AutonomousNetwork> GenerateRandom(ulong seed, int count)
        => [.. Enumerable.Range(0, count).Select(index => GenerateRandom(seed, index, 1 + (index % MaximumUnits)))];

    /// <summary>Names a random system by its number, from 0, with its weights and its constant input.</summary>
    public string Describe(int index)
        => $"system {index + 1}, W = [{string.Join(", ", Network.Parameters.Select(NumberFormat.Short))}] row by " +
            $"row, u = {NumberFormat.Short(ConstantInput)}";

    /// <summary>Returns points spread uniformly over the range of the autonomous system.</summary>
    public IEnumerable<double[]> SpreadStates(int count, ulong seed)
        => FixedPoints.SampleUniform(Dynamics.Range(), count, seed);

    private static FullyConnectedDefinition CreateNetwork(IReadOnlyList<double> weights)
    {
        int n = (int)Math.Sqrt(weights.Count);
        return new(KnownUnits.TanhName, n, input: 0, outputs: [n - 1], weights);
    }

    private static AutonomousNetwork GenerateRandom(ulong seed, int index, int units)
    {
        UniformStream random = new TrialRandom(seed, RandomWord, index).CreateUniformStream(Purpose.InitialParameters);
        while (true)
        {
            double[] weights =
                [.. Enumerable.Range(0, units * units).Select(_ => random.Next(-MaximumWeight, MaximumWeight))];
            AutonomousNetwork system = Analyze(weights, random.Next(-MaximumInput, MaximumInput));
            if (system.InvariantSets.Attractors.Count >= 2)
                return system;
        }
    }
}
