using LatchLab.Files;
using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Keras;

/// <summary>Joins the layers of Keras: one that reads another one of its kind continues its module.</summary>
/// <param name="findings">Receives errors and remarks.</param>
/// <param name="config">The configuration; empty if the file has none.</param>
internal sealed class KerasModel(ModelFindings findings, IReadOnlyList<KerasLayer> config)
{
    private const string Vectors = "embeddings";

    /// <summary>Layers whose outputs are their inputs, except in training.</summary>
    private static readonly string[] Passing =
        ["Dropout", "SpatialDropout1D", "GaussianNoise", "Activation", "Masking"];

    private readonly List<(RecurrentModule Module, string Last)> _modules = [];
    private readonly List<DenseLayer> _dense = [];
    private readonly List<NamedTensor> _embeddings = [];

    public IReadOnlyList<RecurrentModule> Modules => [.. _modules.Select(entry => entry.Module)];

    public IReadOnlyList<DenseLayer> DenseLayers => _dense;

    public IReadOnlyList<NamedTensor> Embeddings => _embeddings;

    /// <summary>Reads all layers, in the order of the model.</summary>
    public void ReadAll(IReadOnlyList<KerasWeights> layers)
    {
        var ignored = new List<string>();
        foreach (KerasWeights layer in layers.Where(layer => !layer.IsBackward))
        {
            KerasLayer? settings = layer.FindConfig(config);
            KerasWeights? backward = layers.FirstOrDefault(other => other.IsBackward && other.Name == layer.Name);
            if (KerasLayers.IsRecurrent(layer.Arrays))
                AddRecurrent(layer, backward, settings);
            else if (!AddMatrix(layer, settings))
                ignored.AddRange(layer.Arrays.Values.Select(array => $"{array.Name} {array.FormatShape()}"));
        }

        if (ignored.Count > 0)
            findings.Remark($"ignored arrays: {ModelFindings.Summarize(ignored)}");
    }

    private void AddRecurrent(KerasWeights forward, KerasWeights? backward, KerasLayer? settings)
    {
        var reader = new KerasLayers(findings);
        if (reader.Read(forward.Name, forward.Arrays, settings) is not { } first)
            return;
        var module = new RecurrentModule(settings?.Name ?? forward.Name, [first.Layer]) { Open = first.Open };
        if (backward is not null)
        {
            if (!KerasLayers.IsRecurrent(backward.Arrays)
                || reader.Read(backward.Name, backward.Arrays, settings) is not { } second)
            {
                return;
            }

            if ((second.Layer.Operation, second.Layer.Inputs, second.Layer.Units)
                != (first.Layer.Operation, first.Layer.Inputs, first.Layer.Units))
            {
                findings.Refuse(forward.Name, "has directions of different sizes");
            }

            module = module with { ReverseLayers = [second.Layer] };
        }

        if (settings?.MergeMode is { Length: > 0 } mode and not "concat")
            findings.Remark($"the directions of {Escape.Text(forward.Name)} are joined by {Escape.Text(mode)}");
        int previous = _modules.FindIndex(entry => settings is not null && entry.Last == FindSource(settings));
        if (previous >= 0 && Continues(_modules[previous].Module, module))
            _modules[previous] = (Join(_modules[previous].Module, module), module.Name);
        else
            _modules.Add((module, module.Name));
    }

    /// <summary>The layer that a layer reads, before those that only pass values on; empty for several.</summary>
    private string FindSource(KerasLayer layer)
    {
        for (int step = 0; step < config.Count; step++)
        {
            if (layer.Inbound is not [var name])
                return "";
            KerasLayer? source = config.FirstOrDefault(other => other.Name == name);
            if (source is null || !Passing.Contains(source.Kind) || source.Find("activation") is not (null or "linear"))
                return name;
            layer = source;
        }

        return "";
    }

    private static bool Continues(RecurrentModule module, RecurrentModule next)
        => next.ReverseLayers.Count > 0 == module.ReverseLayers.Count > 0 && next.Open == module.Open
            && next.Layers[0].Operation == module.Layers[^1].Operation
            && next.Layers[0].Inputs == (module.ReverseLayers.Count > 0 ? 2 : 1) * module.Layers[^1].Units;

    private static RecurrentModule Join(RecurrentModule module, RecurrentModule next) => module with
    {
        Layers = [.. module.Layers, .. next.Layers],
        ReverseLayers = [.. module.ReverseLayers, .. next.ReverseLayers],
    };

    /// <summary>Whether the arrays are those of an affine map or of vectors of symbols.</summary>
    private bool AddMatrix(KerasWeights layer, KerasLayer? settings)
    {
        string name = settings?.Name ?? layer.Name;
        SourceTensor? vectors = layer.Arrays.GetValueOrDefault(Vectors)
            ?? (settings?.Kind == "Embedding" ? layer.Arrays.GetValueOrDefault(KerasLayers.Kernel) : null);
        if (vectors is not null)
            _embeddings.Add(new(name, vectors.Shape, findings.Read(vectors)));
        if (vectors is not null || !layer.Arrays.TryGetValue(KerasLayers.Kernel, out SourceTensor? kernel)
            || kernel.Shape is not [> 0, > 0])
        {
            return vectors is not null;
        }

        (int inputs, int outputs) = (kernel.Shape[0], kernel.Shape[1]);
        double[] weights = findings.Read(kernel with { Shape = [outputs, inputs], Strides = [1, outputs] });
        SourceTensor? bias = layer.Arrays.GetValueOrDefault(KerasLayers.Bias);
        if (bias is not null && !bias.Shape.SequenceEqual([outputs]))
        {
            findings.Refuse(bias.Name, $"has the shape {bias.FormatShape()}; [{outputs}] is needed");
            return true;
        }

        string activation = settings?.Find("activation") ?? "";
        _dense.Add(new(name, outputs, inputs, weights, bias is null ? new double[outputs] : findings.Read(bias))
        {
            Activation = activation == "linear" ? "" : activation,
        });
        return true;
    }
}
