using LatchLab.Files;
using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.PyTorch;

/// <summary>
/// Collects the tensors of a pickled value with the names that <c>state_dict</c> gives them: the keys of dictionaries
/// and the fields of modules on the way, joined by points.
/// </summary>
/// <param name="findings">Receives errors and remarks.</param>
/// <param name="storages">The bytes of each storage.</param>
internal sealed class TorchTree(ModelFindings findings, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> storages)
{
    private const int MaximumDepth = 64;

    /// <summary>Fields of a module whose own names are no part of the names of tensors.</summary>
    private static readonly string[] Transparent = ["_parameters", "_buffers", "_modules"];

    /// <summary>Fields of a module that repeat its tensors.</summary>
    private const string Repeated = "_flat_weights";

    private readonly List<SourceTensor> _tensors = [];
    private readonly Dictionary<string, NamedModule> _modules = [];
    private readonly HashSet<object> _visited = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<SourceTensor> Tensors => _tensors;

    public IReadOnlyDictionary<string, NamedModule> Modules => _modules;

    /// <summary>Whether the most significant byte of a number is the first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>The source text of a class of TorchScript; empty for others.</summary>
    public Func<PickledName, string> GetSource { get; init; } = _ => "";

    /// <summary>Collects the tensors below a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="prefix">The name of the value with a point at its end; empty for the whole.</param>
    /// <param name="depth">Values around it.</param>
    public void Collect(object? value, string prefix = "", int depth = 0)
    {
        if (depth > MaximumDepth)
            throw findings.Failure($"nests more than {MaximumDepth} values; save the state_dict of the model");
        if (value is PickledTensor tensor)
            Add(prefix.TrimEnd('.'), tensor);
        else if (value is null || !_visited.Add(value))
            return;
        else if (value is PickledDictionary dictionary)
            Collect(dictionary, prefix, depth);
        else if (value is PickledObject module)
            Collect(module, prefix, depth);
        else if (((value as PickledTuple)?.Items ?? value as IList<object?>) is { } items)
        {
            foreach ((int index, object? item) in items.Index())
                Collect(item, FormattableString.Invariant($"{prefix}{index}."), depth + 1);
        }
    }

    private void Collect(PickledDictionary dictionary, string prefix, int depth)
    {
        foreach ((object? key, object? value) in dictionary.Entries)
        {
            if (key is string or long && key is not Repeated)
                Collect(value, Transparent.Contains(key) ? prefix : $"{prefix}{key}.", depth + 1);
        }
    }

    private void Collect(PickledObject module, string prefix, int depth)
    {
        if (module.Origin is { } origin)
            _modules.TryAdd(prefix, new(origin.Name, FindActivation(module, GetSource(origin))));
        if (module.Fields.Find("dropout") is double and > 0.0)
            findings.Remark($"dropout of {Escape.Text(prefix.TrimEnd('.'))} is ignored: it acts in training only");
        Collect(module.Fields, prefix, depth);
    }

    /// <summary>The function of an RNN is a field of its module, or the call of a function in TorchScript.</summary>
    private static string? FindActivation(PickledObject module, string source)
    {
        string text = $"{module.Fields.Find("nonlinearity")} {module.Fields.Find("mode")} {source}".ToUpperInvariant();
        return Contains("RELU") ? "relu" : Contains("TANH") ? "tanh" : null;

        bool Contains(string unit)
            => text.StartsWith(unit, StringComparison.Ordinal)
                || text.Contains($"RNN_{unit}", StringComparison.Ordinal);
    }

    private void Add(string name, PickledTensor tensor)
    {
        (PickledStorage storage, long offset) = (tensor.Storage, tensor.Offset);
        if (!storages.TryGetValue(storage.Key, out ReadOnlyMemory<byte> bytes))
            throw findings.Damage($"the numbers of {Escape.Text(name)} are missing");
        if (offset < 0 || offset > bytes.Length / storage.Type.Size)
            throw findings.Damage($"{Escape.Text(name)} begins after the end of its numbers");
        _tensors.Add(new(name, storage.Type, tensor.Shape, bytes[(int)(offset * storage.Type.Size)..])
        {
            Strides = tensor.Strides,
            IsBigEndian = IsBigEndian,
        });
    }
}
