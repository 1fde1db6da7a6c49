using System.Text.Json;
using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Tests.Diagnosis;
using LatchLab.Tests.Learning;

namespace LatchLab.Tests.Dynamics;

/// <summary>
/// Networks that PyTorch trained, the sequences that they read, and what a program that shares no code with LatchLab
/// found of them (<see cref="ReferenceModel"/>); and networks with random parameters.
/// </summary>
internal sealed class TrainedNetworks
{
    private readonly ReferenceModel _model;

    private TrainedNetworks(string name) => _model = ReferenceModel.Get(name);

    /// <summary>A network that forgets, one with three bits, and a chaotic one.</summary>
    public static TrainedNetworks FirstBit { get; } = new("lstm-first-bit");

    public static TrainedNetworks FlipFlop { get; } = new("gru-flip-flop");

    public static TrainedNetworks Exploding { get; } = new("rnn-adding-exploding");

    /// <summary>The network.</summary>
    public CellDefinition Network => _model.Model.Network;

    /// <summary>The results of the other program.</summary>
    public JsonElement Reference => _model.Numbers;

    /// <summary>A network with parameters uniform between ±scale/√n.</summary>
    public static CellDefinition Random(
        string kind, int n, int m, int seed, double scale = 1.0, string unit = "tanh", int layers = 1)
    {
        LayeredKind layered = FindKind(kind);
        var size = new CellNetworkSize(n, m, layers, 0, TrainedReadout.Linear, 1);
        int count = layered.GetBlocks(size).Sum(block => block.Count);
        return new(layered, unit, size, Samples.Numbers(new Random(seed), count, scale / Math.Sqrt(n)));
    }

    /// <summary>The states s_1 … s_T of every sequence, those of the first sequence first.</summary>
    public double[][] Run() => [.. VisitedStates.Of(_model.Run).States.Select(state => state.ToArray())];

    private static LayeredKind FindKind(string name)
        => (LayeredKind)KnownNetworkKinds.All.Single(kind => kind.Name == name);
}
