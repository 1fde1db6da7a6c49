using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace LatchLab.TorchPeer;

/// <summary>A workload file written by LatchLab (<c>LatchLab.Comparison/Work/WorkloadFile.cs</c>).</summary>
internal sealed class Workload
{
    private readonly Dictionary<string, string> _header;

    /// <summary>Reads a file: lines, an empty line, then numbers, one record per trial.</summary>
    public Workload(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int headerLength = bytes.AsSpan().IndexOf("\n\n"u8);
        _header = Encoding.ASCII.GetString(bytes, 0, headerLength).Split('\n').Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => words[1]);
        double[] numbers = MemoryMarshal.Cast<byte, double>(bytes.AsSpan(headerLength + 2)).ToArray();
        Tensor records = tensor(numbers).reshape(Trials, -1);
        InitialParameters = records[.., ..Parameters].t().contiguous();
        Tensor remainder = records[.., Parameters..];
        if (IsAfresh)
        {
            Deviation = remainder[.., 0].contiguous();
            return;
        }

        Tensor sequences = remainder.reshape(Trials, Sequences, 2 + Length);
        Signs = sequences[.., .., 0].t().contiguous();
        Lengths = sequences[.., .., 1].t().contiguous().to(ScalarType.Int64);
        Inputs = sequences[.., .., 2..].permute(1, 2, 0).contiguous();
    }

    public string Name => _header["work"];

    public bool IsLatch => _header["network"] == "latch";

    public bool IsAfresh => _header["afresh"] == "1";

    public int Units => (int)GetDouble("units");

    public int Parameters => (int)GetDouble("parameters");

    public int TrainableInputs => (int)GetDouble("trainable");

    public int Trials => (int)GetDouble("trials");

    public int Sequences => (int)GetDouble("sequences");

    public int Length => (int)GetDouble("length");

    public int Budget => (int)GetDouble("budget");

    public double Target => GetDouble("target");

    public double Rate => GetDouble("rate");

    public double CostThreshold => GetDouble("cost-threshold");

    /// <summary>[parameter][trial].</summary>
    public Tensor InitialParameters { get; }

    /// <summary>[trial]: the standard deviation of noise drawn afresh.</summary>
    public Tensor? Deviation { get; }

    /// <summary>[sequence][trial].</summary>
    public Tensor? Signs { get; }

    /// <summary>[sequence][trial].</summary>
    public Tensor? Lengths { get; }

    /// <summary>[sequence][t][trial].</summary>
    public Tensor? Inputs { get; }

    /// <summary>[trial]: the total steps of its sequences.</summary>
    public Tensor Steps => Lengths is null
        ? full(Trials, Sequences * Length, ScalarType.Int64) : Lengths.sum(dim: 0);

    private double GetDouble(string name) => double.Parse(_header[name], CultureInfo.InvariantCulture);
}
