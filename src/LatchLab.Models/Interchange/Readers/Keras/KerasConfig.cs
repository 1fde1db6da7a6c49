using System.Text.Json;
using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Keras;

/// <summary>A layer of the configuration of a model, without the layer that wraps it.</summary>
/// <param name="Name">The name of the layer, or of the one around it.</param>
/// <param name="Kind">Its class, such as <c>LSTM</c>.</param>
/// <param name="Wrapper">The class around it, such as <c>Bidirectional</c>; may be empty.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Inbound">The names of the layers that it reads.</param>
internal sealed record KerasLayer(
    string Name, string Kind, string Wrapper, JsonElement Settings, IReadOnlyList<string> Inbound)
{
    /// <summary>How a layer joins its directions: <c>concat</c>, <c>sum</c>, …; empty if it has one.</summary>
    public string MergeMode { get; init; } = "";

    /// <summary>A setting as it is written, a text without its quotation marks; null if there is none.</summary>
    public string? Find(string name)
        => Settings.ValueKind == JsonValueKind.Object && Settings.TryGetProperty(name, out JsonElement value)
            ? value.GetRawText().Trim('"') : null;
}

/// <summary>Reads the configuration that Keras writes beside the weights.</summary>
internal static class KerasConfig
{
    private const int MaximumDepth = 64;

    /// <summary>The layers, in the order of the model, those of a model within it in its place.</summary>
    public static IReadOnlyList<KerasLayer> Read(string text, ModelFindings findings)
    {
        if (text.Length == 0)
            return [];
        try
        {
            var layers = new List<KerasLayer>();
            Collect(JsonDocument.Parse(text, new() { MaxDepth = MaximumDepth }).RootElement, layers);
            return layers;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw findings.Damage("its configuration is not the one of a Keras model");
        }
    }

    private static void Collect(JsonElement model, List<KerasLayer> layers)
    {
        bool isSequential = model.GetProperty("class_name").GetString() == "Sequential";
        JsonElement config = model.GetProperty("config");
        JsonElement list = config.ValueKind == JsonValueKind.Array ? config : config.GetProperty("layers");
        string previous = "";
        foreach (JsonElement layer in list.EnumerateArray())
        {
            JsonElement settings = layer.GetProperty("config");
            if (settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty("layers", out _))
            {
                Collect(layer, layers);
                continue;
            }

            KerasLayer read = ReadLayer(layer, settings);
            layers.Add(isSequential && previous.Length > 0 ? read with { Inbound = [previous] } : read);
            previous = read.Name;
        }
    }

    private static KerasLayer ReadLayer(JsonElement layer, JsonElement settings)
    {
        string kind = layer.GetProperty("class_name").GetString() ?? "",
            name = settings.TryGetProperty("name", out JsonElement text) ? text.GetString() ?? "" : "";
        var inbound = new List<string>();
        if (layer.TryGetProperty("inbound_nodes", out JsonElement nodes))
            CollectNames(nodes, inbound);
        return settings.TryGetProperty("layer", out JsonElement inner)
            ? new(name, inner.GetProperty("class_name").GetString() ?? "", kind, inner.GetProperty("config"), inbound)
            {
                MergeMode = settings.TryGetProperty("merge_mode", out JsonElement mode)
                    ? mode.GetRawText().Trim('"') : "",
            }
            : new(name, kind, "", settings, inbound);
    }

    /// <summary>
    /// The layers in the nodes of a graph: the first text of a list that continues with a number, as in
    /// <c>["lstm", 0, 0]</c>.
    /// </summary>
    private static void CollectNames(JsonElement element, List<string> names)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty entry in element.EnumerateObject())
                CollectNames(entry.Value, names);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            JsonElement[] items = [.. element.EnumerateArray()];
            if (items is [{ ValueKind: JsonValueKind.String }, { ValueKind: JsonValueKind.Number }, ..])
                names.Add(items[0].GetString()!);
            foreach (JsonElement item in items)
                CollectNames(item, names);
        }
    }
}
