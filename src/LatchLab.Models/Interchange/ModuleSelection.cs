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
    /// <summary>Selects a module and finds its readout by size.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The name of the module; null for the only one, or a chain of all.</param>
    /// <exception cref="ValidationException">There are several that form no chain, or none of the name.</exception>
    public static ModuleSelection Create(ImportedModel model, string? name)
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
        return new(
            module, fitting.Length == 0 ? null : fitting[0],
            model.Embeddings.FirstOrDefault(matrix => matrix.Shape[1] == module.Layers[0].Inputs), remarks);
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
