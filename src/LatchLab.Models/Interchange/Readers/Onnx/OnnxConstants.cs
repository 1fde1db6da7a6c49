using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Onnx;

/// <summary>
/// Computes the values of a graph that depend on constants alone: exporters often leave a few Slice, Concat, Unsqueeze
/// and other nodes between the weights and the layer.
/// </summary>
internal sealed class OnnxConstants
{
    /// <summary>Nodes between a weight and a layer.</summary>
    private const int MaximumDepth = 100;

    private readonly ModelFindings _findings;
    private long _numbersLeft;
    private readonly Dictionary<string, SourceTensor> _constants = [];
    private readonly Dictionary<string, OnnxNode> _producers = [];
    private readonly Dictionary<string, NamedTensor?> _computed = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Collects the constants and nodes of a graph and of those within it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="maximumCount">Numbers of all values together.</param>
    /// <param name="findings">Receives errors.</param>
    public OnnxConstants(OnnxGraphContent graph, long maximumCount, ModelFindings findings)
    {
        (_numbersLeft, _findings) = (maximumCount, findings);
        Add(graph, new OnnxScope(outer: null));
    }

    /// <summary>All nodes, those of graphs within a node directly after it.</summary>
    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>The node that computes a value; null for an input or a constant.</summary>
    public OnnxNode? FindProducer(string name) => _producers.GetValueOrDefault(name);

    /// <summary>The value, if it depends on constants alone; otherwise null.</summary>
    public NamedTensor? Find(string name, int depth = 0)
    {
        if (_computed.TryGetValue(name, out NamedTensor? known))
            return known;
        _computed[name] = null; // also for a value that depends on itself
        if (_constants.TryGetValue(name, out SourceTensor? constant))
            return _computed[name] = Decode(name, constant);
        if (depth > MaximumDepth || !_producers.TryGetValue(name, out OnnxNode? node))
            return null;
        NamedTensor? value = node.Operation == "Constant" ? ReadConstant(name, node) : Compute(name, node, depth);
        return _computed[name] = value;
    }

    /// <summary>Whole numbers, such as axes: an attribute in older operator sets, an input in newer ones.</summary>
    public long[]? FindIntegers(OnnxNode node, string attribute, int input, int depth)
        => node.FindIntegers(attribute) is { } values ? [.. values]
            : node.Input(input).Length > 0 && Find(node.Input(input), depth + 1) is { } tensor
                ? [.. tensor.Values.Select(value => (long)value)] : null;

    private void Add(OnnxGraphContent graph, OnnxScope scope)
    {
        foreach (string input in graph.Inputs)
            scope.Define(input, _names);
        foreach (SourceTensor constant in graph.Constants)
            _constants.TryAdd(scope.Define(constant.Name, _names), constant);
        foreach (OnnxNode node in graph.Nodes)
        {
            OnnxNode own = node with
            {
                Inputs = [.. node.Inputs.Select(scope.Resolve)],
                Outputs = [.. node.Outputs.Select(output => scope.Define(output, _names))],
            };
            Nodes.Add(own);
            foreach (string output in own.Outputs.Where(output => output.Length > 0))
                _producers.TryAdd(output, own);
            foreach (OnnxAttribute attribute in node.Attributes.Values)
            {
                if (attribute.Graph is not null)
                    Add(attribute.Graph, new OnnxScope(scope));
            }
        }
    }

    private NamedTensor? Decode(string name, SourceTensor constant)
    {
        if (constant.Count == 0)
            return null;
        if (constant.Type != ElementType.Int64 && constant.Type != ElementType.Int32)
            return new(name, constant.Shape, _findings.Read(constant));
        if (constant.Count < 0)
            throw _findings.Damage("a constant has fewer numbers than its shape");
        var values = new double[constant.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = constant.Type == ElementType.Int64
                ? BitConverter.ToInt64(constant.Bytes.Span[(i * sizeof(long))..])
                : BitConverter.ToInt32(constant.Bytes.Span[(i * sizeof(int))..]);
        }

        return new(name, constant.Shape, values);
    }

    private NamedTensor? ReadConstant(string name, OnnxNode node)
    {
        (string kind, OnnxAttribute attribute) = node.Attributes.FirstOrDefault();
        return kind switch
        {
            "value" when attribute.Tensor is not null => Decode(name, attribute.Tensor with { Name = name }),
            "value_float" => new(name, [], [attribute.Number]),
            "value_floats" => new(name, [attribute.Numbers.Count], [.. attribute.Numbers]),
            "value_int" => new(name, [], [attribute.Integer]),
            "value_ints" => new(
                name, [attribute.Integers.Count], [.. attribute.Integers.Select(value => (double)value)]),
            _ => null,
        };
    }

    private NamedTensor? Compute(string name, OnnxNode node, int depth)
    {
        if (!OnnxFunctions.IsKnown(node.Operation))
            return null;
        var inputs = new List<NamedTensor>();
        foreach (string input in node.Operation == "Concat" ? node.Inputs : node.Inputs.Take(1))
        {
            if (Find(input, depth + 1) is not { } value)
                return null;
            inputs.Add(value);
        }

        if (inputs.Count == 0 || (_numbersLeft -= inputs.Sum(input => (long)input.Values.Length)) < 0)
            return null;
        NamedTensor? result = OnnxFunctions.Compute(node, inputs, this, depth);
        return result is null || result.Values.Length == 0 ? null : result with { Name = name };
    }
}
