using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Networks of every known kind with random parameters, and random sequences for them.</summary>
internal static class Samples
{
    /// <summary>Tanh and logistic units in one network; the same with relu units, which have no bounds.</summary>
    public const string Mixed = "mixed", MixedWithRelu = "mixed with relu";

    /// <summary>Variants of "fully-connected" with optional fields.</summary>
    public const string Biases = "fully-connected with biases", InputWeights = "fully-connected with input-weights",
        InputWeightsAndBiases = "fully-connected with input-weights and biases",
        Outputs = "fully-connected with outputs", Several = "fully-connected with several inputs, outputs and biases",
        InitialState = "fully-connected with initial-state";

    private static readonly string[] DifferentiableUnits = ["tanh", "logistic", "relu"];

    /// <summary>
    /// A network of a kind. The weights have a size at which gradients neither vanish nor explode at once.
    /// </summary>
    /// <param name="name">The kind.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="units">Name of its units; <see cref="Mixed"/> for differentiable ones of several kinds.</param>
    public static NetworkDefinition Network(string name, Random random, string units = "tanh")
        => name switch
        {
            "latch" => new LatchDefinition(
                Units(units, 1, random), 2.5 * random.NextDouble(), Numbers(random, random.Next(0, 4), 1.0)),
            "fully-connected" => FullyConnected(random, random.Next(1, 6), units),
            InitialState => WithInitialState(FullyConnected(random, random.Next(1, 6), units), random),
            Biases or InputWeights or InputWeightsAndBiases =>
                With(name, FullyConnected(random, random.Next(1, 6), units), random),
            Outputs or Several => With(name, FullyConnected(random, random.Next(3, 6), units), random),
            "parity" => new ParityDefinition(
                Units(units, 2, random), Numbers(random, 7, 1.5), random.NextDouble()),
            _ when Layered.Contains(name) => OfCells(name, random, units),
            _ => throw new ArgumentException($"No sample of the network '{name}': add one here.", nameof(name)),
        };

    /// <summary>The networks of cells by name.</summary>
    public static IReadOnlyList<string> Layered { get; } =
        [.. KnownNetworkKinds.All.OfType<LayeredKind>().Select(kind => kind.Name)];

    /// <summary>The networks whose backward pass has a diagonal curvature, with all kinds of units.</summary>
    public static TheoryData<string, string> WithCurvature
        => [.. NetworksAndUnits.Where(row => !Layered.Contains(row.Data.Item1))];

    /// <summary>Every kind of network by its name in a file, and the variants with optional fields.</summary>
    public static IEnumerable<string> Names
        => [.. KnownNetworks.All.Select(network => network.Name), Biases, InputWeights, InputWeightsAndBiases,
            Outputs, Several, InitialState];

    /// <summary>
    /// Every network, with all kinds of differentiable units; in the fast suite each network with tanh and one of the
    /// others in turn.
    /// </summary>
    public static TheoryData<string, string> NetworksAndUnits
    {
        get
        {
            var all = new TheoryData<string, string>();
            string[] units = ["logistic", "relu", Mixed, MixedWithRelu];
            foreach ((int i, string name) in Names.Index())
            {
                all.Add(name, "tanh");
                if (!KnownNetworkKinds.Find(name).HasUnits)
                    continue;
                foreach (string unit in SlowTests.CombinesAll ? units : [units[i % units.Length]])
                    all.Add(name, unit);
            }

            return all;
        }
    }

    private static NetworkDefinition OfCells(string name, Random random, string units)
    {
        var design = new NetworkDesign
        {
            Network = name,
            Units = random.Next(1, 5),
            Layers = random.Next(1, 3),
            Readout = random.Next(2) == 0 ? TrainedReadout.Linear : TrainedReadout.Tanh,
        };
        var shape = new NetworkShape(TrainableInputs: 0, Inputs: random.Next(1, 3), Outputs: random.Next(1, 3));
        design = design with { Unit = Units(units, design.Units, random) };
        return design.CreateDefinition(shape, Numbers(random, design.GetParameterNames(shape).Count, 1.0));
    }

    /// <summary>Numbers uniform between minus and plus a size.</summary>
    public static double[] Numbers(Random random, int count, double size)
        => [.. Enumerable.Range(0, count).Select(_ => size * ((2.0 * random.NextDouble()) - 1.0))];

    /// <summary>The inputs of a sequence with the given number of steps.</summary>
    public static double[] Inputs(Random random, NetworkDefinition network, int steps, double size)
        => Numbers(random, steps * network.Inputs, size);

    /// <summary>A target for each output, uniform between −1 and 1.</summary>
    public static double[] Targets(Random random, NetworkDefinition network)
        => Numbers(random, network.Outputs.Count, 1.0);

    /// <summary>A fully connected network of n units.</summary>
    public static FullyConnectedDefinition FullyConnected(Random random, int n, string units = "tanh")
        => new(Units(units, n, random), n, random.Next(n), [random.Next(n)], Numbers(random, n * n, 1.2));

    /// <summary>The network with the given optional fields added.</summary>
    public static FullyConnectedDefinition With(string fields, FullyConnectedDefinition plain, Random random)
    {
        double[]? biases = fields is InputWeights or Outputs ? null : Numbers(random, plain.Units, 0.4);
        int inputs = fields == Several ? random.Next(2, 4) : 1;
        int[] units = [.. Enumerable.Range(0, plain.Units)];
        random.Shuffle(units);
        IReadOnlyList<int> outputs = fields is Outputs or Several ? units[..random.Next(2, 4)] : plain.Outputs;
        return fields is Biases or Outputs
            ? new(plain.Unit, plain.Units, plain.Input!.Value, outputs, plain.Weights, biases)
            : new(
                plain.Unit,
                plain.Units,
                Numbers(random, plain.Units * inputs, 1.0),
                outputs,
                plain.Weights,
                biases);
    }

    /// <summary>The network with an initial state in [0, 1), which every kind of unit can output.</summary>
    public static FullyConnectedDefinition WithInitialState(FullyConnectedDefinition plain, Random random)
        => plain.WithInitialState([.. Enumerable.Range(0, plain.Units).Select(_ => random.NextDouble())]);

    /// <summary>One name for all units, or one for each.</summary>
    public static string Units(string units, int n, Random random)
        => units is Mixed or MixedWithRelu
            ? string.Join(',', Enumerable.Range(0, n).Select(
                _ => DifferentiableUnits[random.Next(units == Mixed ? 2 : 3)]))
            : units;
}
