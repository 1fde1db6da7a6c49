using LatchLab.Models;
using LatchLab.Models.Interchange;
using LatchLab.Models.Interchange.Readers;
using LatchLab.Networks;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Models.Interchange;

/// <summary>A network that LatchLab converted comes back as it was.</summary>
public sealed class OwnNetworkTests : IDisposable
{
    private static readonly string[] Endings = ["npz", "safetensors"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public static TheoryData<string, string> Files =>
    [
        .. from network in KnownNetworks.All
           where network.Name != "parity"
           from ending in Endings
           select (network.Example, ending),
    ];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public void Layers_readout_and_normalisation_come_back(string text, string ending)
    {
        string path = Path.Combine(_folder.FullName, $"model.{ending}");
        NetworkDefinition network = NetworkFile.Parse(text, "example");
        var scaling = new InputScaling(
            [.. Enumerable.Repeat(1e9, network.Inputs)], [.. Enumerable.Repeat(0.25, network.Inputs)]);
        string[] columns = [.. Enumerable.Range(0, network.Inputs).Select(input => $"x{input}")];
        NetworkConversion.Write(path, network, new NetworkData(columns, scaling, ["y"]));
        ImportedModel model = ModelFile.Read(path);
        Assert.Equal(scaling.Offset, model.Scaling!.Offset);
        Assert.Equal(scaling.Factor, model.Scaling.Factor);
        Assert.Equivalent(RecurrentLayer.Of(network), Assert.Single(model.Modules).Layers, strict: true);
        LinearReadout readout = LinearReadout.Of(network);
        DenseLayer dense = Assert.Single(model.DenseLayers);
        Assert.Equal(readout.Weights, dense.Weights);
        Assert.Equal(readout.Biases, dense.Biases);
        Assert.Equal(readout.IsTanh ? "tanh" : "", dense.Activation);
    }
}
