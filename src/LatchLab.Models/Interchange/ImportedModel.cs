using LatchLab.Tasks;

namespace LatchLab.Models.Interchange;

/// <summary>
/// What a file of another program says of a model with recurrent layers: its arrays, in the common form of
/// <see cref="RecurrentLayer"/>, and what had to be assumed to read it.
/// </summary>
/// <param name="Format">The format, such as <c>safetensors</c> or <c>ONNX</c>.</param>
/// <param name="Producer">The program and version that wrote the file; empty if the file does not say.</param>
/// <param name="Modules">The recurrent modules, in the order of the file; at least one.</param>
/// <param name="DenseLayers">Affine maps of single values, in the order of the file; candidates of a readout.</param>
/// <param name="Embeddings">Matrices whose rows are vectors of symbols.</param>
/// <param name="Remarks">What was assumed, converted or ignored, one sentence each.</param>
public sealed record ImportedModel(
    string Format, string Producer, IReadOnlyList<RecurrentModule> Modules, IReadOnlyList<DenseLayer> DenseLayers,
    IReadOnlyList<NamedTensor> Embeddings, IReadOnlyList<string> Remarks)
{
    /// <summary>How the model normalises raw inputs before the first layer; null if it does not.</summary>
    public InputScaling? Scaling { get; init; }
}

/// <summary>Recurrent layers of one kind, each of which reads the hidden values of the one before it.</summary>
/// <param name="Name">Name in the file, such as <c>encoder.rnn</c>; may be empty.</param>
/// <param name="Layers">The layers, the first one first.</param>
public sealed record RecurrentModule(string Name, IReadOnlyList<RecurrentLayer> Layers)
{
    /// <summary>
    /// The layers that read the sequence from its end; empty unless the module is bidirectional. Each layer after the
    /// first then reads the hidden values of both directions.
    /// </summary>
    public IReadOnlyList<RecurrentLayer> ReverseLayers { get; init; } = [];

    /// <summary>
    /// What the file leaves open: the activation function of an RNN in files that hold only arrays, or the place of the
    /// reset gate.
    /// </summary>
    public OpenChoice Open { get; init; }
}

/// <summary>What a file does not say of a recurrent module.</summary>
public enum OpenChoice
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Whether the units of an RNN are tanh or ReLU.</summary>
    Activation,

    /// <summary>Whether the reset gate of a GRU multiplies before or after the recurrent weights.</summary>
    Reset,
}

/// <summary>An affine map of values, <c>y = R·h + c</c>.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="Outputs">k, the rows of R.</param>
/// <param name="Inputs">The columns of R.</param>
/// <param name="Weights">R, row by row.</param>
/// <param name="Biases">c; zeros if the file has none.</param>
public sealed record DenseLayer(string Name, int Outputs, int Inputs, double[] Weights, double[] Biases)
{
    /// <summary>The function of the outputs that the file names, such as <c>sigmoid</c>; empty for none.</summary>
    public string Activation { get; init; } = "";
}
