using LatchLab.Foundation;
using LatchLab.Models.Interchange;
using LatchLab.Models.Interchange.Readers;
using Xunit;

namespace LatchLab.Tests.Models.Interchange;

/// <summary>
/// Files in the layout of Keras 2 and 3, written with h5py. A kernel has 1 + 100·i + j in row i and column j, recurrent
/// weights 1000 more and biases 5000 more; those of a second layer begin at 2.
/// </summary>
public sealed class KerasFileTests
{
    [Fact]
    public void The_layers_of_a_sequential_model_are_one_module()
    {
        ImportedModel model = Read("sequential", "h5");
        Assert.Equal("Keras 2.15.0", model.Producer);
        RecurrentModule module = Assert.Single(model.Modules);
        Assert.Equal(("gru", 2, OpenChoice.None), (module.Name, module.Layers.Count, module.Open));
        RecurrentLayer layer = module.Layers[0];
        int[] columns = [2, 3, 0, 1, 4, 5]; // z r h in the file
        Assert.Equal(("GRU", 2, 3, false), (layer.Operation, layer.Units, layer.Inputs, layer.ResetsBefore));
        Assert.Equal(columns.SelectMany(j => Column(1, j, 3)), layer.InputWeights);
        Assert.Equal(columns.SelectMany(j => Column(1000, j, 2)), layer.RecurrentWeights);
        Assert.Equal(columns.Select(j => 5000.0 + j), layer.InputBiases);
        Assert.Equal(columns.Select(j => 5100.0 + j), layer.RecurrentBiases);
        DenseLayer dense = Assert.Single(model.DenseLayers);
        Assert.Equal(("dense", 2, 4, "softmax"), (dense.Name, dense.Outputs, dense.Inputs, dense.Activation));
        Assert.Equal([.. Column(7, 0, 4), .. Column(7, 1, 4)], dense.Weights);
        Assert.Equal([9.0, 10.0], dense.Biases);
    }

    [Fact]
    public void Both_directions_and_an_embedding_of_a_keras_archive_are_read()
    {
        ImportedModel model = Read("functional", "keras");
        Assert.Equal("Keras 3.5.0", model.Producer);
        Assert.Equal(["both", "last"], model.Modules.Select(module => module.Name));
        RecurrentLayer forward = Assert.Single(model.Modules[0].Layers),
            backward = Assert.Single(model.Modules[0].ReverseLayers);
        Assert.Equal(Enumerable.Range(0, 8).SelectMany(j => Column(1, j, 3)), forward.InputWeights);
        Assert.Equal(Enumerable.Range(0, 8).SelectMany(j => Column(2000, j, 2)), backward.RecurrentWeights);
        Assert.Equal(Enumerable.Range(0, 8).Select(j => 5000.0 + j), forward.InputBiases);
        Assert.Equal(new double[8], forward.RecurrentBiases);
        Assert.Equal(["relu", "relu", "relu"], Assert.Single(model.Modules[1].Layers).Activations);
        Assert.Equal(("symbols", 5), (Assert.Single(model.Embeddings).Name, model.Embeddings[0].Shape[0]));
        Assert.Equal(("head", ""), (Assert.Single(model.DenseLayers).Name, model.DenseLayers[0].Activation));
    }

    /// <summary>
    /// <c>_convert_rnn_weights</c> of Keras: the kernel of a gate is <c>kernel.T.reshape(kernel.shape, order='F')</c>,
    /// its recurrent one is transposed; both biases are kept.
    /// </summary>
    [Fact]
    public void Weights_without_a_configuration_are_told_apart_by_their_biases()
    {
        ImportedModel model = Read("weights", "h5");
        RecurrentLayer cudnn = model.Modules[0].Layers[0], gru = model.Modules[1].Layers[0];
        Assert.Equal(["cu_dnnlstm_1", "gru_2", "simple_rnn"], model.Modules.Select(module => module.Name));
        double[] gate = [1.0, 2.0, 101.0, 102.0, 201.0, 202.0], recurrent = [1000.0, 1001.0, 1100.0, 1101.0];
        double[] shifts = [0.0, 2.0, 4.0, 6.0];
        Assert.Equal(shifts.SelectMany(shift => gate.Select(value => value + shift)), cudnn.InputWeights);
        Assert.Equal(shifts.SelectMany(shift => recurrent.Select(value => value + shift)), cudnn.RecurrentWeights);
        Assert.Equal(Enumerable.Range(0, 8).Select(j => 5008.0 + j), cudnn.RecurrentBiases);
        Assert.True(gru.ResetsBefore);
        Assert.Equal(new double[6], gru.RecurrentBiases);
        Assert.Equal(
            [OpenChoice.None, OpenChoice.None, OpenChoice.Activation], model.Modules.Select(module => module.Open));
        Assert.Contains(
            "the file does not name the functions of its layers: tanh and sigmoid are assumed", model.Remarks);
    }

    [Fact]
    public void Other_functions_and_directions_are_refused_at_once()
    {
        ValidationException refused = Assert.Throws<ValidationException>(() => Read("hard-sigmoid", "h5"));
        Assert.Equal(
            [
                "lstm: has recurrent_activation hard_sigmoid; sigmoid is read",
                "lstm: has go_backwards true; false is read",
            ],
            refused.Errors.Select(error => (error with { Location = "" }).ToString()));
    }

    private static IEnumerable<double> Column(double first, int column, int rows)
        => Enumerable.Range(0, rows).Select(i => first + (100.0 * i) + column);

    private static ImportedModel Read(string name, string ending)
        => ModelFile.Read(TrainedNetworks.GetPath($"keras/{name}", ending));
}
