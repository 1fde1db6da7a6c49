using LatchLab.Files;
using LatchLab.Models.Interchange.Readers.Arrays;
using LatchLab.Tasks;

namespace LatchLab.Models.Interchange.Readers.Onnx;

/// <summary>
/// Joins recurrent nodes to modules: a node that reads the hidden values of another one of its kind, with nothing
/// between them but a change of the shape, is the next layer of the same module.
/// </summary>
/// <param name="constants">The constants of the graph.</param>
/// <param name="findings">Receives errors and remarks.</param>
internal sealed class OnnxModules(OnnxConstants constants, ModelFindings findings)
{
    private const int MaximumSteps = 50;

    /// <summary>Nodes that change the shape or the type only; dropout acts in training only.</summary>
    private static readonly string[] Arranging =
        ["Identity", "Cast", "Squeeze", "Unsqueeze", "Transpose", "Reshape", "Dropout"];

    private readonly List<(RecurrentModule Module, OnnxNode Last)> _modules = [];
    private readonly List<NamedTensor> _embeddings = [];

    public IReadOnlyList<RecurrentModule> Modules => [.. _modules.Select(entry => entry.Module)];

    public IReadOnlyList<NamedTensor> Embeddings => _embeddings;

    /// <summary>How raw inputs are normalised before the first layer; null if they are not.</summary>
    public InputScaling? Scaling { get; private set; }

    /// <summary>Reads all recurrent nodes.</summary>
    public void ReadAll()
    {
        var layers = new OnnxLayers(constants, findings);
        foreach (OnnxNode node in constants.Nodes.Where(OnnxLayers.IsRecurrent))
        {
            IReadOnlyList<RecurrentLayer> directions = layers.Read(node);
            if (directions.Count == 0)
                continue;
            string source = FindSource(node.Input(0));
            int previous = _modules.FindIndex(entry => entry.Last.Output == source && source.Length > 0);
            if (previous >= 0 && Continues(_modules[previous].Module, directions))
                _modules[previous] = (Extend(_modules[previous].Module, directions), node);
            else
                Begin(node, directions, source);
        }
    }

    private void Begin(OnnxNode node, IReadOnlyList<RecurrentLayer> directions, string source)
    {
        string name = MakeUnique(GetName(node));
        _modules.Add((new(name, [directions[0]]) { ReverseLayers = [.. directions.Skip(1)] }, node));
        OnnxNode? producer = constants.FindProducer(source);
        if (producer is null)
            return;
        if (producer.Operation == "Gather" && constants.Find(producer.Input(0)) is { Shape.Length: 2 } table)
            _embeddings.Add(table with { Name = RemoveWeight(producer.Input(0)) });
        else if (!ReadScaling(source, directions[0].Inputs))
            findings.Remark($"{Escape.Text(name)} does not read the inputs of the model, but values that " +
                $"{Escape.Text(producer.Operation)} computes");
    }

    /// <summary>(x − offset)·factor, perhaps followed by zeros for a delay.</summary>
    private bool ReadScaling(string source, int inputs)
    {
        if (constants.FindProducer(source) is { Operation: "Concat" } delay)
            source = FindSource(delay.Input(0));
        OnnxNode? product = constants.FindProducer(source), difference = product is null ? null
            : constants.FindProducer(FindSource(product.Input(0)));
        if (product?.Operation != "Mul" || difference?.Operation != "Sub"
            || constants.Find(product.Input(1)) is not { } factor || factor.Values.Length != inputs
            || constants.Find(difference.Input(1)) is not { } offset || offset.Values.Length != inputs)
        {
            return false;
        }

        Scaling = new(offset.Values, factor.Values);
        return true;
    }

    private static bool Continues(RecurrentModule module, IReadOnlyList<RecurrentLayer> next)
    {
        RecurrentLayer last = module.Layers[^1];
        return next.Count == (module.ReverseLayers.Count > 0 ? 2 : 1) && next[0].Operation == last.Operation
            && next[0].ResetsBefore == last.ResetsBefore && next[0].Inputs == next.Count * last.Units;
    }

    private static RecurrentModule Extend(RecurrentModule module, IReadOnlyList<RecurrentLayer> next)
        => module with
        {
            Layers = [.. module.Layers, next[0]],
            ReverseLayers = [.. module.ReverseLayers, .. next.Skip(1)],
        };

    /// <summary>The value before changes of its shape.</summary>
    private string FindSource(string name)
    {
        for (int step = 0; step < MaximumSteps; step++)
        {
            OnnxNode? producer = constants.FindProducer(name);
            if (producer is null || !Arranging.Contains(producer.Operation))
                break;
            name = producer.Input(0);
        }

        return name;
    }

    /// <summary>PyTorch names a node <c>/encoder/rnn/LSTM</c>: the module is <c>encoder.rnn</c>.</summary>
    private static string GetName(OnnxNode node)
    {
        string[] parts = node.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return node.Name.StartsWith('/') && parts.Length > 1 ? string.Join('.', parts[..^1]) : node.Label;
    }

    private string MakeUnique(string name)
    {
        string unique = name;
        for (int count = 2; _modules.Any(entry => entry.Module.Name == unique); count++)
            unique = FormattableString.Invariant($"{name}-{count}");
        return unique;
    }

    /// <summary>The name of the module of a weight.</summary>
    public static string RemoveWeight(string name)
        => name.EndsWith(".weight", StringComparison.Ordinal) ? name[..^".weight".Length] : name;
}
