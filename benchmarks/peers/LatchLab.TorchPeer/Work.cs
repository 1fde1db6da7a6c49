using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace LatchLab.TorchPeer;

/// <summary>A workload file written by LatchLab (<c>LatchLab.Comparison/Work/WorkloadFile.cs</c>).</summary>
internal sealed class Work
{
    private readonly Dictionary<string, string> header;

    /// <summary>Reads a file: lines, an empty line, then numbers, one record per trial.</summary>
    public Work(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int end = bytes.AsSpan().IndexOf("\n\n"u8);
        header = Encoding.ASCII.GetString(bytes, 0, end).Split('\n').Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => words[1]);
        double[] numbers = MemoryMarshal.Cast<byte, double>(bytes.AsSpan(end + 2)).ToArray();
        Tensor records = tensor(numbers).reshape(Trials, -1);
        Start = records[.., ..Parameters].t().contiguous();
        Tensor rest = records[.., Parameters..];
        if (IsAfresh)
        {
            Deviation = rest[.., 0].contiguous();
            return;
        }

        Tensor sequences = rest.reshape(Trials, Sequences, 2 + Length);
        Signs = sequences[.., .., 0].t().contiguous();
        Lengths = sequences[.., .., 1].t().contiguous().to(ScalarType.Int64);
        Inputs = sequences[.., .., 2..].permute(1, 2, 0).contiguous();
    }

    public string Name => header["work"];

    public bool IsLatch => header["network"] == "latch";

    public bool IsAfresh => header["afresh"] == "1";

    public int Units => (int)Number("units");

    public int Parameters => (int)Number("parameters");

    public int TrainableInputs => (int)Number("trainable");

    public int Trials => (int)Number("trials");

    public int Sequences => (int)Number("sequences");

    public int Length => (int)Number("length");

    public int Budget => (int)Number("budget");

    public double Target => Number("target");

    public double Rate => Number("rate");

    public double CostThreshold => Number("cost-threshold");

    /// <summary>[parameter][trial].</summary>
    public Tensor Start { get; }

    /// <summary>[trial]: the standard deviation of noise drawn afresh.</summary>
    public Tensor? Deviation { get; }

    /// <summary>[sequence][trial].</summary>
    public Tensor? Signs { get; }

    /// <summary>[sequence][trial].</summary>
    public Tensor? Lengths { get; }

    /// <summary>[sequence][t][trial].</summary>
    public Tensor? Inputs { get; }

    /// <summary>[trial]: the steps of all its sequences.</summary>
    public Tensor Steps => Lengths is null
        ? full(Trials, Sequences * Length, ScalarType.Int64) : Lengths.sum(dim: 0);

    private double Number(string name) => double.Parse(header[name], CultureInfo.InvariantCulture);
}
