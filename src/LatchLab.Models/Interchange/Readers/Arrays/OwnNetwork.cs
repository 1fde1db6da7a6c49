using LatchLab.Networks;
using LatchLab.Tasks;

namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>
/// Reads a file of <see cref="NetworkConversion"/>: it contains the network file, which also says what its arrays leave
/// open, such as units, peepholes or the place of the reset gate.
/// </summary>
internal static class OwnNetwork
{
    /// <summary>Reads the network and compares it with the arrays.</summary>
    /// <param name="findings">Receives errors and remarks.</param>
    /// <param name="format">The format of the file.</param>
    /// <param name="text">The network file.</param>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The arrays of the file.</param>
    public static ImportedModel Read(
        ModelFindings findings, string format, string text, string path, IReadOnlyList<SourceTensor> tensors)
    {
        NetworkDefinition network = NetworkFile.Parse(
            text, $"{path}, {NetworkConversion.NetworkEntry}", out NetworkData? data);
        IReadOnlyList<RecurrentLayer> layers = RecurrentLayer.Of(network);
        if (layers.Count == 0)
        {
            findings.Refuse(
                "network", $"{network.Kind} has no recurrent layer in the common form; give an LSTM, GRU or RNN");
        }

        Compare(findings, NamedTensor.ListAll(network, data), tensors);
        findings.ThrowIfAny();
        LinearReadout readout = LinearReadout.Of(network);
        return new(
            format, NetworkConversion.Producer, [new("", layers)],
            [
                new("readout", readout.Outputs, layers[^1].Hidden, readout.Weights, readout.Biases)
                {
                    Activation = readout.IsTanh ? "tanh" : "",
                },
            ],
            [], findings.Remarks)
        {
            Scaling = data?.Scaling,
        };
    }

    private static void Compare(
        ModelFindings findings, IReadOnlyList<NamedTensor> expected, IReadOnlyList<SourceTensor> tensors)
    {
        Dictionary<string, SourceTensor> arrays
            = tensors.DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name);
        foreach (NamedTensor tensor in expected)
        {
            if (!arrays.TryGetValue(tensor.Name, out SourceTensor? array))
                findings.Refuse(tensor.Name, "is missing");
            else if (!array.Shape.SequenceEqual(tensor.Shape) || !findings.Read(array).SequenceEqual(tensor.Values))
                findings.Refuse(tensor.Name, $"differs from {NetworkConversion.NetworkEntry} in the file; remove one");
        }
    }
}
