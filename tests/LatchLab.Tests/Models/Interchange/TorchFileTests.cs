using System.Text;
using LatchLab.Foundation;
using LatchLab.Models.Interchange;
using LatchLab.Models.Interchange.Readers;
using Xunit;

namespace LatchLab.Tests.Models.Interchange;

/// <summary>Files of PyTorch are data: what they would run is named, and never runs.</summary>
public sealed class TorchFileTests : IDisposable
{
    /// <summary>The first three pickles of a file before 1.6: magic number, version, system.</summary>
    private const string Header = "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019." +
        "\u0080\u0002M\u00e9\u0003.\u0080\u0002}.";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>
    /// Written by PyTorch: a dictionary with an epoch, a state_dict in bfloat16 whose <c>weight_hh_l0</c> is a
    /// transposed view, and the state of an optimizer.
    /// </summary>
    [Fact]
    public void The_state_dict_of_a_checkpoint_is_found()
    {
        ImportedModel model = ModelFile.Read(TrainedNetworks.GetPath("formats/checkpoint", "bfloat16.pt"));
        RecurrentModule module = Assert.Single(model.Modules);
        Assert.Equal(("model.rnn", 2), (module.Name, module.Layers.Count));
        Assert.Equal([0.0, 0.25, 0.5, 0.75, 1.0, 1.25], module.Layers[0].InputWeights);
        Assert.Equal([0.5, 2.5, 1.5, 3.5], module.Layers[0].RecurrentWeights);
        Assert.Equal("model.embed", Assert.Single(model.Embeddings).Name);
        Assert.Equal("model.head", Assert.Single(model.DenseLayers).Name);
        Assert.Contains("numbers of bfloat16 were widened to 64 bits, exactly", model.Remarks);
        Assert.Contains(
            model.Remarks, remark => remark.Contains("optimizer.state.0.exp_avg", StringComparison.Ordinal));
    }

    [Fact]
    public void The_class_of_a_pickled_module_is_named()
        => Assert.Contains(
            "named by the file, but neither loaded nor run: __main__.Net",
            ModelFile.Read(TrainedNetworks.GetPath("formats/lstm_l1", "module.pt")).Remarks);

    [Theory]
    [InlineData("", "is a pickle, but not of torch.save")]
    [InlineData(Header, "has no tensors; it names posix.system, which are never loaded or run")]
    public void A_function_in_a_pickle_never_runs(string before, string message)
    {
        string proof = Path.Combine(_folder.FullName, "proof"), path = Path.Combine(_folder.FullName, "model.pt");
        string call = $"\u0080\u0002cposix\nsystem\n(U{(char)(proof.Length + 6)}touch {proof}tR.";
        string pickle = $"{before}{call}\u0080\u0002].";
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(pickle));
        ValidationException refused = Assert.Throws<ValidationException>(() => ModelFile.Read(path));
        Assert.Contains(message, Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(proof));
    }

    [Fact]
    public void Values_that_nest_deeply_are_refused()
    {
        string path = Path.Combine(_folder.FullName, "model.pt");
        string tuples = string.Concat(Enumerable.Repeat("\u0085", 100_000)),
            pickle = $"{Header}\u0080\u0002){tuples}.\u0080\u0002].";
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(pickle));
        ValidationException refused = Assert.Throws<ValidationException>(() => ModelFile.Read(path));
        Assert.Contains("nests more than", Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
    }
}
