using System.Runtime.InteropServices;
using System.Text.Json;

namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>
/// Reads arrays with the names of PyTorch from a JSON file: an object of nested lists of numbers, also within another
/// object, as in <c>{"state_dict": {"rnn.weight_ih_l0": [[0.1, …], …], …}}</c>.
/// </summary>
internal sealed class JsonReader : IModelReader
{
    public const string Ending = ".json";

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = 16,
    };

    public string Format => "JSON";

    public IReadOnlyList<string> Endings { get; } = [Ending];

    public bool Recognizes(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8))
            start = start["\uFEFF"u8.Length..];
        return start.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }

    public ImportedModel Read(string path, ReadOnlyMemory<byte> content)
    {
        var findings = new ModelFindings(path);
        if (content.Span.StartsWith("\uFEFF"u8))
            content = content["\uFEFF"u8.Length..];
        try
        {
            using var document = JsonDocument.Parse(content, Options);
            JsonProperty[] entries = [.. document.RootElement.EnumerateObject()];
            SourceTensor[] tensors =
            [
                .. entries.Concat(entries.Where(entry => entry.Value.ValueKind == JsonValueKind.Object)
                        .SelectMany(entry => entry.Value.EnumerateObject()))
                    .Where(entry => entry.Value.ValueKind == JsonValueKind.Array)
                    .Select(entry => ReadTensor(entry, findings)),
            ];
            findings.ThrowIfAny();
            return new NamedLayers(findings, tensors).Recognize(Format, producer: "");
        }
        catch (JsonException problem)
        {
            throw findings.Failure(FormattableString.Invariant(
                $"line {problem.LineNumber + 1} is not JSON; every weight must be a finite number"));
        }
        catch (InvalidOperationException)
        {
            throw findings.Damage("a name is not UTF-8");
        }
    }

    private static SourceTensor ReadTensor(JsonProperty entry, ModelFindings findings)
    {
        var shape = new List<int>();
        for (JsonElement list = entry.Value; list.ValueKind == JsonValueKind.Array; list = list[0])
        {
            shape.Add(list.GetArrayLength());
            if (shape[^1] == 0)
                break;
        }

        var values = new List<double>();
        if (!TryAdd(entry.Value, shape, axis: 0, values))
        {
            findings.Refuse(entry.Name, $"is not a list of numbers of the shape [{string.Join(", ", shape)}] of its " +
                "first elements; every weight must be a finite number");
        }

        return new(
            entry.Name, ElementType.Float64, [.. shape],
            MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).ToArray());
    }

    private static bool TryAdd(JsonElement element, List<int> shape, int axis, List<double> values)
    {
        if (axis == shape.Count)
        {
            bool isNumber = element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value)
                && double.IsFinite(value);
            values.Add(isNumber ? element.GetDouble() : 0);
            return isNumber;
        }

        return element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == shape[axis]
            && element.EnumerateArray().All(item => TryAdd(item, shape, axis + 1, values));
    }
}
