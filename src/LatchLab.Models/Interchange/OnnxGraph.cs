using System.Buffers.Binary;
using System.Globalization;

namespace LatchLab.Models.Interchange;

/// <summary>
/// Builds a graph of ONNX: nodes that compute named tensors, and constants. The numbers of the fields are those of
/// onnx.proto (https://github.com/onnx/onnx, IR version 8, operator set 17).
/// </summary>
/// <param name="prefix">The beginning of all generated names: those of a graph and of its subgraphs differ.</param>
internal sealed class OnnxGraph(string prefix = "")
{
    private const int FloatType = 1, Int64Type = 7, DoubleType = 11;

    private const int IntegerType = 2, GraphType = 5, StringsType = 8;

    private readonly List<ProtobufMessage> _nodes = [];
    private readonly List<ProtobufMessage> _constants = [];
    private readonly List<ProtobufMessage> _inputs = [];
    private readonly List<ProtobufMessage> _outputs = [];
    private int _nameCount;

    /// <summary>The element types of inputs and outputs.</summary>
    public const int Float = FloatType, Double = DoubleType;

    /// <summary>Adds an input; a negative dimension is named by the text at its position.</summary>
    public string Input(string name, int type, params (int Size, string Name)[] shape)
    {
        _inputs.Add(DescribeTensor(name, type, shape));
        return name;
    }

    /// <summary>Adds an output, which a node computes.</summary>
    public void Output(string name, params (int Size, string Name)[] shape)
        => _outputs.Add(DescribeTensor(name, FloatType, shape));

    /// <summary>Adds a constant of 32-bit numbers.</summary>
    public string Constant(IReadOnlyList<double> values, params int[] shape)
        => AddConstant(FloatType, shape, values.Count * sizeof(float), bytes =>
        {
            for (int i = 0; i < values.Count; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(float) * i), (float)values[i]);
        });

    /// <summary>Adds a constant of 64-bit numbers.</summary>
    public string DoubleConstant(IReadOnlyList<double> values, params int[] shape)
        => AddConstant(DoubleType, shape, values.Count * sizeof(double), bytes =>
        {
            for (int i = 0; i < values.Count; i++)
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(sizeof(double) * i), values[i]);
        });

    /// <summary>Adds a list of whole numbers.</summary>
    public string Integers(params long[] values)
        => AddConstant(Int64Type, [values.Length], values.Length * sizeof(long), bytes =>
        {
            for (int i = 0; i < values.Length; i++)
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long) * i), values[i]);
        });

    /// <summary>Adds a node with one output.</summary>
    /// <returns>The name of the output.</returns>
    public string Node(string operation, IReadOnlyList<string> inputs, params ProtobufMessage[] attributes)
    {
        string output = NewName();
        Node(operation, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node; an omitted input or output has an empty name.</summary>
    public void Node(
        string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs,
        params ProtobufMessage[] attributes)
    {
        var node = new ProtobufMessage();
        foreach (string input in inputs)
            node.Add(1, input);
        foreach (string output in outputs)
            node.Add(2, output);
        _nodes.Add(node.Add(4, operation).AddAll(5, attributes));
    }

    /// <summary>A name that no other tensor has.</summary>
    public string NewName() => $"{prefix}t{_nameCount++.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>An attribute of a node: a whole number.</summary>
    public static ProtobufMessage IntegerAttribute(string name, long value)
        => new ProtobufMessage().Add(1, name).Add(3, value).Add(20, IntegerType);

    /// <summary>An attribute of a node: a subgraph.</summary>
    public static ProtobufMessage GraphAttribute(string name, OnnxGraph graph)
        => new ProtobufMessage().Add(1, name).Add(6, graph.ToMessage(name)).Add(20, GraphType);

    /// <summary>An attribute of a node: texts.</summary>
    public static ProtobufMessage StringsAttribute(string name, params string[] values)
    {
        ProtobufMessage attribute = new ProtobufMessage().Add(1, name);
        foreach (string value in values)
            attribute.Add(9, value);
        return attribute.Add(20, StringsType);
    }

    /// <summary>The bytes of a model with this graph.</summary>
    /// <param name="producer">Name and version of the program that wrote it.</param>
    /// <param name="metadata">Names with texts.</param>
    public byte[] ToModel((string Name, string Version) producer, IEnumerable<(string Name, string Text)> metadata)
        => new ProtobufMessage().Add(1, 8).Add(2, producer.Name).Add(3, producer.Version)
            .Add(7, ToMessage("network"))
            .Add(8, new ProtobufMessage().Add(1, "").Add(2, 17))
            .AddAll(14, metadata.Select(entry => new ProtobufMessage().Add(1, entry.Name).Add(2, entry.Text)))
            .ToArray();

    private ProtobufMessage ToMessage(string name)
        => new ProtobufMessage().AddAll(1, _nodes).Add(2, name).AddAll(5, _constants).AddAll(11, _inputs)
            .AddAll(12, _outputs);

    private string AddConstant(int type, int[] shape, int size, Action<byte[]> write)
    {
        string name = NewName();
        var tensor = new ProtobufMessage();
        foreach (int dimension in shape)
            tensor.Add(1, dimension);
        byte[] bytes = new byte[size];
        write(bytes);
        _constants.Add(tensor.Add(2, type).Add(8, name).Add(9, bytes));
        return name;
    }

    private static ProtobufMessage DescribeTensor(string name, int type, (int Size, string Name)[] shape)
    {
        var dimensions = new ProtobufMessage();
        foreach ((int size, string dimension) in shape)
        {
            dimensions.Add(1, size < 0 ? new ProtobufMessage().Add(2, dimension)
                : new ProtobufMessage().Add(1, size));
        }

        ProtobufMessage tensor = new ProtobufMessage().Add(1, type).Add(2, dimensions);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
