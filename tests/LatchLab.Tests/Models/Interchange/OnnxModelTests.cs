using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Models.Interchange;
using LatchLab.Models.Interchange.Readers;
using LatchLab.Networks;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Models.Interchange;

/// <summary>Graphs of ONNX as exporters write them, and what is refused.</summary>
public sealed class OnnxModelTests : IDisposable
{
    private static readonly double[] Weights = [1.0, 2.0];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public static TheoryData<string> Networks =>
    [
        .. KnownNetworks.All.Where(network => network.Name is not ("parity" or "latch" or "lstm-projected"))
            .Select(network => network.Example),
    ];

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The file has 32-bit numbers.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_that_LatchLab_converted_comes_back_in_32_bits(string text)
    {
        NetworkDefinition network = NetworkFile.Parse(text, "example");
        string path = Path.Combine(_folder.FullName, "model.onnx");
        var scaling = new InputScaling(
            [.. Enumerable.Repeat(1e9, network.Inputs)], [.. Enumerable.Repeat(0.25, network.Inputs)]);
        string[] columns = [.. Enumerable.Range(0, network.Inputs).Select(input => $"x{input}")];
        NetworkConversion.Write(path, network, new NetworkData(columns, scaling, ["y"]) { Length = 9, Delay = 2 });
        ImportedModel model = ModelFile.Read(path);
        Assert.StartsWith("LatchLab", model.Producer, StringComparison.Ordinal);
        Assert.Equal(scaling.Offset, model.Scaling!.Offset);
        Assert.Equal(scaling.Factor, model.Scaling.Factor);
        IReadOnlyList<RecurrentLayer> expected = RecurrentLayer.Of(network),
            layers = Assert.Single(model.Modules).Layers;
        Assert.Equal(expected.Count, layers.Count);
        foreach ((RecurrentLayer before, RecurrentLayer after) in expected.Zip(layers))
        {
            Assert.Equal((before.Operation, before.ResetsBefore), (after.Operation, after.ResetsBefore));
            Assert.Equal(before.Activations, after.Activations);
            Assert.Equal(Round(before.InputWeights), after.InputWeights);
            Assert.Equal(Round(before.RecurrentWeights), after.RecurrentWeights);
            Assert.Equal(Round(before.InputBiases), after.InputBiases);
            Assert.Equal(Round(before.RecurrentBiases), after.RecurrentBiases);
            Assert.Equal(Round(before.Peepholes ?? []), after.Peepholes ?? []);
            Assert.Equal(Round(before.InitialState ?? []), after.InitialState ?? []);
        }

        LinearReadout readout = LinearReadout.Of(network);
        DenseLayer dense = Assert.Single(model.DenseLayers);
        Assert.Equal(Round(readout.Weights), dense.Weights);
        Assert.Equal(Round(readout.Biases), dense.Biases);
        Assert.Equal(readout.IsTanh ? "tanh" : "", dense.Activation);
    }

    /// <summary>As PyTorch writes a module under an if: names repeat, and rows are sliced from one constant.</summary>
    [Fact]
    public void Weights_behind_other_nodes_in_the_graphs_of_a_branch_are_read()
    {
        var graph = new OnnxGraph();
        ProtobufMessage[] branches =
            [.. Weights.Select(weight => OnnxGraph.GraphAttribute("branch", CreateBranch(weight)))];
        graph.Node("If", [graph.Input("c", OnnxGraph.Float)], branches[0], RenameAttribute(branches[1]));
        ImportedModel model = ModelFile.Read(Write(graph));
        Assert.Equal(Weights, model.Modules.Select(module => module.Layers[0].InputWeights[0]));
        Assert.All(model.Modules, module => Assert.Equal([3.0, 5.0, 4.0], module.Layers[0].RecurrentWeights));
    }

    [Fact]
    public void What_a_node_does_not_share_with_the_common_form_is_refused_at_once()
    {
        var graph = new OnnxGraph();
        string[] names =
        [
            "x", graph.Constant([1.0, 2.0, 3.0, 4.0], 1, 4, 1), graph.Input("r", OnnxGraph.Float), "",
            graph.Integers(7),
        ];
        graph.Node(
            "LSTM", names, OnnxGraph.IntegerAttribute("layout", 1), OnnxGraph.IntegerAttribute("input_forget", 1),
            OnnxGraph.StringsAttribute("activations", "HardSigmoid", "Tanh", "Tanh"));
        ValidationException refused = Assert.Throws<ValidationException>(() => ModelFile.Read(Write(graph)));
        Assert.Equal(
            [
                "has input_forget 1; only 0 is read", "has layout 1; only 0, [step, sequence, value], is read",
                "has sequence_lens; export the model for sequences of equal length",
                "has the activations hardsigmoid, tanh, tanh; sigmoid, tanh, tanh are read",
                "reads R from an input, which is no constant: quantised or computed weights are not read; export the " +
                    "trained float32 model",
            ],
            refused.Errors.Select(error => error.Message));
    }

    [Fact]
    public void A_model_without_recurrent_nodes_is_refused_with_what_it_has()
    {
        var graph = new OnnxGraph();
        for (int i = 0; i < 3; i++)
            graph.Node("MatMul", ["x", "y"]);
        graph.Node("Scan", ["x"]);
        ValidationException refused = Assert.Throws<ValidationException>(() => ModelFile.Read(Write(graph)));
        Assert.Equal(
            "has no recurrent layer (RNN, LSTM or GRU): found MatMul ×3, Scan ×1; layers that Loop or Scan compute " +
                "step by step are not read",
            Assert.Single(refused.Errors).Message);
    }

    /// <summary>A GRU of one unit; all graphs use the same names.</summary>
    private static OnnxGraph CreateBranch(double weight)
    {
        var branch = new OnnxGraph();
        string rows = branch.Node("Slice", [branch.Constant([0.0, 5.0, 3.0, 4.0], 4, 1), branch.Integers(1),
            branch.Integers(int.MaxValue), branch.Integers(0)]);
        string column = branch.Node("Concat",
            [branch.Constant([weight], 1, 1), branch.Constant([weight, weight], 2, 1)],
            OnnxGraph.IntegerAttribute("axis", 0));
        branch.Node("GRU", ["x", branch.Node("Unsqueeze", [column, branch.Integers(0)]),
            branch.Node("Unsqueeze", [rows, branch.Integers(0)])]);
        return branch;
    }

    /// <summary>Attributes have different names: a later name replaces the earlier one.</summary>
    private static ProtobufMessage RenameAttribute(ProtobufMessage attribute) => attribute.Add(1, "else_branch");

    private static double[] Round(double[] values) => [.. values.Select(value => (double)(float)value)];

    private string Write(OnnxGraph graph)
    {
        string path = Path.Combine(_folder.FullName, "model.onnx");
        File.WriteAllBytes(path, graph.ToModel(("test", "1"), []));
        return path;
    }
}
