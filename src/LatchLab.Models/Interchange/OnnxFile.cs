using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Tasks;

namespace LatchLab.Models.Interchange;

/// <summary>
/// Writes a network as a model of ONNX (docs/reference/conversions.md): the input <c>inputs</c>
/// [step, sequence, input], the output <c>outputs</c> [sequence, output] at the last step. Layers are RNN, LSTM and GRU
/// nodes; those that these cannot express are Scan nodes. The normalisation, the length and the delay of the data are
/// part of the graph.
/// </summary>
internal sealed class OnnxFile
{
    private static readonly (int, string) Steps = (-1, "steps"), Batch = (-1, "batch");

    private readonly OnnxGraph _graph = new();
    private string _batchSize = ""; // a list of one number

    private OnnxFile()
    {
    }

    /// <summary>Returns the bytes of the model.</summary>
    public static byte[] Serialize(NetworkDefinition network, NetworkData? data)
    {
        var file = new OnnxFile();
        string inputs = file.AddInputs(network, data), hidden = network is ParityDefinition parity
            ? file.AddParity(parity, inputs)
            : RecurrentLayer.Of(network).Aggregate(inputs, (values, layer) => file.AddLayer(layer, values));
        file.AddOutputs(LinearReadout.Of(network), hidden, data);
        (string, string)[] metadata =
        [
            ("network", network.Kind),
            .. data is null ? [] : new[] { ("data", NetworkFile.SerializeData(data)) },
        ];
        return file._graph.ToModel((NetworkConversion.Producer, ProgramVersion.Text), metadata);
    }

    /// <summary>Raw values have 64 bits: their normalisation may subtract large numbers.</summary>
    private string AddInputs(NetworkDefinition network, NetworkData? data)
    {
        string values = _graph.Input(
            "inputs", data is null ? OnnxGraph.Float : OnnxGraph.Double, Steps, Batch, (network.Inputs, ""));
        _batchSize = _graph.Node(
            "Gather", [_graph.Node("Shape", [values]), _graph.Integers(1)], OnnxGraph.IntegerAttribute("axis", 0));
        if (data is null)
            return values;
        if (data.Length > 0)
        {
            values = _graph.Node("Slice",
                [values, _graph.Integers(-data.Length), _graph.Integers(long.MaxValue), _graph.Integers(0)]);
        }

        values = _graph.Node("Sub", [values, _graph.DoubleConstant(data.Scaling.Offset, network.Inputs)]);
        values = _graph.Node("Mul", [values, _graph.DoubleConstant(data.Scaling.Factor, network.Inputs)]);
        values = _graph.Node("Cast", [values], OnnxGraph.IntegerAttribute("to", OnnxGraph.Float));
        return data.Delay == 0 ? values : _graph.Node(
            "Concat", [values, Expand(new double[network.Inputs], data.Delay)],
            OnnxGraph.IntegerAttribute("axis", 0));
    }

    /// <summary>Adds a layer and returns its hidden values, [step, sequence, value].</summary>
    private string AddLayer(RecurrentLayer layer, string inputs)
    {
        if (layer.Operation == "RNN" && layer.Activations.Distinct().Count() > 1)
            return AddMixedUnits(layer, inputs);
        int n = layer.Units;
        double[] recurrent = layer.Projection is null ? layer.RecurrentWeights
            : Multiply(layer.RecurrentWeights, layer.Projection, n);
        int[] order = layer.Operation switch { "LSTM" => [0, 3, 1, 2], "GRU" => [1, 0, 2], _ => [0] };
        string initial = layer.InitialState is null ? "" : Expand(layer.InitialState, 1);
        string[] names =
        [
            inputs,
            _graph.Constant(Reorder(layer.InputWeights, order), 1, order.Length * n, layer.Inputs),
            _graph.Constant(Reorder(recurrent, order), 1, order.Length * n, n),
            _graph.Constant(
                [.. Reorder(layer.InputBiases, order), .. Reorder(layer.RecurrentBiases, order)],
                1, 2 * order.Length * n),
            "", initial,
            .. layer.Peepholes is null ? []
                : new[] { "", _graph.Constant(Reorder(layer.Peepholes, [0, 2, 1]), 1, 3 * n) },
        ];
        ProtobufMessage[] attributes =
        [
            OnnxGraph.IntegerAttribute("hidden_size", n),
            .. layer.Operation == "GRU"
                ? new[] { OnnxGraph.IntegerAttribute("linear_before_reset", layer.ResetsBefore ? 0 : 1) } : [],
            .. layer.Operation == "RNN"
                ? new[] { OnnxGraph.StringsAttribute("activations", GetFunction(layer.Activations[0])) } : [],
        ];
        string values = _graph.Node(
            "Squeeze", [_graph.Node(layer.Operation, names, attributes), _graph.Integers(1)]);
        return layer.Projection is null ? values : _graph.Node(
            "MatMul", [values, _graph.Constant(Transpose(layer.Projection, n), n, layer.Hidden)]);
    }

