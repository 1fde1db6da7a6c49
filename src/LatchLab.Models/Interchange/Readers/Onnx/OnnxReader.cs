using LatchLab.Files;
using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Onnx;

/// <summary>Reads models of ONNX with RNN, LSTM or GRU nodes, also within the graphs of other nodes.</summary>
internal sealed class OnnxReader : IModelReader
{
    /// <summary>Numbers of all computed constants together, for each byte of the file.</summary>
    private const long NumbersPerByte = 2;

    private const int ShownOperations = 5;

    public string Format => "ONNX";

    public IReadOnlyList<string> Endings { get; } = [".onnx"];

    /// <summary>The first field is the version of the format, a small number.</summary>
    public bool Recognizes(ReadOnlySpan<byte> start) => start is [0x08, > 0 and < 32, > 0, ..];

    public ImportedModel Read(string path, ReadOnlyMemory<byte> content)
    {
        var findings = new ModelFindings(path);
        (OnnxGraphContent graph, string producer, long operatorSet) = new OnnxParser(findings).ReadModel(content);
        var constants = new OnnxConstants(graph, NumbersPerByte * content.Length, findings);
        if (!constants.Nodes.Any(OnnxLayers.IsRecurrent))
            findings.Refuse("", DescribeOthers(constants.Nodes));
        findings.ThrowIfAny();
        var modules = new OnnxModules(constants, findings);
        modules.ReadAll();
        findings.ThrowIfAny();
        IReadOnlyList<DenseLayer> dense = new OnnxDenseLayers(constants).ReadAll();
        findings.ThrowIfAny();
        return new(
            FormattableString.Invariant($"{Format} opset {operatorSet}"), producer, modules.Modules, dense,
            modules.Embeddings, findings.Remarks)
        {
            Scaling = modules.Scaling,
        };
    }

    private static string DescribeOthers(IReadOnlyList<OnnxNode> nodes)
    {
        (string Operation, int Count)[] operations =
        [
            .. nodes.CountBy(node => node.Operation).OrderByDescending(pair => pair.Value)
                .Select(pair => (pair.Key, pair.Value)),
        ];
        string found = operations.Length == 0 ? "the graph has no nodes" : "found " + string.Join(", ", operations
            .Take(ShownOperations).Select(entry => $"{Escape.Text(entry.Operation)} ×{entry.Count}"));
        string hint = operations.Any(entry => entry.Operation.Contains("Quant", StringComparison.Ordinal))
            ? "; quantised layers are not read: export the trained float32 model"
            : operations.Any(entry => entry.Operation is "Loop" or "Scan")
                ? "; layers that Loop or Scan compute step by step are not read" : "";
        return $"has no recurrent layer (RNN, LSTM or GRU): {found}{hint}";
    }
}
