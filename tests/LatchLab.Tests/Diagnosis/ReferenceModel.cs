using System.Text.Json;
using LatchLab.Diagnosis.Questions;
using LatchLab.Dynamics;
using LatchLab.Models.Datasets;
using LatchLab.Models.Interchange;
using LatchLab.Tests.Architecture;

namespace LatchLab.Tests.Diagnosis;

/// <summary>
/// A network that PyTorch trained, its sequences, and numbers that numpy computed of it in double precision
/// (Expectations/models).
/// </summary>
internal sealed record ReferenceModel(TrainedNetwork Model, SequenceData Data, RecordedStates Recorded, JsonElement Numbers)
{
    public static IReadOnlyList<string> Names { get; } = ["lstm-first-bit", "gru-flip-flop", "rnn-adding-exploding"];

    private static readonly Dictionary<string, Lazy<ReferenceModel>> Known =
        Names.ToDictionary(name => name, name => new Lazy<ReferenceModel>(() => Read(name)));

    public NetworkTrajectories Run { get; } = NetworkTrajectories.Run(Model.Network, Data.Inputs);

    public static ReferenceModel Get(string name) => Known[name].Value;

    public static string Folder(string name)
        => Path.Combine(Repository.Root, "tests", "LatchLab.Tests", "Expectations", "models", name);

    private static ReferenceModel Read(string name)
    {
        string folder = Folder(name), path = Path.Combine(folder, "model.npz");
        Dictionary<string, NamedTensor> io = ArrayFile.ReadAll(Path.Combine(folder, "io.npz"))
            .ToDictionary(array => array.Name);
        var model = ReadModule(path, out DenseLayer readout);
        string? cell = name.StartsWith("rnn", StringComparison.Ordinal) ? "rnn-tanh" : null;
        NetworkCandidate candidate = NetworkCandidate.ListAll(model, readout, cell)[0];
        return new(
            new(path, "npz", "PyTorch", candidate.Cell, candidate.Network, []),
            new SequenceData("io.npz", Split(io["x"])) { Targets = Split(io["target"]) },
            new(Split(io["hidden"]), io.TryGetValue("cell", out NamedTensor? cells) ? Split(cells) : null,
                Split(io["output"])),
            JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "reference.json"))).RootElement);
    }

    private static RecurrentModule ReadModule(string path, out DenseLayer readout)
    {
        Dictionary<string, NamedTensor> tensors = ArrayFile.ReadAll(path).ToDictionary(array => array.Name);
        NamedTensor Find(string end) => tensors.Single(pair => pair.Key.EndsWith(end, StringComparison.Ordinal)).Value;
        NamedTensor input = Find("weight_ih_l0"), recurrent = Find("weight_hh_l0"),
            dense = tensors.Single(pair => pair.Key.EndsWith(".weight", StringComparison.Ordinal)
                && !pair.Key.Contains("_l0", StringComparison.Ordinal)).Value;
        int n = recurrent.Shape[1];
        string operation = (recurrent.Shape[0] / n) switch { 4 => "LSTM", 3 => "GRU", _ => "RNN" };
        readout = new("readout", dense.Shape[0], n, dense.Values,
            tensors.Single(pair => pair.Key.EndsWith(".bias", StringComparison.Ordinal)).Value.Values);
        return new("rnn",
            [new(operation, n, input.Shape[1], input.Values, recurrent.Values, Find("bias_ih_l0").Values,
                Find("bias_hh_l0").Values)])
        {
            Open = operation == "RNN" ? OpenChoice.Activation : OpenChoice.None,
        };
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
