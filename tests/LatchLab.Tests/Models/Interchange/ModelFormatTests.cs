using LatchLab.Models.Interchange;
using LatchLab.Models.Interchange.Readers;
using Xunit;

namespace LatchLab.Tests.Models.Interchange;

/// <summary>The same network has the same bits in every format.</summary>
public sealed class ModelFormatTests
{
    private static readonly Dictionary<string, string> Operations = new()
    {
        ["lstm"] = "LSTM",
        ["gru"] = "GRU",
        ["rnn"] = "RNN",
    };

    public static TheoryData<string, string> NamedFiles => [.. TrainedNetworks.Files(TrainedNetworks.NamedFormats)];

    public static TheoryData<string, string> OnnxFiles
        => [.. TrainedNetworks.Files("onnx", "onnx11.onnx", "onnx14_dyn.onnx")];

    [Theory]
    [MemberData(nameof(NamedFiles))]
    public void Arrays_with_the_names_of_PyTorch_are_read_bit_for_bit(string name, string ending)
    {
        ImportedModel model = ModelFile.Read(TrainedNetworks.GetPath(name, ending));
        AssertSameBits(name, model);
        RecurrentModule module = Assert.Single(model.Modules);
        Assert.Equal("rnn", module.Name);
        bool saysActivation = ending is "module.pt" or "trace.pt" or "script.pt";
        bool isRnn = module.Layers[0].Operation == "RNN";
        Assert.Equal(isRnn && !saysActivation ? OpenChoice.Activation : OpenChoice.None, module.Open);
        if (isRnn && saysActivation)
        {
            string unit = name.Contains("relu", StringComparison.Ordinal) ? "relu" : "tanh";
            Assert.All(module.Layers.Concat(module.ReverseLayers),
                layer => Assert.Equal(Enumerable.Repeat(unit, 5), layer.Activations));
        }

        Assert.Contains("numbers of float32 were widened to 64 bits, exactly", model.Remarks);
    }

    [Theory]
    [MemberData(nameof(OnnxFiles))]
    public void Nodes_of_ONNX_are_read_bit_for_bit(string name, string ending)
    {
        ImportedModel model = ModelFile.Read(TrainedNetworks.GetPath(name, ending));
        AssertSameBits(name, model);
        RecurrentModule module = Assert.Single(model.Modules);
        Assert.Equal(OpenChoice.None, module.Open);
        string unit = name.Contains("relu", StringComparison.Ordinal) ? "relu" : "tanh";
        Assert.All(module.Layers.Concat(module.ReverseLayers), layer => Assert.Equal(
            layer.Operation == "RNN" ? Enumerable.Repeat(unit, layer.Units) : [], layer.Activations));
        Assert.StartsWith("ONNX opset 1", model.Format, StringComparison.Ordinal);
        Assert.StartsWith("pytorch 1.13", model.Producer, StringComparison.Ordinal);
    }

    private static void AssertSameBits(string name, ImportedModel model)
    {
        Dictionary<string, double[]> arrays = TrainedNetworks.ReadArrays(name);
        RecurrentModule module = Assert.Single(model.Modules);
        string kind = name.Split('/').First(part => part is not "formats")[..4].Split('_', '-')[0];
        Assert.Equal(arrays.Keys.Count(key => key.Contains("weight_hh", StringComparison.Ordinal)),
            module.Layers.Count + module.ReverseLayers.Count);
        foreach ((int index, RecurrentLayer layer) in module.Layers.Index())
            AssertSameBits(arrays, $"_l{index}", layer, Operations[kind]);
        foreach ((int index, RecurrentLayer layer) in module.ReverseLayers.Index())
            AssertSameBits(arrays, $"_l{index}_reverse", layer, Operations[kind]);
        DenseLayer readout = Assert.Single(model.DenseLayers);
        Assert.Equal(arrays["readout.weight"], readout.Weights);
        Assert.Equal(arrays["readout.bias"], readout.Biases);
        Assert.Empty(model.Embeddings);
    }

    private static void AssertSameBits(
        Dictionary<string, double[]> arrays, string suffix, RecurrentLayer layer, string operation)
    {
        double[]? Find(string kind) => arrays.GetValueOrDefault($"rnn.{kind}{suffix}");
        Assert.Equal(operation, layer.Operation);
        Assert.Equal(Find("weight_ih"), layer.InputWeights);
        Assert.Equal(Find("weight_hh"), layer.RecurrentWeights);
        Assert.Equal(Find("weight_hr"), layer.Projection);
        double[] zeros = new double[layer.InputWeights.Length / layer.Inputs];
        Assert.Equal(Find("bias_ih") ?? zeros, layer.InputBiases);
        Assert.Equal(Find("bias_hh") ?? zeros, layer.RecurrentBiases);
        Assert.Null(layer.InitialState);
    }
}
