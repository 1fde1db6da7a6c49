using System.IO.Compression;
using System.Text.Json;
using LatchLab.Dynamics;
using LatchLab.Models.Datasets;
using LatchLab.Networks;
using LatchLab.Tests.Architecture;
using LatchLab.Tests.Learning;

namespace LatchLab.Tests.Dynamics;

/// <summary>
/// Networks that PyTorch trained, the sequences that they read, and what a program that shares no code with LatchLab
/// found of them (Data/NAME.npz and Data/NAME.json); and networks with random parameters.
/// </summary>
internal sealed class TrainedNetworks
{
    private readonly Dictionary<string, double[]> _arrays = [];
    private readonly int[] _shapeOfSequences;

    private TrainedNetworks(string name, string kind)
    {
        _shapeOfSequences = ReadArrays(name);
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(DataFile($"{name}.json")));
        Reference = file.RootElement.Clone();
        double[] recurrent = _arrays["rnn.weight_hh_l0"], input = _arrays["rnn.weight_ih_l0"],
            b = _arrays["rnn.bias_ih_l0"], d = _arrays["rnn.bias_hh_l0"], biases = [.. b.Zip(d, (x, y) => x + y)];
        int rows = b.Length, n = recurrent.Length / rows, m = input.Length / rows;
        double[] cell = kind != "gru" ? [.. recurrent, .. input, .. biases]
            :
            [
                .. recurrent[..(2 * n * n)], .. input[..(2 * n * m)], .. biases[..(2 * n)], .. input[(2 * n * m)..],
                .. b[(2 * n)..], .. recurrent[(2 * n * n)..], .. d[(2 * n)..],
            ];
        double[] readout = [.. _arrays["readout.weight"], .. _arrays["readout.bias"]];
        Network = new(
            FindKind(kind), "tanh", new(n, m, 1, 0, TrainedReadout.Linear, _arrays["readout.bias"].Length),
            [.. cell, .. readout]);
    }

    /// <summary>A network that forgets, one with three bits, and a chaotic one.</summary>
    public static TrainedNetworks FirstBit { get; } = new("lstm-first-bit", "lstm");

    public static TrainedNetworks FlipFlop { get; } = new("gru-flip-flop", "gru");

    public static TrainedNetworks Exploding { get; } = new("rnn-adding-exploding", "elman");

    /// <summary>The network.</summary>
    public CellDefinition Network { get; }

    /// <summary>The results of the other program.</summary>
    public JsonElement Reference { get; }

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
    public double[][] Run()
    {
        (int count, int length, int m) = (_shapeOfSequences[0], _shapeOfSequences[1], _shapeOfSequences[2]);
        double[] x = _arrays["x"];
        var trajectories = NetworkTrajectories.Run(
            Network,
            [.. Enumerable.Range(0, count).Select(p => Enumerable.Range(0, length)
                .Select(t => x.AsSpan(((p * length) + t) * m, m).ToArray()).ToArray())]);
        var states = new double[count * length][];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = new double[trajectories.StateSize];
            trajectories.CopyState(i / length, 1 + (i % length), states[i]);
        }

        return states;
    }

    private static LayeredKind FindKind(string name)
        => (LayeredKind)KnownNetworkKinds.All.Single(kind => kind.Name == name);

    private int[] ReadArrays(string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(DataFile($"{name}.npz"));
        int[] shape = [];
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            var array = new NumpyArray(stream, name, entry.Name);
            var values = new List<double>();
            for (int row = 0; row < array.Shape[0]; row++)
            {
                array.ReadRow();
                for (int i = 0; i < array.RowLength; i++)
                    values.Add(array.GetNumber(i));
            }

            _arrays.Add(Path.GetFileNameWithoutExtension(entry.Name), [.. values]);
            shape = [.. array.Shape]; // the sequences are the last array
        }

        return shape;
    }

    private static string DataFile(string name)
        => Path.Combine(Repository.Root, "tests", "LatchLab.Tests", "Dynamics", "Data", name);
}
