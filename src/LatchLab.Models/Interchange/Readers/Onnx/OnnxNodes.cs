using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Onnx;

/// <summary>A node of a graph: an operation on named values.</summary>
/// <param name="Operation">Such as <c>LSTM</c>.</param>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Inputs">The names of the values it reads; an omitted one is empty.</param>
/// <param name="Outputs">The names of the values it computes.</param>
/// <param name="Attributes">Its constants.</param>
internal sealed record OnnxNode(
    string Operation, string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    /// <summary>The name of an input; empty if it is omitted.</summary>
    public string Input(int index) => Inputs.ElementAtOrDefault(index) ?? "";

    /// <summary>The name of the first output; empty if it is omitted.</summary>
    public string Output => Outputs.Count > 0 ? Outputs[0] : "";

    /// <summary>The name for messages.</summary>
    public string Label => Name.Length > 0 ? Name : Output.Length > 0 ? Output : Operation;

    public long GetInteger(string name, long missing)
        => Attributes.TryGetValue(name, out OnnxAttribute? attribute) ? attribute.Integer : missing;

    public double GetNumber(string name, double missing)
        => Attributes.TryGetValue(name, out OnnxAttribute? attribute) ? attribute.Number : missing;

    public IReadOnlyList<long>? FindIntegers(string name) => Attributes.GetValueOrDefault(name)?.Integers;
}

/// <summary>A constant of a node.</summary>
internal sealed record OnnxAttribute
{
    public long Integer { get; init; }

    public double Number { get; init; }

    public string Text { get; init; } = "";

    public SourceTensor? Tensor { get; init; }

    public OnnxGraphContent? Graph { get; init; }

    public IReadOnlyList<long> Integers { get; init; } = [];

    public IReadOnlyList<double> Numbers { get; init; } = [];

    public IReadOnlyList<string> Texts { get; init; } = [];
}

/// <summary>Nodes with the constants that they read, also those of graphs within nodes.</summary>
/// <param name="Nodes">The nodes, in the order of the file.</param>
/// <param name="Constants">The constants (initializers).</param>
/// <param name="Inputs">The names of the inputs, some of which may be constants too.</param>
internal sealed record OnnxGraphContent(
    IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<SourceTensor> Constants, IReadOnlyList<string> Inputs);
