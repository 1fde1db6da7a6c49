
namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>
/// The arrays of a model beside its recurrent layers: matrices <c>X.weight</c> with or without <c>X.bias</c>, which are
/// affine maps or the vectors of symbols. Others, such as those of convolutions, are named in a remark.
/// </summary>
/// <param name="findings">Receives errors and remarks.</param>
/// <param name="tensors">All arrays of the file, by name.</param>
/// <param name="modules">What else the file says of a module, by its name with a point at its end.</param>
/// <param name="recurrent">The recurrent layers.</param>
internal sealed class NamedMatrices(
    ModelFindings findings, IReadOnlyDictionary<string, SourceTensor> tensors,
    IReadOnlyDictionary<string, NamedModule> modules, IReadOnlyList<RecurrentModule> recurrent)
{
    private const string Weight = "weight", Bias = "bias";

    private readonly List<DenseLayer> _dense = [];
    private readonly List<NamedTensor> _embeddings = [];

    public IReadOnlyList<DenseLayer> DenseLayers => _dense;

    public IReadOnlyList<NamedTensor> Embeddings => _embeddings;

    /// <summary>Reads the arrays that belong to no recurrent layer.</summary>
    public void ReadAll(IReadOnlyList<SourceTensor> others)
    {
        var used = new HashSet<string>();
        foreach (SourceTensor tensor in others.Where(IsMatrix))
        {
            string prefix = tensor.Name[..^Weight.Length], name = prefix.TrimEnd('.');
            SourceTensor? bias = tensors.GetValueOrDefault(prefix + Bias);
            double[] weights = findings.Read(tensor);
            used.Add(tensor.Name);
            if (IsEmbedding(tensor, prefix, bias))
            {
                _embeddings.Add(new(name, tensor.Shape, weights));
            }
            else if (bias is not null && !bias.Shape.SequenceEqual(tensor.Shape.Take(1)))
            {
                findings.Refuse(bias.Name, $"has the shape {bias.FormatShape()}; [{tensor.Shape[0]}] is needed");
            }
            else
            {
                used.Add(prefix + Bias);
                _dense.Add(new(
                    name, tensor.Shape[0], tensor.Shape[1], weights,
                    bias is null ? new double[tensor.Shape[0]] : findings.Read(bias)));
            }
        }

        string[] ignored = [.. others.Where(tensor => !used.Contains(tensor.Name))
            .Select(tensor => $"{tensor.Name} {tensor.FormatShape()}")];
        if (ignored.Length > 0)
            findings.Remark($"ignored arrays: {ModelFindings.Summarize(ignored)}");
    }

    private static bool IsMatrix(SourceTensor tensor)
        => (tensor.Name == Weight || tensor.Name.EndsWith("." + Weight, StringComparison.Ordinal))
            && tensor.Shape.Length == 2 && !tensor.Shape.Contains(0);

    /// <summary>
    /// An embedding has no biases. Where the file does not name its class, it is known by its name, or because a
    /// recurrent layer can read its rows and no affine map of its width is possible.
    /// </summary>
    private bool IsEmbedding(SourceTensor tensor, string prefix, SourceTensor? bias)
        => modules.TryGetValue(prefix, out NamedModule? module)
            ? module.Kind.StartsWith("Embedding", StringComparison.Ordinal)
            : bias is null && (prefix.Contains("emb", StringComparison.OrdinalIgnoreCase)
                || (recurrent.Any(reader => reader.Layers[0].Inputs == tensor.Shape[1])
                    && !recurrent.Any(reader => reader.Layers[^1].Hidden == tensor.Shape[1])));
}
