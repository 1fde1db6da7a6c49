using System.Buffers.Binary;
using System.Text.Json;
using LatchLab.Files;

namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>
/// Reads safetensors files (https://github.com/huggingface/safetensors): the length of a JSON header, the header with
/// types, shapes and offsets, and the numbers.
/// </summary>
internal sealed class SafetensorsReader : IModelReader
{
    private const int LengthSize = sizeof(long), MaximumDepth = 8;

    private static readonly Dictionary<string, ElementType> Types = new()
    {
        ["F64"] = ElementType.Float64,
        ["F32"] = ElementType.Float32,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["I64"] = ElementType.Int64,
        ["I32"] = ElementType.Int32,
        ["I16"] = ElementType.Int16,
        ["I8"] = ElementType.Int8,
        ["U8"] = ElementType.UInt8,
        ["BOOL"] = ElementType.Boolean,
    };

    public string Format => "safetensors";

    public IReadOnlyList<string> Endings { get; } = [".safetensors"];

    public bool Recognizes(ReadOnlySpan<byte> start) => start.Length > LengthSize && start[LengthSize] == '{';

    public ImportedModel Read(string path, ReadOnlyMemory<byte> content)
    {
        var findings = new ModelFindings(path);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(content.Span);
        if (length > (ulong)(content.Length - LengthSize))
            throw findings.Damage("its header is longer than the file");
        ReadOnlyMemory<byte> data = content[(LengthSize + (int)length)..];
        try
        {
            using JsonDocument header = JsonDocument.Parse(
                content.Slice(LengthSize, (int)length), new() { MaxDepth = MaximumDepth });
            SourceTensor[] tensors =
            [
                .. header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__")
                    .Select(entry => ReadTensor(entry, data, findings)),
            ];
            (string producer, string network) = ReadMetadata(header.RootElement);
            return network.Length > 0
                ? OwnNetwork.Read(findings, Format, network, path, tensors)
                : new NamedLayers(findings, tensors).Recognize(Format, producer);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException)
        {
            throw findings.Damage("its header is not the one of a safetensors file");
        }
    }

    private static SourceTensor ReadTensor(JsonProperty entry, ReadOnlyMemory<byte> data, ModelFindings findings)
    {
        string type = entry.Value.GetProperty("dtype").GetString() ?? "";
        JsonElement offsets = entry.Value.GetProperty("data_offsets");
        (long start, long end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        if (start < 0 || end < start || end > data.Length)
            throw findings.Damage($"the bytes {start} to {end} of an array are outside of it");
        var tensor = new SourceTensor(
            entry.Name, Types.GetValueOrDefault(type) ?? new(type, 1),
            [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())],
            data[(int)start..(int)end]);
        if (Types.ContainsKey(type) && tensor.Count * (long)tensor.Type.Size != end - start && end > start)
            throw findings.Damage($"{Escape.Text(entry.Name)} {tensor.FormatShape()} cannot have {end - start} bytes");
        return tensor;
    }

    private static (string Producer, string Network) ReadMetadata(JsonElement root)
    {
        if (!root.TryGetProperty("__metadata__", out JsonElement metadata))
            return ("", "");
        string Get(string name) => metadata.TryGetProperty(name, out JsonElement text) ? text.GetString() ?? "" : "";
        return (Get("producer"), Get(NetworkConversion.NetworkEntry));
    }
}
