using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Tasks;

namespace LatchLab.Models.Interchange;

/// <summary>An array of a network with its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">The dimensions, the slowest first.</param>
/// <param name="Values">The values, row by row.</param>
public sealed record NamedTensor(string Name, int[] Shape, double[] Values)
{
    private static readonly string[] TorchFunctions = [KnownUnits.TanhName, KnownUnits.ReluName];

    /// <summary>
    /// The parameters of a network: with the names and the order of gates of PyTorch where it has the layer, otherwise
    /// with the names of the fields of a network file; then the normalisation of the inputs.
    /// </summary>
    internal static IReadOnlyList<NamedTensor> ListAll(NetworkDefinition network, NetworkData? data)
    {
        IReadOnlyList<RecurrentLayer> layers = RecurrentLayer.Of(network);
        bool hasLayers = network is FullyConnectedDefinition || (layers.Count > 0 && layers.All(IsTorchLayer));
        List<NamedTensor> tensors =
        [
            .. hasLayers ? layers.SelectMany(ListLayer).Concat(ListReadout(network, layers[^1].Hidden))
                : ListFields(network),
        ];
        if (data is not null)
        {
            tensors.Add(Vector("input.offset", data.Scaling.Offset));
            tensors.Add(Vector("input.factor", data.Scaling.Factor));
        }

        return tensors;
    }

    /// <summary>Whether PyTorch has the layer: one function for all units, no peepholes, its own GRU.</summary>
    private static bool IsTorchLayer(RecurrentLayer layer)
        => layer is { Peepholes: null, ResetsBefore: false }
            && (layer.Operation != "RNN" || (layer.Activations.Distinct().Count() == 1
                && TorchFunctions.Contains(layer.Activations[0])));

    private static IEnumerable<NamedTensor> ListLayer(RecurrentLayer layer, int index)
    {
        int rows = layer.InputBiases.Length;
        yield return new($"weight_ih_l{index}", [rows, layer.Inputs], layer.InputWeights);
        yield return new($"weight_hh_l{index}", [rows, layer.Hidden], layer.RecurrentWeights);
        yield return Vector($"bias_ih_l{index}", layer.InputBiases);
        yield return Vector($"bias_hh_l{index}", layer.RecurrentBiases);
        if (layer.Projection is not null)
            yield return new($"weight_hr_l{index}", [layer.Hidden, layer.Units], layer.Projection);
        if (layer.InitialState is not null)
            yield return Vector($"initial_state_l{index}", layer.InitialState);
    }

    private static IEnumerable<NamedTensor> ListReadout(NetworkDefinition network, int hidden)
    {
        LinearReadout readout = LinearReadout.Of(network);
        yield return new("readout.weight", [readout.Outputs, hidden], readout.Weights);
        yield return Vector("readout.bias", readout.Biases);
    }

    private static IEnumerable<NamedTensor> ListFields(NetworkDefinition network) => network switch
    {
        CellDefinition cells => cells.Blocks.Select(block => new NamedTensor(
            block.Name, block.IsVector ? [block.Rows] : [block.Rows, block.Columns],
            [.. cells.Parameters.Skip(block.Offset).Take(block.Count)])),
        ParityDefinition parity =>
            [Vector("weights", [.. parity.Weights]), Vector("initial-output", [parity.InitialOutput])],
        _ => [Vector("parameters", [.. network.Parameters])],
    };

    private static NamedTensor Vector(string name, double[] values) => new(name, [values.Length], values);
}
