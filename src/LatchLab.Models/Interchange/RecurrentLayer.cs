using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;

namespace LatchLab.Models.Interchange;

/// <summary>
/// A layer of a network in the common form of other programs: <c>a = V·u + b + W·h + d</c> for each gate, with the rows
/// of the gates one after another in the order of PyTorch (i, f, g, o of an LSTM; r, z, g of a GRU).
/// </summary>
/// <param name="Operation">RNN, LSTM or GRU.</param>
/// <param name="Units">n.</param>
/// <param name="Inputs">m.</param>
/// <param name="InputWeights">V, row by row.</param>
/// <param name="RecurrentWeights">W, row by row.</param>
/// <param name="InputBiases">b.</param>
/// <param name="RecurrentBiases">d.</param>
public sealed record RecurrentLayer(
    string Operation, int Units, int Inputs, double[] InputWeights, double[] RecurrentWeights, double[] InputBiases,
    double[] RecurrentBiases)
{
    /// <summary>The activation function of each unit of an RNN.</summary>
    public IReadOnlyList<string> Activations { get; init; } = [];

    /// <summary>The peepholes of i, f and o, one after another; null for none.</summary>
    public double[]? Peepholes { get; init; }

    /// <summary>P, row by row, d rows of n: the hidden values are P·(o∘tanh c); null for none.</summary>
    public double[]? Projection { get; init; }

    /// <summary>h_0; null for 0.</summary>
    public double[]? InitialState { get; init; }

    /// <summary>Whether the reset gate of a GRU multiplies the state before the recurrent weights.</summary>
    public bool ResetsBefore { get; init; }

    /// <summary>The hidden values that the recurrent weights and the next layer read.</summary>
    public int Hidden => Projection is null ? Units : Projection.Length / Units;

    /// <summary>The layers of a network, the first one first; empty for the network of the Parity problem.</summary>
    internal static IReadOnlyList<RecurrentLayer> Of(NetworkDefinition network) => network switch
    {
        CellDefinition cells => [.. Enumerable.Range(0, cells.Size.Layers).Select(layer => Of(cells, layer))],
        FullyConnectedDefinition units => [Of(units)],
        LatchDefinition latch => [Of(latch)],
        _ => [],
    };

    private static RecurrentLayer Of(CellDefinition network, int layer)
    {
        string suffix = network.Size.Layers == 1 ? "" : $"-{layer + 1}";
        int n = network.Size.Units, m = network.Size.InputsOf(layer);
        double[] Read(string kind, params string[] gates)
            => [.. gates.SelectMany(gate => Values(network, kind + gate + suffix))];
        RecurrentLayer Create(string operation, double[]? recurrentBiases, params string[] gates)
            => new(operation, n, m, Read("v", gates), Read("w", gates), Read("b", gates),
                recurrentBiases ?? new double[gates.Length * n]);
        double[] resetBiases = [.. new double[2 * n], .. network.Kind == "gru" ? Read("d", "g") : new double[n]];
        return network.Kind switch
        {
            "elman" => Create("RNN", null, "") with { Activations = ListUnits(network.Unit, n) },
            "gru" => Create("GRU", resetBiases, "r", "z", "g"),
            "gru-reset-before" => Create("GRU", resetBiases, "r", "z", "g") with { ResetsBefore = true },
            "lstm-coupled" => Couple(Create("LSTM", null, "f", "f", "g", "o")),
            "lstm-peephole" => Create("LSTM", null, "i", "f", "g", "o") with { Peepholes = Read("p", "i", "f", "o") },
            "lstm-projected" => Create("LSTM", null, "i", "f", "g", "o") with { Projection = Read("p", "") },
            "lstm" => Create("LSTM", null, "i", "f", "g", "o"),
            _ => throw new ValidationException("", "network", $"{network.Kind} cannot be converted"),
        };
    }

    /// <summary>The input gate 1 − σ(a) of the forget gate σ(a) is σ(−a).</summary>
    private static RecurrentLayer Couple(RecurrentLayer layer)
    {
        foreach (double[] values in new[] { layer.InputWeights, layer.RecurrentWeights, layer.InputBiases })
        {
            for (int i = 0; i < values.Length / 4; i++)
                values[i] = -values[i];
        }

        return layer;
    }

    private static RecurrentLayer Of(FullyConnectedDefinition network)
    {
        int n = network.Units;
        return new(
            "RNN", n, network.Inputs,
            [.. network.InputWeights ?? [.. Enumerable.Range(0, n).Select(unit => unit == network.Input ? 1.0 : 0.0)]],
            [.. network.Weights], [.. network.Biases ?? new double[n]], new double[n])
        {
            Activations = ListUnits(network.Unit, n),
            InitialState = network.InitialState?.ToArray(),
        };
    }

    /// <summary>A latching neuron starts from the state after its learned inputs.</summary>
    private static RecurrentLayer Of(LatchDefinition network)
    {
        double[] state = [0.0];
        if (network.TrainableInputs > 0)
        {
            OutputEvaluator.Create(new LatchDefinition(network.Unit, network.Parameters[0], []))
                .Evaluate([[.. network.TrainableInputValues]], [state]);
        }

        return new("RNN", 1, 1, [1.0], [network.Parameters[0]], [0.0], [0.0])
        {
            Activations = [network.Unit],
            InitialState = network.TrainableInputs > 0 ? state : null,
        };
    }

    private static IEnumerable<double> Values(CellDefinition network, string name)
    {
        ParameterBlock block = network.Blocks.Single(known => known.Name == name);
        return network.Parameters.Skip(block.Offset).Take(block.Count);
    }

    private static string[] ListUnits(string units, int count)
        => [.. Enumerable.Range(0, count).Select(unit => KnownUnits.GetName(units, unit))];
}

/// <summary>The outputs of a network in the common form: <c>y = f(R·h + c)</c> of the last hidden values.</summary>
/// <param name="Outputs">k.</param>
/// <param name="Weights">R, row by row; rows of units that are outputs select them.</param>
/// <param name="Biases">c.</param>
/// <param name="IsTanh">Whether f is tanh; otherwise y is linear.</param>
internal sealed record LinearReadout(int Outputs, double[] Weights, double[] Biases, bool IsTanh)
{
    public static LinearReadout Of(NetworkDefinition network)
    {
        int k = network.Outputs.Count;
        if (network is CellDefinition cells)
        {
            int count = k * (cells.Size.Hidden + 1);
            double[] values = [.. cells.Parameters.Skip(cells.Parameters.Count - count)];
            return new(k, values[..^k], values[^k..], cells.Size.Readout == TrainedReadout.Tanh);
        }

        int units = network is FullyConnectedDefinition fullyConnected ? fullyConnected.Units : 1;
        var weights = new double[k * units];
        foreach ((int row, int unit) in network.Outputs.Index())
            weights[(row * units) + unit] = 1.0;
        return new(k, weights, new double[k], IsTanh: false);
    }
}
