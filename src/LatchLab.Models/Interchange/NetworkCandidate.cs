using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Units;

namespace LatchLab.Models.Interchange;

/// <summary>A network that a file may mean: several if the file leaves the cell open.</summary>
/// <param name="Cell">Name of the cell, one of <see cref="CellNames"/>.</param>
/// <param name="Network">The network.</param>
/// <param name="IsAssumed">Whether the file leaves the cell open.</param>
public sealed record NetworkCandidate(string Cell, CellDefinition Network, bool IsAssumed)
{
    private static readonly string[] PeepholeBlocks = ["pi", "pf", "po"];

    private const string Tanh = "rnn-tanh", Relu = "rnn-relu", Gru = "gru", ResetBefore = "gru-reset-before",
        Lstm = "lstm", RnnOperation = "RNN", GruOperation = "GRU";

    /// <summary>The cells that a user can name.</summary>
    public static IReadOnlyList<string> CellNames { get; } = [Lstm, Gru, ResetBefore, Tanh, Relu];

    /// <summary>
    /// The networks that a module may be, the likeliest first: what the file says, or what PyTorch does by default.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="readout">The readout of its hidden values; null if the outputs are the hidden values.</param>
    /// <param name="cell">The cell that a user named; null for all that are possible.</param>
    /// <exception cref="ValidationException">The module cannot be the cell, or its layers do not fit.</exception>
    /// <remarks>Of a bidirectional module, select a direction first: <see cref="ModuleSelection"/>.</remarks>
    public static IReadOnlyList<NetworkCandidate> ListAll(RecurrentModule module, DenseLayer? readout, string? cell)
    {
        string[] known = [.. ListCells(module)];
        if (cell is not null && !known.Contains(cell))
        {
            throw new ValidationException(
                "--cell", "", $"{cell} does not fit {Describe(module)}: give {string.Join(" or ", known)}");
        }

        return [.. from name in known
                   where cell is null || cell == name
                   select new NetworkCandidate(name, Create(module, readout, name), known.Length > 1 && cell is null)];
    }

    /// <summary>Whether a network of LatchLab has the units and connections of a cell.</summary>
    public static bool IsPossible(NetworkDefinition network)
        => network is CellDefinition or FullyConnectedDefinition or LatchDefinition
            && !KnownUnits.HasThreshold(network.Unit);

    /// <summary>A network of LatchLab, whose file leaves nothing open, as a network of cells.</summary>
    /// <exception cref="ValidationException">Its units or connections are not those of a cell.</exception>
    /// <param name="network">The network.</param>
    /// <param name="path">Its file, for messages.</param>
    public static NetworkCandidate Of(NetworkDefinition network, string path)
    {
        if (network is CellDefinition cells)
            return new(cells.Kind == "elman" ? $"rnn-{cells.Unit}" : cells.Kind, cells, IsAssumed: false);
        IReadOnlyList<RecurrentLayer> layers = RecurrentLayer.Of(network);
        if (!IsPossible(network))
        {
            throw new ValidationException(path, "network", $"{network.Kind} of {network.Unit} units has no " +
                "derivative or is no recurrent layer: give a network of cells, or of differentiable units");
        }

        LinearReadout readout = LinearReadout.Of(network);
        var dense = new DenseLayer("", readout.Outputs, layers[0].Hidden, readout.Weights, readout.Biases)
        {
            Activation = readout.IsTanh ? "tanh" : "",
        };
        return ListAll(new("", layers), dense, cell: null)[0];
    }

    /// <summary>
    /// Other readings of a module, for a message when no candidate reproduces what was recorded: gates in another
    /// order, the other place of the reset gate, another activation.
    /// </summary>
    public static IEnumerable<NetworkCandidate> ListMisreadings(RecurrentModule module, DenseLayer? readout)
    {
        string operation = module.Layers[0].Operation;
        IEnumerable<int[]> orders = operation switch
        {
            "LSTM" => [[0, 2, 1, 3], [0, 1, 3, 2], [0, 2, 3, 1], [0, 3, 1, 2], [0, 3, 2, 1], [1, 0, 2, 3]],
            GruOperation => [[1, 0, 2]],
            _ => [],
        };
        foreach (int[] order in orders)
        {
            RecurrentModule reordered = module with
            {
                Layers = [.. module.Layers.Select(layer => Reorder(layer, order))],
            };
            string name = ListCells(module).First();
            yield return new($"{name} with gates in the order {string.Join(" ", order)}",
                Create(reordered, readout, name), IsAssumed: true);
        }

        foreach (string name in CellNames.Where(name => Operation(name) == operation).Except(ListCells(module)))
            yield return new(name, Create(module, readout, name), IsAssumed: true);
    }

    private static IEnumerable<string> ListCells(RecurrentModule module) => module.Layers[0].Operation switch
    {
        RnnOperation when module.Open == OpenChoice.Activation => [Tanh, Relu],
        RnnOperation when module.Layers[0].Activations.Distinct().ToArray() is [var name] => [$"rnn-{name}"],
        RnnOperation => ["rnn"],
        GruOperation when module.Open == OpenChoice.Reset => [Gru, ResetBefore],
        GruOperation => [module.Layers[0].ResetsBefore ? ResetBefore : Gru],
        _ => [Lstm],
    };

