using LatchLab.Files;
using LatchLab.Models.Interchange.Readers.Arrays;
using LatchLab.Networks.Units;

namespace LatchLab.Models.Interchange.Readers.Onnx;

/// <summary>
/// Reads RNN, LSTM and GRU nodes (https://onnx.ai/onnx/operators): the rows of their gates, i o f c and z r h, are
/// brought to the order of PyTorch.
/// </summary>
/// <param name="constants">The constants of the graph.</param>
/// <param name="findings">Receives errors and remarks.</param>
internal sealed class OnnxLayers(OnnxConstants constants, ModelFindings findings)
{
    private const int SequenceLengths = 4, InitialHidden = 5, InitialCell = 6, Peepholes = 7;

    private static readonly string[] Expanding =
        ["Expand", "Identity", "Cast", "Slice", "Squeeze", "Unsqueeze", "Tile"];

    /// <summary>The rows of each gate of PyTorch, and the functions, of each operation.</summary>
    private static readonly Dictionary<string, (int[] Order, string[] Functions)> Operations = new()
    {
        ["RNN"] = ([0], ["tanh"]),
        ["GRU"] = ([1, 0, 2], ["sigmoid", "tanh"]),
        ["LSTM"] = ([0, 2, 3, 1], ["sigmoid", "tanh", "tanh"]),
    };

    private static readonly Dictionary<string, string> Units = new()
    {
        ["tanh"] = KnownUnits.TanhName,
        ["relu"] = KnownUnits.ReluName,
        ["sigmoid"] = KnownUnits.LogisticName,
    };

    /// <summary>Whether a node is a recurrent layer.</summary>
    public static bool IsRecurrent(OnnxNode node) => Operations.ContainsKey(node.Operation);

    /// <summary>The layer of each direction; empty if it is refused.</summary>
    public IReadOnlyList<RecurrentLayer> Read(OnnxNode node)
    {
        string direction = node.Attributes.GetValueOrDefault("direction")?.Text ?? "forward";
        int directions = direction == "bidirectional" ? 2 : 1;
        RefuseUnsupported(node, direction);
        string[] functions = ReadFunctions(node, directions);
        NamedTensor? inputs = Find(node, 1, "W", 3), recurrent = Find(node, 2, "R", 3);
        if (inputs is null || recurrent is null)
            return [];
        int gates = Operations[node.Operation].Order.Length, n = recurrent.Shape[2], m = inputs.Shape[2];
        NamedTensor? biases = node.Input(3).Length > 0 ? Find(node, 3, "B", 2) : null,
            peepholes = node.Input(Peepholes).Length > 0 ? Find(node, Peepholes, "P", 2) : null;
        CheckShape(node, "W", inputs, directions, gates * n, m);
        CheckShape(node, "R", recurrent, directions, gates * n, n);
        CheckShape(node, "B", biases, directions, 2 * gates * n);
        CheckShape(node, "P", peepholes, directions, 3 * n);
        return findings.HasErrors ? [] :
        [
            .. Enumerable.Range(0, directions).Select(index => Create(
                node, n, m, Take(inputs, index), Take(recurrent, index),
                biases is null ? new double[2 * gates * n] : Take(biases, index)) with
            {
                Activations = node.Operation == "RNN" ? [.. Enumerable.Repeat(functions[index], n)] : [],
                Peepholes = peepholes is null ? null : [.. Reorder(Take(peepholes, index), [0, 2, 1])],
                InitialState = FindInitialState(node, index, directions, n),
            }),
        ];

        double[] Take(NamedTensor tensor, int index)
        {
            int size = tensor.Values.Length / directions;
            return tensor.Values[(index * size)..((index + 1) * size)];
        }
    }

    private static RecurrentLayer Create(
        OnnxNode node, int n, int m, double[] inputs, double[] recurrent, double[] biases)
    {
        int[] order = Operations[node.Operation].Order;
        return new(
            node.Operation, n, m, Reorder(inputs, order), Reorder(recurrent, order),
            Reorder(biases[..(biases.Length / 2)], order), Reorder(biases[(biases.Length / 2)..], order))
        {
            ResetsBefore = node.Operation == "GRU" && node.GetInteger("linear_before_reset", 0) == 0,
        };
    }

