using LatchLab.Files;
using LatchLab.Models.Interchange.Readers.Arrays;
using LatchLab.Networks.Units;

namespace LatchLab.Models.Interchange.Readers.Keras;

/// <summary>
/// Reads the arrays of recurrent layers of Keras: a matrix has a row for each input and a column for each unit of a
/// gate, i f c o of an LSTM and z r h of a GRU; here the rows of PyTorch.
/// </summary>
/// <param name="findings">Receives errors and remarks.</param>
internal sealed class KerasLayers(ModelFindings findings)
{
    public const string Kernel = "kernel", Recurrent = "recurrent_kernel", Bias = "bias";

    private const string Tanh = "tanh", Sigmoid = "sigmoid";

    private static readonly string[] Dropouts = ["dropout", "recurrent_dropout"];

    private static readonly Dictionary<string, string> Units = new()
    {
        [Tanh] = KnownUnits.TanhName,
        ["relu"] = KnownUnits.ReluName,
        [Sigmoid] = KnownUnits.LogisticName,
    };

    /// <summary>Whether arrays are those of a recurrent layer.</summary>
    public static bool IsRecurrent(IReadOnlyDictionary<string, SourceTensor> arrays)
        => arrays.ContainsKey(Recurrent) && arrays.ContainsKey(Kernel);

    /// <summary>The layer, and what the file leaves open; null if it is refused.</summary>
    public (RecurrentLayer Layer, OpenChoice Open)? Read(
        string name, IReadOnlyDictionary<string, SourceTensor> arrays, KerasLayer? config)
    {
        SourceTensor kernel = arrays[Kernel], recurrent = arrays[Recurrent];
        SourceTensor? bias = arrays.GetValueOrDefault(Bias);
        int n = recurrent.Shape.ElementAtOrDefault(0), columns = recurrent.Shape.ElementAtOrDefault(1),
            gates = n > 0 && columns % n == 0 ? columns / n : 0, m = kernel.Shape.ElementAtOrDefault(0);
        if (recurrent.Shape.Length != 2 || gates is not (1 or 3 or 4) || m <= 0
            || !kernel.Shape.SequenceEqual([m, columns]))
        {
            findings.Refuse(name, $"has arrays of the shapes {kernel.FormatShape()} and {recurrent.FormatShape()}; " +
                "[m, 4·n] and [n, 4·n] of an LSTM, 3·n of a GRU or n of a SimpleRNN are needed");
            return null;
        }

        int biases = bias?.Shape.Aggregate(1, (count, size) => unchecked(count * size)) ?? 0;
        if (bias is not null && (bias.Count != biases || (biases != columns && (biases != 2 * columns || gates == 1))))
        {
            findings.Refuse(bias.Name, $"has the shape {bias.FormatShape()}; [{columns}] or [2, {columns}] is needed");
            return null;
        }

        bool isCudnn = biases == 2 * columns && bias!.Shape.Length == 1;
        double[] Order(double[] rows) => gates == 3 ? MoveSecondFirst(rows) : rows;
        double[] all = new double[2 * columns];
        if (bias is not null)
            findings.Read(bias).CopyTo(all, 0);
        var layer = new RecurrentLayer(
            gates switch { 4 => "LSTM", 3 => "GRU", _ => "RNN" }, n, m, Order(ReadRows(kernel, gates, isCudnn)),
            Order(ReadRows(recurrent, gates, isCudnn)), Order(all[..columns]), Order(all[columns..]))
        {
            ResetsBefore = gates == 3 && (bias is null ? config?.Find("reset_after") == "false" : biases == columns),
            Activations = gates == 1 ? [.. Enumerable.Repeat(FindUnit(name, config), n)] : [],
        };
        CheckSettings(name, config, gates);
        bool isReset = gates == 3 && bias is null && config?.Find("reset_after") is null;
        return (layer, isReset ? OpenChoice.Reset
            : gates == 1 && config is null ? OpenChoice.Activation : OpenChoice.None);
    }

    /// <summary>
    /// The rows of the gates. Layers for CuDNN have the rows of a gate, one after another, in the place of its columns
    /// (<c>_convert_rnn_weights</c> of Keras).
    /// </summary>
    private double[] ReadRows(SourceTensor tensor, int gates, bool isCudnn)
    {
        (int rows, int columns) = (tensor.Shape[0], tensor.Shape[1]);
        if (!isCudnn)
            return findings.Read(tensor with { Shape = [columns, rows], Strides = [1, columns] });
        int n = columns / gates;
        return findings.Read(tensor with { Shape = [gates, rows, n], Strides = [n, columns, 1] });
    }

    /// <summary>The functions that the configuration names; without one, they are those of PyTorch.</summary>
    private void CheckSettings(string name, KerasLayer? config, int gates)
    {
        if (config is null)
        {
            findings.Remark("the file does not name the functions of its layers: " +
                (gates > 1 ? "tanh and sigmoid are assumed" : "tanh is the default of Keras"));
            return;
        }

        Check(gates > 1, "activation", Tanh);
        Check(gates > 1, "recurrent_activation", Sigmoid);
        Check(true, "go_backwards", "false");
        if (Dropouts.Any(setting => config.Find(setting) is not (null or "0" or "0.0")))
            findings.Remark($"dropout of {Escape.Text(name)} is ignored: it acts in training only");

        void Check(bool matters, string setting, string expected)
        {
            string value = config.Find(setting) ?? expected;
            bool isBackward = setting == "go_backwards" && config.Wrapper == "Bidirectional";
            if (matters && value != expected && !isBackward)
                findings.Refuse(name, $"has {setting} {Escape.Text(value)}; {expected} is read");
        }
    }

    private string FindUnit(string name, KerasLayer? config)
    {
        string function = config?.Find("activation") ?? Tanh;
        if (Units.TryGetValue(function, out string? unit))
            return unit;
        findings.Refuse(name, $"has activation {Escape.Text(function)}; tanh, relu or sigmoid is read");
        return KnownUnits.TanhName;
    }

    /// <summary>From z r h to r z h.</summary>
    private static double[] MoveSecondFirst(double[] rows)
    {
        int size = rows.Length / 3;
        return [.. rows[size..(2 * size)], .. rows[..size], .. rows[(2 * size)..]];
    }
}
