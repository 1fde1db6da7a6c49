namespace LatchLab.Models.Interchange.Readers.Onnx;

/// <summary>Reads affine maps with constant weights: Gemm, and MatMul with Add.</summary>
/// <param name="constants">The constants of the graph.</param>
internal sealed class OnnxDenseLayers(OnnxConstants constants)
{
    private static readonly string[] Functions =
        ["Sigmoid", "Tanh", "Relu", "Softmax", "LogSoftmax", "HardSigmoid", "Elu", "LeakyRelu", "Softplus"];

    /// <summary>The nodes that read a value.</summary>
    private readonly ILookup<string, OnnxNode> _readers = constants.Nodes
        .SelectMany(node => node.Inputs.Distinct().Select(input => (input, node)))
        .ToLookup(pair => pair.input, pair => pair.node);

    /// <summary>All affine maps, in the order of the file.</summary>
    public IReadOnlyList<DenseLayer> ReadAll()
        =>
        [
            .. constants.Nodes.Select(node => node.Operation switch
            {
                "Gemm" => ReadGemm(node),
                "MatMul" => ReadProduct(node),
                _ => null,
            }).OfType<DenseLayer>(),
        ];

    /// <summary>alpha·x·B + beta·C, B perhaps transposed.</summary>
    private DenseLayer? ReadGemm(OnnxNode node)
    {
        if (node.GetInteger("transA", 0) != 0
            || constants.Find(node.Input(1)) is not { Shape: [var rows, var columns] } b)
        {
            return null;
        }

        bool isTransposed = node.GetInteger("transB", 0) != 0;
        (int outputs, int inputs) = isTransposed ? (rows, columns) : (columns, rows);
        double alpha = node.GetNumber("alpha", 1.0), beta = node.GetNumber("beta", 1.0);
        double[] weights = isTransposed ? b.Values : Transpose(b);
        double[]? biases = node.Input(2).Length == 0 ? new double[outputs] : FindBiases(node.Input(2), outputs);
        return biases is null ? null : Create(
            node, outputs, inputs, [.. weights.Select(value => alpha * value)],
            [.. biases.Select(value => beta * value)], node.Output);
    }

    private DenseLayer? ReadProduct(OnnxNode node)
    {
        if (constants.Find(node.Input(1)) is not { Shape: [var inputs, var outputs] } b)
            return null;
        OnnxNode? sum = _readers[node.Output].FirstOrDefault(reader => reader.Operation == "Add");
        double[]? biases = sum is null ? null
            : FindBiases(sum.Input(sum.Input(0) == node.Output ? 1 : 0), outputs);
        return Create(
            node, outputs, inputs, Transpose(b), biases ?? new double[outputs],
            biases is null ? node.Output : sum!.Output);
    }

    private double[]? FindBiases(string name, int outputs)
        => constants.Find(name)?.Values is not { } values ? null
            : values.Length == outputs ? values
            : values.Length == 1 ? [.. Enumerable.Repeat(values[0], outputs)] : null;

    private DenseLayer Create(
        OnnxNode node, int outputs, int inputs, double[] weights, double[] biases, string result)
        => new(GetName(node), outputs, inputs, weights, biases)
        {
            Activation = _readers[result].Select(reader => reader.Operation)
                .FirstOrDefault(Functions.Contains)?.ToLowerInvariant() ?? "",
        };

    /// <summary>The module of the weight, if its name says so; otherwise that of the node.</summary>
    private string GetName(OnnxNode node)
    {
        string name = node.Input(1);
        for (int step = 0; step < 10 && constants.FindProducer(name) is { } producer; step++)
            name = producer.Input(0);
        string module = OnnxModules.RemoveWeight(name);
        return module.Length < name.Length ? module : node.Label;
    }

    private static double[] Transpose(NamedTensor matrix)
    {
        (int rows, int columns) = (matrix.Shape[0], matrix.Shape[1]);
        var values = new double[matrix.Values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                values[(column * rows) + row] = matrix.Values[(row * columns) + column];
        }

        return values;
    }
}