    private void RefuseUnsupported(OnnxNode node, string direction)
    {
        if (direction is not ("forward" or "bidirectional"))
            Refuse(node, $"has the direction {Escape.Text(direction)}; forward and bidirectional are read");
        if (node.GetNumber("clip", 0.0) != 0.0)
            Refuse(node, FormattableString.Invariant($"has clip {node.GetNumber("clip", 0.0)}; only none is read"));
        if (node.GetInteger("input_forget", 0) != 0)
            Refuse(node, "has input_forget 1; only 0 is read");
        if (node.GetInteger("layout", 0) != 0)
            Refuse(node, "has layout 1; only 0, [step, sequence, value], is read");
        if (node.Input(SequenceLengths).Length > 0)
            Refuse(node, "has sequence_lens; export the model for sequences of equal length");
    }

    /// <summary>The functions of all gates must be the usual ones; the unit of an RNN is open.</summary>
    private string[] ReadFunctions(OnnxNode node, int directions)
    {
        string[] usual = Operations[node.Operation].Functions,
            all = [.. Enumerable.Repeat(usual, directions).SelectMany(name => name)];
        IEnumerable<string> given = node.Attributes.GetValueOrDefault("activations")?.Texts ?? all;
        string[] names = [.. given.Select(name => name.ToLowerInvariant())];
        if (node.Operation == "RNN" && names.Length == directions && names.All(Units.ContainsKey))
            return [.. names.Select(name => Units[name])];
        if (!names.SequenceEqual(all))
        {
            Refuse(node, $"has the activations {string.Join(", ", names.Select(Escape.Text))}; " +
                (node.Operation == "RNN" ? "tanh, relu or sigmoid is read" : $"{string.Join(", ", all)} are read"));
        }

        return all;
    }

    private NamedTensor? Find(OnnxNode node, int input, string name, int dimensions)
    {
        NamedTensor? tensor = constants.Find(node.Input(input));
        if (tensor is null)
        {
            OnnxNode? producer = constants.FindProducer(node.Input(input));
            string source = producer is null ? "an input" : Escape.Text(producer.Operation);
            Refuse(node, $"reads {name} from {source}, which is no constant: quantised or computed weights are not " +
                "read; export the trained float32 model");
        }
        else if (tensor.Shape.Length != dimensions)
        {
            Refuse(node, $"has {name} of {tensor.Shape.Length} dimensions; {dimensions} are needed");
            return null;
        }

        return tensor;
    }

    private void CheckShape(OnnxNode node, string name, NamedTensor? tensor, params int[] shape)
    {
        if (tensor is not null && !tensor.Shape.SequenceEqual(shape))
        {
            Refuse(node, $"has {name} of the shape [{string.Join(", ", tensor.Shape)}]; [{string.Join(", ", shape)}] " +
                "is needed");
        }
    }

    /// <summary>h_0, the same for all sequences; null if it is 0 or no constant.</summary>
    private double[]? FindInitialState(OnnxNode node, int index, int directions, int n)
    {
        double[]? hidden = FindState(node, InitialHidden, directions * n),
            cell = FindState(node, InitialCell, directions * n);
        if (cell?.Any(value => value != 0.0) == true)
            findings.Remark($"the initial cell state of {Escape.Text(node.Label)} is ignored; 0 is assumed");
        double[]? own = hidden?[(index * n)..((index + 1) * n)];
        return own is null || own.All(value => value == 0.0) ? null : own;
    }

    private double[]? FindState(OnnxNode node, int input, int count)
    {
        string name = node.Input(input);
        if (node.Operation != "LSTM" && input == InitialCell)
            return null;
        for (int depth = 0; depth < 20 && name.Length > 0; depth++)
        {
            OnnxNode? producer = constants.FindProducer(name);
            if (constants.Find(name) is { } state && state.Values.Length == count)
                return state.Values;
            if (constants.Find(name)?.Values.Distinct().Count() == 1)
                return [.. Enumerable.Repeat(constants.Find(name)!.Values[0], count)];
            if (producer?.Operation == "ConstantOfShape")
                return null; // zeros, unless an exporter sets a value
            if (producer is null || !Expanding.Contains(producer.Operation))
                break;
            name = producer.Input(0);
        }

        if (name.Length > 0)
            findings.Remark($"the initial state of {Escape.Text(node.Label)} is an input or computed; 0 is assumed");

        return null;
    }

    private void Refuse(OnnxNode node, string problem) => findings.Refuse(node.Label, problem);

    private static double[] Reorder(double[] values, int[] gates)
    {
        int size = values.Length / gates.Length;
        return [.. gates.SelectMany(gate => values.Skip(gate * size).Take(size))];
    }
}
