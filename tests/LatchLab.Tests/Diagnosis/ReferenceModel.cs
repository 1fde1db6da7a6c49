using System.Text.Json;
using LatchLab.Diagnosis.Questions;
using LatchLab.Dynamics;
using LatchLab.Models.Datasets;
using LatchLab.Models.Interchange;
using LatchLab.Models.Interchange.Readers;
using LatchLab.Tests.Architecture;

namespace LatchLab.Tests.Diagnosis;

/// <summary>
/// A network that PyTorch trained, its sequences, and numbers that numpy computed of it in double precision
/// (Models/TrainedNetworks).
/// </summary>
internal sealed record ReferenceModel(
    TrainedNetwork Model, SequenceData Data, RecordedStates Recorded, JsonElement Numbers)
{
    public static IReadOnlyList<string> Names { get; } = ["lstm-first-bit", "gru-flip-flop", "rnn-adding-exploding"];

    private static readonly Dictionary<string, Lazy<ReferenceModel>> Known =
        Names.ToDictionary(name => name, name => new Lazy<ReferenceModel>(() => Read(name)));

    public NetworkTrajectories Run { get; } = NetworkTrajectories.Run(Model.Network, Data.Inputs);

    public static ReferenceModel Get(string name) => Known[name].Value;

    public static string Folder(string name)
        => Path.Combine(Repository.Root, "tests", "LatchLab.Tests", "Models", "TrainedNetworks", name);

    private static ReferenceModel Read(string name)
    {
        string folder = Folder(name), path = Path.Combine(folder, "model.npz");
        Dictionary<string, NamedTensor> io = ArrayFile.ReadAll(Path.Combine(folder, "io.npz"))
            .ToDictionary(array => array.Name);
        ModuleSelection selection = ModuleSelection.Create(ModelFile.Read(path), name: null);
        // Tanh is the first choice of an RNN whose file leaves its units open.
        NetworkCandidate candidate = NetworkCandidate.ListAll(selection.Module, selection.Readout, cell: null)[0];
        return new(
            new(path, "npz", "PyTorch", candidate.Cell, candidate.Network, []),
            new SequenceData("io.npz", Split(io["x"])) { Targets = Split(io["target"]) },
            new(Split(io["hidden"]), io.TryGetValue("cell", out NamedTensor? cells) ? Split(cells) : null,
                Split(io["output"])),
            JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "reference.json"))).RootElement);
    }

    private static double[][][] Split(NamedTensor array)
    {
        int steps = array.Shape.Length == 3 ? array.Shape[1] : 1, size = array.Shape[^1];
        if (array.Shape.Length == 1)
            size = 1;
        return [.. Enumerable.Range(0, array.Shape[0]).Select(i => Enumerable.Range(0, steps).Select(
            t => array.Values.AsSpan(((i * steps) + t) * size, size).ToArray()).ToArray())];
    }
}