    /// <summary>An RNN node has one function for all units.</summary>
    private string AddMixedUnits(RecurrentLayer layer, string inputs)
    {
        int n = layer.Units;
        var body = new OnnxGraph("body-");
        string state = body.Input("state", OnnxGraph.Float, Batch, (n, "")),
            input = body.Input("input", OnnxGraph.Float, Batch, (layer.Inputs, ""));
        string activations = body.Node("Add",
        [
            AddAffine(body, input, layer.InputWeights, layer.InputBiases),
            body.Node("MatMul", [state, body.Constant(Transpose(layer.RecurrentWeights, n), n, n)]),
        ]);
        string? sum = null;
        foreach (string unit in layer.Activations.Distinct())
        {
            string mask = body.Constant([.. layer.Activations.Select(name => name == unit ? 1.0 : 0.0)], n);
            string part = body.Node("Mul", [body.Node(GetFunction(unit), [activations]), mask]);
            sum = sum is null ? part : body.Node("Add", [sum, part]);
        }

        return AddScan(body, sum!, n, layer.InitialState ?? new double[n], inputs);
    }

    /// <summary>The output unit reads the hidden unit in the same step, which no RNN node does.</summary>
    private string AddParity(ParityDefinition network, string inputs)
    {
        IReadOnlyList<double> w = network.Weights;
        var body = new OnnxGraph("body-");
        string state = body.Input("state", OnnxGraph.Float, Batch, (1, "")),
            input = body.Input("input", OnnxGraph.Float, Batch, (1, ""));
        ProtobufMessage columns = OnnxGraph.IntegerAttribute("axis", 1);
        string hidden = body.Node(GetFunction(KnownUnits.GetName(network.Unit, unit: 1)),
            [AddAffine(body, body.Node("Concat", [input, state], columns), [w[0], w[1]], [w[2]])]);
        string output = body.Node(GetFunction(KnownUnits.GetName(network.Unit, unit: 0)),
            [AddAffine(body, body.Node("Concat", [input, state, hidden], columns), [w[3], w[4], w[5]], [w[6]])]);
        return AddScan(body, output, 1, [network.InitialOutput], inputs);
    }

    /// <summary>Adds a Scan node and returns the states of all steps.</summary>
    private string AddScan(OnnxGraph body, string state, int size, double[] initial, string inputs)
    {
        body.Node("Identity", [state], ["next"]);
        body.Node("Identity", [state], ["value"]);
        body.Output("next", Batch, (size, ""));
        body.Output("value", Batch, (size, ""));
        string start = _graph.Node("Squeeze", [Expand(initial, 1), _graph.Integers(0)]), values = _graph.NewName();
        _graph.Node("Scan", [start, inputs], [_graph.NewName(), values],
            OnnxGraph.IntegerAttribute("num_scan_inputs", 1), OnnxGraph.GraphAttribute("body", body));
        return values;
    }

    private void AddOutputs(LinearReadout readout, string hidden, NetworkData? data)
    {
        string last = _graph.Node("Squeeze",
            [_graph.Node("Gather", [hidden, _graph.Integers(-1)], OnnxGraph.IntegerAttribute("axis", 0)),
                _graph.Integers(0)]);
        string outputs = AddAffine(_graph, last, readout.Weights, readout.Biases);
        _graph.Node(readout.IsTanh ? "Tanh" : "Identity", [outputs], ["outputs"]);
        _graph.Output("outputs", Batch, (readout.Outputs, ""));
        if (data is not { Classes.Count: 0 })
            return;
        double factor = (data.LabelRange.Maximum - data.LabelRange.Minimum) / (data.Targets.High - data.Targets.Low);
        string scaled = _graph.Node("Mul", ["outputs", _graph.Constant([factor], 1)]);
        _graph.Node("Add", [scaled, _graph.Constant([data.ToLabel(0.0)], 1)], ["values"]);
        _graph.Output("values", Batch, (readout.Outputs, ""));
    }

    /// <summary>W·u + b for each row u.</summary>
    private static string AddAffine(OnnxGraph graph, string values, double[] weights, double[] biases)
        => graph.Node(
            "Gemm",
            [
                values, graph.Constant(weights, biases.Length, weights.Length / biases.Length),
                graph.Constant(biases, biases.Length),
            ],
            OnnxGraph.IntegerAttribute("transB", 1));

    /// <summary>The same values for each sequence, [count, sequence, value].</summary>
    private string Expand(double[] values, int count)
        => _graph.Node("Expand",
        [
            _graph.Constant(values, 1, 1, values.Length),
            _graph.Node("Concat", [_graph.Integers(count), _batchSize, _graph.Integers(values.Length)],
                OnnxGraph.IntegerAttribute("axis", 0)),
        ]);

    private static string GetFunction(string unit)
        => unit switch { KnownUnits.TanhName => "Tanh", KnownUnits.LogisticName => "Sigmoid", _ => "Relu" };

    private static double[] Reorder(double[] values, int[] gates)
    {
        int size = values.Length / gates.Length;
        return [.. gates.SelectMany(gate => values.Skip(gate * size).Take(size))];
    }

    private static double[] Transpose(double[] matrix, int columns)
        => [.. Enumerable.Range(0, columns).SelectMany(
            column => Enumerable.Range(0, matrix.Length / columns).Select(row => matrix[(row * columns) + column]))];

    /// <summary>The product with P, of d rows and n columns.</summary>
    private static double[] Multiply(double[] matrix, double[] projection, int columns)
    {
        int inner = projection.Length / columns, rows = matrix.Length / inner;
        var product = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                for (int k = 0; k < inner; k++)
                    product[(i * columns) + j] += matrix[(i * inner) + k] * projection[(k * columns) + j];
            }
        }

        return product;
    }
}
