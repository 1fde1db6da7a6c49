using LatchLab.Networks;

namespace LatchLab.Tests.Learning;

/// <summary>Networks of every known kind with random parameters, and random sequences for them.</summary>
internal static class Samples
{
    /// <summary>
    /// A network of a kind; weights are of a size at which gradients neither vanish nor explode at once.
    /// </summary>
    public static NetworkDefinition Network(string name, Random random)
        => name switch
        {
            "latch" => new LatchDefinition("tanh", 2.5 * random.NextDouble(), Numbers(random, random.Next(0, 4), 1.0)),
            "fully-connected" => FullyConnected(random, random.Next(1, 6)),
            "parity" => new ParityDefinition("tanh", Numbers(random, 7, 1.5)),
            _ => throw new ArgumentException($"No sample of the network '{name}': add one here.", nameof(name)),
        };

    /// <summary>Numbers uniform between minus and plus a size.</summary>
    public static double[] Numbers(Random random, int count, double size)
        => [.. Enumerable.Range(0, count).Select(_ => size * ((2.0 * random.NextDouble()) - 1.0))];

    private static FullyConnectedDefinition FullyConnected(Random random, int units)
        => new("tanh", units, random.Next(units), random.Next(units), Numbers(random, units * units, 1.2));
}