    private static string Operation(string cell)
        => cell.StartsWith("gru", StringComparison.Ordinal) ? GruOperation : cell == Lstm ? "LSTM" : RnnOperation;

    private static string Describe(RecurrentModule module)
        => $"the {module.Layers[0].Operation} {module.Name}".TrimEnd();

    private static RecurrentLayer Reorder(RecurrentLayer layer, int[] order)
    {
        double[] Permute(double[] values)
        {
            int size = values.Length / order.Length;
            return [.. order.SelectMany(gate => values.Skip(gate * size).Take(size))];
        }

        return layer with
        {
            InputWeights = Permute(layer.InputWeights),
            RecurrentWeights = Permute(layer.RecurrentWeights),
            InputBiases = Permute(layer.InputBiases),
            RecurrentBiases = Permute(layer.RecurrentBiases),
        };
    }

    /// <summary>The network of layers in the common form: the inverse of the layers of a definition.</summary>
    private static CellDefinition Create(RecurrentModule module, DenseLayer? readout, string cell)
    {
        RecurrentLayer first = module.Layers[0];
        CheckLayers(module, readout);
        var blocks = new Dictionary<string, double[]>();
        for (int layer = 0; layer < module.Layers.Count; layer++)
        {
            string suffix = module.Layers.Count == 1 ? "" : $"-{layer + 1}";
            foreach ((string name, double[] values) in ListBlocks(module.Layers[layer], cell))
                blocks[name + suffix] = values;
        }

        int hidden = first.Hidden;
        blocks["r"] = readout?.Weights ?? Identity(hidden);
        blocks["c"] = readout?.Biases ?? new double[hidden];
        var design = new NetworkDesign
        {
            Network = GetKind(first, cell),
            Unit = Operation(cell) != RnnOperation ? KnownUnits.TanhName
                : cell is Tanh or Relu ? cell["rnn-".Length..] : string.Join(",", first.Activations),
            Units = first.Units,
            Layers = module.Layers.Count,
            Readout = readout?.Activation == "tanh" ? TrainedReadout.Tanh : TrainedReadout.Linear,
            Projection = first.Projection is null ? 0 : hidden,
        };
        var shape = new NetworkShape(TrainableInputs: 0, first.Inputs, readout?.Outputs ?? hidden);
        double[] parameters = [.. design.Kind.GetBlocks(design, shape).SelectMany(block => blocks[block.Name])];
        return (CellDefinition)design.CreateDefinition(shape, parameters);
    }

    private static string GetKind(RecurrentLayer layer, string cell) => Operation(cell) switch
    {
        RnnOperation => "elman",
        "LSTM" when layer.Peepholes is not null => "lstm-peephole",
        "LSTM" when layer.Projection is not null => "lstm-projected",
        _ => cell,
    };

    private static void CheckLayers(RecurrentModule module, DenseLayer? readout)
    {
        RecurrentLayer first = module.Layers[0];
        foreach ((int index, RecurrentLayer layer) in module.Layers.Index())
        {
            if (layer.Units != first.Units || layer.Hidden != first.Hidden
                || (index > 0 && layer.Inputs != first.Hidden) || layer.Operation != first.Operation)
            {
                throw new ValidationException("", module.Name, $"layer {index + 1} has {layer.Units} units and " +
                    $"{layer.Inputs} inputs: layers of one module have the same cell and size, {first.Units} units");
            }
        }

        if (readout is not null && readout.Inputs != first.Hidden)
        {
            throw new ValidationException("", readout.Name, $"reads {readout.Inputs} values, but {module.Name} has " +
                $"{first.Hidden} hidden values");
        }
    }

    private static IEnumerable<(string Name, double[] Values)> ListBlocks(RecurrentLayer layer, string cell)
    {
        string[] gates = Operation(cell) switch
        {
            "LSTM" => ["i", "f", "g", "o"],
            GruOperation => ["r", "z", "g"],
            _ => [""],
        };
        int n = layer.Units, m = layer.Inputs, hidden = layer.Hidden;
        foreach ((int gate, string name) in gates.Index())
        {
            bool isSplit = cell == Gru && name == "g";  // q = R·h + d is multiplied by the reset gate
            double[] recurrentBiases = [.. layer.RecurrentBiases.Skip(gate * n).Take(n)];
            yield return ($"v{name}", [.. layer.InputWeights.Skip(gate * n * m).Take(n * m)]);
            yield return ($"w{name}", [.. layer.RecurrentWeights.Skip(gate * n * hidden).Take(n * hidden)]);
            yield return ($"b{name}", [.. layer.InputBiases.Skip(gate * n).Take(n)
                .Select((bias, unit) => isSplit ? bias : bias + recurrentBiases[unit])]);
            if (isSplit)
                yield return ($"d{name}", recurrentBiases);
        }

        if (layer.Projection is not null)
            yield return ("p", layer.Projection);
        foreach ((int index, string name) in PeepholeBlocks.Index())
        {
            if (layer.Peepholes is not null)
                yield return (name, [.. layer.Peepholes.Skip(index * n).Take(n)]);
        }
    }

    private static double[] Identity(int n)
        => [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select i == j ? 1.0 : 0.0];
}
