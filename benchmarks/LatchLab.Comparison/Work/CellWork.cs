using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LatchLab.Dynamics;
using LatchLab.KernelTiming;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Comparison.Work;

/// <summary>
/// A workload of LSTM networks with one input and a linear readout: trials that are trained, each with its own
/// parameters, or one large network on many sequences, forward only.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Cells">n.</param>
/// <param name="Length">T.</param>
/// <param name="Records">Trials, or 1.</param>
/// <param name="Sequences">Sequences of a trial.</param>
internal sealed record CellWork(string Name, int Cells, int Length, int Records, int Sequences)
{
    /// <summary>The cost of a presentation is ½(y_T − d)².</summary>
    public const double Target = 0.8;

    private const int Repetitions = 9;

    /// <summary>All workloads.</summary>
    public static IReadOnlyList<CellWork> All { get; } =
    [
        .. new[] { 5, 8, 16 }.Select(n => new CellWork($"lstm-{n}", n, Length: 100, Records: 16, Sequences: 1)),
        new("shared-lstm", 512, Length: 50, Records: 1, Sequences: 64),
    ];

    /// <summary>The network.</summary>
    public CellNetwork<LstmCell> Network => new([new(Cells, inputs: 1)], 0, ReadoutKind.Linear, outputs: 1);

    /// <summary>The parameters of a trial.</summary>
    public double[] CreateParameters(int record)
        => CreateNumbers(record, Network.Parameters, size: 1.0 / Math.Sqrt(Cells));

    /// <summary>The inputs of a trial: [sequence][t].</summary>
    public double[] CreateInputs(int record) => CreateNumbers(Records + record, Sequences * Length, size: 1.0);

    /// <summary>
    /// Writes the file from which other implementations read the networks and inputs, and with which they compare their
    /// numbers: lines <c>name value</c>, an empty line, then for each trial its parameters, inputs, outputs (y_T, or
    /// the last hidden values of each sequence) and gradients as little-endian 64-bit numbers.
    /// </summary>
    public void WriteFile(string path)
    {
        double[][][] records = [.. Enumerable.Range(0, Records).Select(CreateRecord)];
        (string Name, int Value)[] header =
        [
            ("units", Cells), ("length", Length), ("records", Records), ("sequences", Sequences),
            ("parameters", records[0][0].Length), ("inputs", records[0][1].Length), ("outputs", records[0][2].Length),
            ("gradients", records[0][3].Length),
        ];
        using FileStream file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes(
            string.Concat(header.Select(line => FormattableString.Invariant($"{line.Name} {line.Value}\n"))) + "\n"));
        foreach (double[] numbers in records.SelectMany(record => record))
            file.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
    }

    /// <summary>Measures LatchLab: a line of JSON with the time per parameter, step and sequence.</summary>
    public string Measure(LaneKind lane)
    {
        Measurement measured = Sequences == 1 ? MeasureTraining(lane) : MeasureForward(lane);
        return JsonSerializer.Serialize(new
        {
            program = "LatchLab",
            work = Name,
            lane = lane.Name,
            minimum = Math.Round(measured.Minimum, 5),
            median = Math.Round(measured.Median, 5),
            repetitions = measured.Repetitions,
        });
    }

    private Measurement MeasureTraining(LaneKind lane)
    {
        var factory = new CellTrainingFactory(this);
        IPreparedWorkload prepared = lane.Accept(factory);
        return Measurement.Of(new(Name, factory.Trials * Length * Network.Parameters, _ => prepared), lane);
    }

    /// <summary>In CPU time, because a repetition is long and other load on the machine would count.</summary>
    private Measurement MeasureForward(LaneKind lane)
    {
        double[] parameters = CreateParameters(0);
        double[][][] inputs = CreateSequences();
        double operations = (double)parameters.Length * Length * Sequences;
        var nanoseconds = new List<double>();
        for (int repetition = -1; repetition < Repetitions; repetition++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            NetworkTrajectories.Run(Network, parameters, inputs, lanes: lane);
            if (repetition >= 0)
                nanoseconds.Add((Environment.CpuUsage.TotalTime - start).TotalNanoseconds / operations);
        }

        return Measurement.Of(nanoseconds);
    }

    private double[][] CreateRecord(int record)
    {
        double[] parameters = CreateParameters(record), inputs = CreateInputs(record);
        (double[] outputs, double[] gradients) = Sequences == 1
            ? Differentiate(parameters, inputs) : (RunForward(parameters), []);
        return [parameters, inputs, outputs, gradients];
    }

    private double[] RunForward(double[] parameters)
    {
        NetworkTrajectories trajectories = NetworkTrajectories.Run(Network, parameters, CreateSequences());
        double[] state = new double[trajectories.StateSize];
        var outputs = new List<double>();
        for (int i = 0; i < Sequences; i++)
        {
            trajectories.CopyState(i, Length, state);
            outputs.AddRange(state[..Cells]);
        }

        return [.. outputs];
    }

    private double[][][] CreateSequences()
        => [.. CreateInputs(0).Chunk(Length).Select(sequence => (double[][])[.. sequence.Select(u => (double[])[u])])];

    private (double[] Outputs, double[] Gradients) Differentiate(double[] parameters, double[] inputs)
    {
        var run = new BackpropagationThroughTime<Scalar, CellNetwork<LstmCell>>(Network, bundles: 1, Length);
        parameters.CopyTo(run.Parameters.Doubles);
        LaneMemory<Scalar> memory = new(Length), start = new(1), sign = new(1), error = new(1),
            gradients = new(parameters.Length);
        inputs.CopyTo(memory.Doubles);
        SequenceBatch<Scalar> sequence = CreateBatch(memory, start, sign, Length);
        run.Forward(sequence);
        double output = run.Output(Length, bundle: 0, output: 0).Value;
        error.Doubles[0] = output - Target;
        run.Backward<GradientDescent>(sequence, error.Slice(0, 1), gradients.Slice(0, gradients.Length));
        return ([output], gradients.Doubles.ToArray());
    }

    /// <summary>Sequences that all begin at the first step.</summary>
    public static SequenceBatch<TLane> CreateBatch<TLane>(
        LaneMemory<TLane> inputs, LaneMemory<TLane> starts, LaneMemory<TLane> signs, int length)
        where TLane : unmanaged, ILane<TLane>
        => new()
        {
            Inputs = inputs.Slice(0, inputs.Length),
            StartOffset = starts.Slice(0, starts.Length),
            ClassSign = signs.Slice(0, signs.Length),
            Length = length,
            EarliestStart = 0,
            LatestStart = 0,
        };

    private static double[] CreateNumbers(int seed, int count, double size)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => size * ((2.0 * random.NextDouble()) - 1.0))];
    }
}
