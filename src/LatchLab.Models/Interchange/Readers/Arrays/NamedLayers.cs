using System.Text.RegularExpressions;
using LatchLab.Files;
using LatchLab.Networks.Units;

namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>
/// Recognizes layers by the names that PyTorch gives their arrays, such as <c>encoder.rnn.weight_ih_l0_reverse</c>, and
/// by their shapes: 4·n rows are an LSTM, 3·n a GRU, n an RNN.
/// </summary>
/// <param name="findings">Receives errors and remarks.</param>
/// <param name="tensors">All arrays of the file.</param>
internal sealed partial class NamedLayers(ModelFindings findings, IReadOnlyList<SourceTensor> tensors)
{
    private const string InputWeight = "weight_ih", RecurrentWeight = "weight_hh", Projection = "weight_hr",
        InputBias = "bias_ih", RecurrentBias = "bias_hh", InitialState = "initial_state";

    /// <summary>What the name of some array of every layer contains, in UTF-8.</summary>
    public static ReadOnlySpan<byte> Mark => "weight_hh"u8;

    private readonly Dictionary<string, SourceTensor> _tensors
        = tensors.DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name);

    private readonly HashSet<string> _used = [];

    /// <summary>What else the file says of modules, by their names with a point at the end.</summary>
    public IReadOnlyDictionary<string, NamedModule> Modules { get; init; } = new Dictionary<string, NamedModule>();

    /// <summary>The model.</summary>
    public ImportedModel Recognize(string format, string producer)
    {
        RecurrentModule[] recurrent =
        [
            .. tensors.Select(tensor => LayerPattern().Match(tensor.Name)).Where(match => match.Success)
                .GroupBy(match => match.Groups["module"].Value).Select(group => CreateModule(group.Key, [.. group])),
        ];
        if (recurrent.Length == 0)
        {
            findings.Refuse("", "has no recurrent layer: " + (tensors.Count == 0 ? "it has no arrays"
                : $"its arrays are {ModelFindings.Summarize([.. tensors.Select(Describe)])}") +
                "; those of a layer of PyTorch are weight_ih_l0, weight_hh_l0, …");
        }

        findings.ThrowIfAny();
        var affine = new NamedMatrices(findings, _tensors, Modules, recurrent);
        affine.ReadAll([.. tensors.Where(tensor => !_used.Contains(tensor.Name))]);
        findings.ThrowIfAny();
        return new(format, producer, recurrent, affine.DenseLayers, affine.Embeddings, findings.Remarks);
    }

    private static string Describe(SourceTensor tensor) => $"{tensor.Name} {tensor.FormatShape()}";

    /// <summary>The layers of a module are numbered; a cell has no number.</summary>
    private RecurrentModule CreateModule(string prefix, Match[] matches)
    {
        int[] layers = [.. matches.Select(match => GetNumber(match)).Distinct().Order()];
        bool isCell = layers[0] < 0, hasReverse = matches.Any(match => match.Groups["reverse"].Length > 0);
        string Suffix(int layer) => layer < 0 ? "" : FormattableString.Invariant($"_l{layer}");
        RecurrentLayer?[] forward = [.. layers.Select(layer => CreateLayer(prefix, Suffix(layer)))],
            reverse = [.. hasReverse ? layers.Select(layer => CreateLayer(prefix, Suffix(layer) + "_reverse")) : []];
        string name = prefix.TrimEnd('.');
        if (!isCell && layers[^1] != layers.Length - 1)
            findings.Refuse(name, $"has the layers {string.Join(", ", layers)}; they must be numbered from 0");
        if (findings.HasErrors)
            return new(name, []);
        CheckChain(name, [.. forward.Select(layer => layer!)], [.. reverse.Select(layer => layer!)]);
        if (findings.HasErrors)
            return new(name, []);
        bool isOpen = forward[0]!.Operation == "RNN" && FindActivation(prefix) is null;
        if (isOpen)
        {
            findings.Remark($"the file does not say whether the units of {DescribeModule(name)} are tanh or relu; " +
                "tanh is the default of PyTorch");
        }

        return new(name, [.. forward.Select(layer => layer!)])
        {
            ReverseLayers = [.. reverse.Select(layer => layer!)],
            Open = isOpen ? OpenChoice.Activation : OpenChoice.None,
        };
    }

    private static int GetNumber(Match match)
        => match.Groups["layer"].Success ? int.Parse(match.Groups["layer"].Value) : -1;

    private static string DescribeModule(string name) => name.Length == 0 ? "the layer" : Escape.Text(name);

    /// <summary>Each layer reads the one before it; those of the other direction have the same sizes.</summary>
    private void CheckChain(
        string name, IReadOnlyList<RecurrentLayer> layers, IReadOnlyList<RecurrentLayer> reverseLayers)
    {
        int directions = reverseLayers.Count > 0 ? 2 : 1;
        if (layers.Concat(reverseLayers).Select(layer => layer.Operation).Distinct().Count() > 1)
            findings.Refuse(name, "has layers of different kinds; all must be LSTM, GRU or RNN");
        if (!reverseLayers.Select(layer => (layer.Inputs, layer.Hidden)).SequenceEqual(
            layers.Take(reverseLayers.Count).Select(layer => (layer.Inputs, layer.Hidden))))
        {
            findings.Refuse(name, "has directions of different sizes");
        }

        for (int layer = 1; layer < layers.Count; layer++)
        {
            if (layers[layer].Inputs != directions * layers[layer - 1].Hidden)
            {
                findings.Refuse(name, $"layer {layer} reads {layers[layer].Inputs} values, but layer {layer - 1} has " +
                    $"{directions * layers[layer - 1].Hidden}");
            }
        }
    }

    private RecurrentLayer? CreateLayer(string prefix, string suffix)
    {
        string[] missing = [.. new[] { InputWeight, RecurrentWeight }.Select(kind => prefix + kind + suffix)
            .Where(name => !_tensors.ContainsKey(name))];
        if (missing.Length > 0)
        {
            findings.Refuse(missing[0], "is missing");
            return null;
        }

        SourceTensor recurrent = _tensors[prefix + RecurrentWeight + suffix];
        SourceTensor? projection = _tensors.GetValueOrDefault(prefix + Projection + suffix);
        int rows = recurrent.Shape.ElementAtOrDefault(0), hidden = recurrent.Shape.ElementAtOrDefault(1),
            n = projection?.Shape.ElementAtOrDefault(1) ?? hidden;
        string operation = n > 0 && rows % n == 0 ? FindOperation(rows / n) : "";
        if (operation.Length == 0 || (projection is not null && operation != "LSTM"))
        {
            findings.Refuse(recurrent.Name, $"has the shape {recurrent.FormatShape()}; [4·n, n] of an LSTM, [3·n, n] " +
                "of a GRU or [n, n] of an RNN is needed, with n > 0");
            return null;
        }

        int inputs = _tensors[prefix + InputWeight + suffix].Shape.ElementAtOrDefault(1);
        return new(
            operation, n, inputs, Read(prefix, InputWeight + suffix, rows, inputs),
            Read(prefix, RecurrentWeight + suffix, rows, hidden), Read(prefix, InputBias + suffix, rows),
            Read(prefix, RecurrentBias + suffix, rows))
        {
            Projection = projection is null ? null : Read(prefix, Projection + suffix, hidden, n),
            InitialState = _tensors.ContainsKey(prefix + InitialState + suffix)
                ? Read(prefix, InitialState + suffix, hidden) : null,
            Activations = operation == "RNN"
                ? [.. Enumerable.Repeat(FindActivation(prefix) ?? KnownUnits.TanhName, n)] : [],
        };
    }

    private static string FindOperation(int gates)
        => gates switch { 4 => "LSTM", 3 => "GRU", 1 => "RNN", _ => "" };

    private string? FindActivation(string prefix) => Modules.GetValueOrDefault(prefix)?.Activation;

    /// <summary>Reads an array of a shape; a missing one is 0, as without biases.</summary>
    private double[] Read(string prefix, string name, params int[] shape)
    {
        if (!_tensors.TryGetValue(prefix + name, out SourceTensor? tensor))
            return new double[shape[0]];
        _used.Add(tensor.Name);
        if (tensor.Shape.SequenceEqual(shape) && !shape.Contains(0))
            return findings.Read(tensor);
        findings.Refuse(tensor.Name, $"has the shape {tensor.FormatShape()}; [{string.Join(", ", shape)}] is needed");
        return [];
    }

    [GeneratedRegex(@"^(?<module>(?:.*\.)?)(?:weight|bias)_(?:ih|hh)(?:_l(?<layer>[0-9]{1,3})(?<reverse>_reverse)?)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex LayerPattern();
}

/// <summary>What a file says of a module besides its arrays.</summary>
/// <param name="Kind">Its class, such as <c>Embedding</c>.</param>
/// <param name="Activation">The unit of an RNN; null if the file does not say.</param>
internal sealed record NamedModule(string Kind, string? Activation);
