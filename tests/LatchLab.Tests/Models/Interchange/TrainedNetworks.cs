using System.IO.Compression;
using LatchLab.Models.Datasets;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Models.Interchange;

/// <summary>Networks that PyTorch 1.13 trained or initialised, each in several formats.</summary>
internal static class TrainedNetworks
{
    private static readonly string[] Names =
    [
        "gru_l1_bf", "gru_l1_bf_nobias", "gru_l2_bi_bf", "lstm_l1", "lstm_l1_bf", "lstm_l1_bf_nobias",
        "lstm_l1_bf_proj", "lstm_l2_bi", "rnn_relu_l2_bi_bf", "rnn_tanh_l1_bf",
    ];

    private static readonly string[] Trained = ["lstm-first-bit", "gru-flip-flop", "rnn-adding-exploding"];

    /// <summary>The formats that hold arrays with the names of PyTorch.</summary>
    public static readonly string[] NamedFormats =
        ["npz", "safetensors", "state_dict.pt", "legacy.pt", "module.pt", "trace.pt", "script.pt"];

    /// <summary>Each network without an ending, with the ending of a file.</summary>
    public static IEnumerable<(string Name, string Ending)> Files(params string[] endings)
        => from name in Names.Select(name => $"formats/{name}").Concat(Trained.Select(name => $"{name}/model"))
           from ending in endings
           where File.Exists(GetPath(name, ending))
           select (name, ending);

    public static string GetPath(string name, string ending)
    {
        string folder = Path.Combine(Repository.Root, "tests", "LatchLab.Tests", "Models", "TrainedNetworks");
        return Path.Combine(folder, $"{name}.{ending}");
    }

    /// <summary>The arrays of the .npz file, read by another reader than the one under test.</summary>
    public static Dictionary<string, double[]> ReadArrays(string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(GetPath(name, "npz"));
        var arrays = new Dictionary<string, double[]>();
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            var array = new NumpyArray(stream, name, entry.Name);
            var values = new List<double>();
            for (int row = 0; row < array.Shape[0]; row++)
            {
                array.ReadRow();
                values.AddRange(Enumerable.Range(0, array.RowLength).Select(array.GetNumber));
            }

            arrays.Add(entry.FullName[..^".npy".Length], [.. values]);
        }

        Assert.NotEmpty(arrays);
        return arrays;
    }
}
