namespace LatchLab.Models.Interchange.Readers.Onnx;

/// <summary>
/// The values that the nodes of a graph can read: its own and those of the graphs around it. Different graphs within
/// nodes may use the same name for different values; all but the first get a new one.
/// </summary>
/// <param name="outer">The scope of the graph around it; null if there is none.</param>
internal sealed class OnnxScope(OnnxScope? outer)
{
    private readonly Dictionary<string, string> _own = [];

    /// <summary>The unique name of a value that the graph defines.</summary>
    /// <param name="name">Its name in the graph; empty for an omitted one.</param>
    /// <param name="used">All unique names.</param>
    public string Define(string name, HashSet<string> used)
    {
        if (name.Length == 0 || _own.TryGetValue(name, out string? unique))
            return name.Length == 0 ? name : _own[name];
        unique = used.Add(name) ? name : FormattableString.Invariant($"{name}#{used.Count}");
        used.Add(unique);
        return _own[name] = unique;
    }

    /// <summary>The unique name of a value that a node reads.</summary>
    public string Resolve(string name)
        => _own.TryGetValue(name, out string? unique) ? unique : outer?.Resolve(name) ?? name;
}
