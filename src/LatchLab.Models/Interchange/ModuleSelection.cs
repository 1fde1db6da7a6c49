using LatchLab.Foundation;

namespace LatchLab.Models.Interchange;

/// <summary>The recurrent module of a model that is diagnosed, with the readout of its hidden values.</summary>
/// <param name="Module">The module.</param>
/// <param name="Readout">The readout; null if the outputs are the hidden values.</param>
/// <param name="Embedding">The matrix whose rows the module reads, if its inputs are symbols; null if not.</param>
/// <param name="Remarks">What was chosen, one sentence each.</param>
public sealed record ModuleSelection(
    RecurrentModule Module, DenseLayer? Readout, NamedTensor? Embedding, IReadOnlyList<string> Remarks)
{
    /// <summary>The names of the directions of a bidirectional layer.</summary>
    public static IReadOnlyList<string> Directions { get; } = ["forward", "reverse"];

    /// <summary>
    /// Of a bidirectional layer, the index of the direction in <see cref="Directions"/>; null for other layers.
    /// </summary>
    public int? Direction { get; private init; }

    /// <summary>Selects a module and finds its readout by size.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The name of the module; null for the only one, or a chain of all.</param>
    /// <param name="direction">Of a bidirectional module, one of <see cref="Directions"/>; otherwise null.</param>
    /// <exception cref="ValidationException">There are several that form no chain, or none of the name.</exception>
    public static ModuleSelection Create(ImportedModel model, string? name, string? direction = null)
    {
        var remarks = new List<string>(model.Remarks);
        RecurrentModule module = name is null ? Join(model.Modules, remarks) : Find(model.Modules, name);
        RecurrentLayer last = module.Layers[^1];
        int hidden = last.Hidden * (module.ReverseLayers.Count > 0 ? 2 : 1);
        DenseLayer[] fitting = [.. model.DenseLayers.Where(dense => dense.Inputs == hidden)];
        if (fitting.Length == 0)
            remarks.Add("no readout of its hidden values was found: the outputs are the hidden values");
        else if (model.DenseLayers.Count > 1)
            remarks.Add($"the readout is {fitting[0].Name}, the first of {hidden} inputs; what follows it is not used");
        DenseLayer? readout = fitting.Length == 0 ? null : fitting[0];
        if (module.ReverseLayers.Count > 0 || direction is not null)
            (module, readout) = SelectDirection(module, readout, direction, remarks);
        return new(
            module, readout,
            model.Embeddings.FirstOrDefault(matrix => matrix.Shape[1] == module.Layers[0].Inputs), remarks)
        {
            Direction = direction is null ? null : Directions.ToList().IndexOf(direction),
        };
    }

    /// <summary>
    /// One direction of the first layer: the two are systems of their own, and further layers read both.
    /// </summary>
    private static (RecurrentModule Module, DenseLayer? Readout) SelectDirection(
        RecurrentModule module, DenseLayer? readout, string? direction, List<string> remarks)
    {
        if (module.ReverseLayers.Count == 0)
        {
            throw new ValidationException(
                "--direction", "", "has no effect: the layer reads a sequence from its start");
        }

        if (direction is null || !Directions.Contains(direction))
        {
            throw new ValidationException("--direction", "", "missing or unknown: the layer reads a sequence from " +
                "both ends, and each direction is a system of its own: give forward or reverse");
        }

        bool isForward = direction == Directions[0];
        RecurrentLayer layer = isForward ? module.Layers[0] : module.ReverseLayers[0];
        RecurrentModule selected = module with { Layers = [layer], ReverseLayers = [] };
        if (module.Layers.Count > 1)
            remarks.Add("the first layer was taken; the layers above it read both of its directions");
        if (readout is null || module.Layers.Count > 1)
            return (selected, null);
        remarks.Add($"the outputs are the part of {readout.Name} that reads the {direction} direction");
        int hidden = layer.Hidden, first = isForward ? 0 : hidden;
        return (selected, readout with
        {
            Inputs = hidden,
            Weights = [.. readout.Weights.Chunk(2 * hidden).SelectMany(row => row.Skip(first).Take(hidden))],
        });
    }

    private static RecurrentModule Find(IReadOnlyList<RecurrentModule> modules, string name)
        => modules.FirstOrDefault(module => module.Name == name) ?? throw new ValidationException(
            "--layer", "", $"the model has no recurrent layer {name}: give {ListNames(modules)}" +
                NearestName.FormatSuggestion(name, [.. modules.Select(module => module.Name)]));

    private static RecurrentModule Join(IReadOnlyList<RecurrentModule> modules, List<string> remarks)
    {
        if (modules.Count == 1)
            return modules[0];
        for (int i = 1; i < modules.Count; i++)
        {
            RecurrentLayer before = modules[i - 1].Layers[^1], layer = modules[i].Layers[0];
            if (layer.Inputs != before.Hidden || layer.Operation != before.Operation || layer.Units != before.Units
                || modules[i].ReverseLayers.Count > 0 || modules[i - 1].ReverseLayers.Count > 0)
            {
                throw new ValidationException("--layer", "", "missing: the model has several recurrent layers that " +
                    $"do not form a chain of one cell and size: give {ListNames(modules)}");
            }
        }

        remarks.Add($"its recurrent layers {ListNames(modules, " and ")} fit each other and were taken as a chain");
        return modules[0] with { Layers = [.. modules.SelectMany(module => module.Layers)] };
    }

    private static string ListNames(IReadOnlyList<RecurrentModule> modules, string separator = " or ")
        => string.Join(separator, modules.Select(module => module.Name.Length == 0 ? "(without a name)" : module.Name));
}
