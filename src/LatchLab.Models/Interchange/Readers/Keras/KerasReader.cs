using System.Text;
using System.Text.Json;
using LatchLab.Files;
using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Keras;

/// <summary>
/// Reads files of Keras: HDF5 with or without the configuration of the model, and the <c>.keras</c> archive that holds
/// both. Layers without it have the functions of PyTorch.
/// </summary>
internal sealed class KerasReader : IModelReader
{
    private const string Weights = "model.weights.h5", Config = "config.json", Metadata = "metadata.json";

    public string Format => "Keras";

    public IReadOnlyList<string> Endings { get; } = [".h5", ".hdf5", ".keras"];

    public bool Recognizes(ReadOnlySpan<byte> start)
        => start.StartsWith("PK"u8) || start is [0x89, (byte)'H', (byte)'D', (byte)'F', ..];

    public ImportedModel Read(string path, ReadOnlyMemory<byte> content)
    {
        var findings = new ModelFindings(path);
        if (!content.Span.StartsWith("PK"u8))
        {
            var file = new Hdf5File(content, findings);
            string config = file.FindTexts("", "model_config").FirstOrDefault() ?? "",
                version = file.FindTexts("", "keras_version").Concat(file.FindTexts("model_weights", "keras_version"))
                    .FirstOrDefault() ?? "";
            return Recognize(file, config, version, findings);
        }

        using var entries = new ZipEntries(content, findings);
        string metadata = Encoding.UTF8.GetString(entries.Read(Metadata));
        return Recognize(
            new Hdf5File(entries.Read(Weights), findings), Encoding.UTF8.GetString(entries.Read(Config)),
            ReadVersion(metadata, findings), findings);
    }

    private static string ReadVersion(string metadata, ModelFindings findings)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(metadata);
            return document.RootElement.TryGetProperty("keras_version", out JsonElement version)
                ? version.GetString() ?? "" : "";
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw findings.Damage($"{Metadata} cannot be read");
        }
    }

    private ImportedModel Recognize(Hdf5File file, string text, string version, ModelFindings findings)
    {
        IReadOnlyList<KerasLayer> config = KerasConfig.Read(text, findings);
        IEnumerable<KerasWeights> weights = KerasWeights.Group(file.Arrays);
        string[] order = config.Count > 0 ? [.. config.Select(layer => layer.Name)]
            : [.. file.FindTexts("", "layer_names"), .. file.FindTexts("model_weights", "layer_names")];
        KerasWeights[] layers =
        [
            .. weights.OrderBy(layer => (uint)Array.IndexOf(order, layer.FindConfig(config)?.Name ?? layer.Name)),
        ];
        var model = new KerasModel(findings, config);
        model.ReadAll(layers);
        if (model.Modules.Count == 0)
        {
            string[] found = [.. config.Count > 0 ? config.CountBy(layer => layer.Kind)
                .Select(kind => $"{kind.Key} ×{kind.Value}") : file.Arrays.Select(array => array.Name)];
            findings.Refuse("", $"has no recurrent layer (LSTM, GRU or SimpleRNN): found " +
                (found.Length == 0 ? "no arrays" : ModelFindings.Summarize(found)));
        }

        findings.ThrowIfAny();
        return new(
            Format, version.Length == 0 ? "" : $"Keras {Escape.Text(version)}", model.Modules, model.DenseLayers,
            model.Embeddings, findings.Remarks);
    }
}
