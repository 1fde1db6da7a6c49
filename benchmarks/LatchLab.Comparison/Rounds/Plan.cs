using LatchLab.Comparison.Contestants;
using LatchLab.Comparison.Work;
using LatchLab.Numerics;

namespace LatchLab.Comparison.Rounds;

/// <summary>Who is compared with whom on what. Contestants come from here and from nowhere else.</summary>
internal sealed class Plan
{
    /// <summary>Names of the sections.</summary>
    public const string Latch = "latch", FiveUnits = "five-units", Tangents = "tanh", TrainingLatch = "training-latch",
        TrainingTwoSequence = "training-two-sequence", Annealing = "annealing-parity", Figure = "figure-2a",
        ScalingLength = "scaling-length", ScalingUnits = "scaling-units", ScalingRuns = "scaling-runs";

    /// <summary>Labels of rows that more than one table has.</summary>
    public const string ArithmeticLabel = "arithmetic limit", LimitLabel = "the limit: C++ by hand, AVX-512",
        PlainLabel = "plain C++, std::tanh", PyTorchLabel = "PyTorch", TorchSharpLabel = "TorchSharp",
        KernelLabel = "LatchLab's kernel alone";

    // The mean length of the sequences of a training: uniform from T/2 to T.
    private const int MeanLength = 38;

    private readonly DotNetProject kernels = new("LatchLab", "LatchLab.Benchmarks", ProgramVersion.Text);
    private readonly DotNetProject own = new("LatchLab", "LatchLab.Comparison", ProgramVersion.Text, isBuilt: true);
    private readonly Compiled limit = new("limit", "limit/limit.cpp", needsWideVectors: true);
    private readonly Compiled plain = new("plain C++", "peers/plain/plain.cpp", needsWideVectors: false);
    private readonly PyTorch pyTorch = new();
    private readonly TorchSharp torchSharp = new();

    /// <summary>Everybody who may have to be built.</summary>
    public IReadOnlyList<Contestant> Contestants => [kernels, own, limit, plain, pyTorch, torchSharp];

    /// <summary>Every work.</summary>
    public IReadOnlyList<Section> Sections =>
    [
        Network(Latch, "Kernel: the latching neuron, T = 100, three trainable inputs", "latch"),
        Network(FiveUnits, "Kernel: five fully connected units, T = 100", "fully-connected"),
        Kernel(Tangents, "Kernel: hyperbolic tangents of independent numbers") with
        {
            Note = "Nanoseconds of a tangent; 2,048 arguments in the first cache.",
        },
        Training(TrainingLatch, "Training to the rule: Latch, 1,024 trials", [$"{MeanLength}", "1", "1"]),
        Training(TrainingTwoSequence, "Training to the rule: 2-Sequence, 1,024 trials", [$"{MeanLength}", "5", "0"]),
        Whole(Annealing, "Annealing: Parity, forward only", "anneal", withTorchSharp: false),
        Whole(Figure, "Figure 2(a), Gaussian noise drawn afresh at every presentation", "train", withTorchSharp: true),
        Lengths(),
        Units(),
        Runs(),
    ];

    /// <summary>The row of LatchLab with lanes of a kind.</summary>
    public static string LaneLabel(LaneKind lane)
        => lane == LaneKind.Scalar ? "LatchLab, scalar" : $"LatchLab, {lane.Name}-bit lanes";

    /// <summary>LatchLab at its best on this machine: what the others are compared with.</summary>
    public static string WidestLabel => LaneLabel(LaneKind.Widest);

    /// <summary>The file of a whole run.</summary>
    public static string WorkPath(string run) => Path.Combine(Folders.Benchmarks, "artifacts", $"{run}.work");

    private static IEnumerable<LaneKind> Lanes => [LaneKind.Wide512, LaneKind.Wide256, LaneKind.Scalar];

    private static string Widest => LaneKind.Widest.Name;

    private Section Network(string name, string title, string plainName)
    {
        Section kernel = Kernel(name, title);
        return kernel with
        {
            Entries =
            [
                .. kernel.Entries,
                new(plain, PlainLabel, "kernel", plainName),
                new(pyTorch, PyTorchLabel, PyTorch.Script("kernel.py"), name) { KeepsBest = true },
                new(torchSharp, TorchSharpLabel, "kernel", name) { KeepsBest = true },
            ],
            Note = "One on-line presentation: forward, cost ½(x_T − 0.8)², back-propagation through time, update. " +
                "PyTorch and TorchSharp at their own best batch size and way of writing the network.",
        };
    }

    private Section Kernel(string name, string title)
    {
        KernelCost cost = KernelCost.Known[name];
        return new(
            name,
            title,
            WidestLabel,
            [
                new(limit, ArithmeticLabel, "machine")
                {
                    Remark = $"computed: {cost.Description}",
                    Read = line => MachineSpeed.Read(line) is { } speed
                        ? new() { Minimum = cost.Limit(speed), Median = cost.Limit(speed), Speed = speed }
                        : null,
                },
                new(limit, LimitLabel, name),
                .. Lanes.Select(lane => new Entry(kernels, LaneLabel(lane), "kernel", name, "--lane", lane.Name)),
            ]);
    }

    private Section Training(string name, string title, string[] kernel)
    {
        Section whole = Whole(name, title, "train", withTorchSharp: true);
        return whole with
        {
            Entries = [.. whole.Entries, new(own, KernelLabel, ["kernel", Widest, .. kernel])],
        };
    }

    private Section Whole(string name, string title, string command, bool withTorchSharp)
        => new(
            name,
            title,
            WidestLabel,
            [
                .. Lanes.Select(lane => new Entry(own, LaneLabel(lane), "run", name, lane.Name)),
                new(plain, PlainLabel, command, WorkPath(name)),
                new(pyTorch, PyTorchLabel, PyTorch.Script($"{command}.py"), WorkPath(name)) { OnlyFirstRound = true },
                .. withTorchSharp
                    ? [new Entry(torchSharp, TorchSharpLabel, command, WorkPath(name)) { OnlyFirstRound = true }]
                    : (Entry[])[],
            ])
        {
            IsWholeRun = true,
            Note = WholeRun.Known.Single(run => run.Name == name).Note,
        };

    private Section Lengths()
    {
        string[] lengths = ["100", "1000"];
        return new(
            ScalingLength,
            "Scaling: T ×10",
            "",
            [
                .. lengths.SelectMany(t => new Entry[]
                {
                    new(own, $"LatchLab, latch, T = {t}", "kernel", Widest, t, "1", "3"),
                    new(own, $"LatchLab, five units, T = {t}", "kernel", Widest, t, "5", "0"),
                    new(plain, $"plain C++, latch, T = {t}", "kernel", "latch", t),
                    new(plain, $"plain C++, five units, T = {t}", "kernel", "fully-connected", t),
                    new(pyTorch, $"PyTorch, latch, batch 4,096, T = {t}",
                        PyTorch.Script("kernel.py"), "latch", "--length", t, "--batch", "4096", "--way", "eager")
                    {
                        OnlyFirstRound = true,
                    },
                }).Select(entry => entry with { To = entry.Label.Replace("1000", "100", StringComparison.Ordinal) })
                    .OrderBy(entry => entry.To, StringComparer.Ordinal),
            ])
        {
            Note = "The kernels, on one core. Ratio: to the same program at T = 100.",
        };
    }

    private Section Units()
    {
        string[] sizes = ["5", "10", "20", "40"];
        return new(
            ScalingUnits,
            "Scaling: units ×2, ×4, ×8",
            "",
            [
                .. sizes.Select(n => new Entry(own, $"LatchLab, {n} units", "kernel", Widest, "100", n, "0")
                {
                    To = "LatchLab, 5 units",
                }),
                .. sizes.Select(n => new Entry(plain, $"plain C++, {n} units", "kernel", "fully-connected", "100", n)
                {
                    To = "plain C++, 5 units",
                }),
                .. sizes.Select(n => new Entry(
                    pyTorch,
                    $"PyTorch, batch 256, {n} units",
                    PyTorch.Script("kernel.py"), "five-units", "--units", n, "--batch", "256", "--way", "baddbmm")
                {
                    To = "PyTorch, batch 256, 5 units",
                    OnlyFirstRound = true,
                }),
            ])
        {
            Note = "Fully connected, T = 100, one core. A unit-step of n units has n products each way and one tanh. " +
                "Ratio: to the same program with 5 units.",
        };
    }

    private Section Runs()
    {
        const string many = "10240", few = "1024";
        return new(
            ScalingRuns,
            "Scaling: trials ×10, threads ×2",
            "",
            [
                .. from run in new[] { TrainingLatch, TrainingTwoSequence }
                   from entry in new Entry[]
                   {
                       new(own, RunLabel(run, few, "1"), "run", run, Widest, few, "1"),
                       new(own, RunLabel(run, many, "1"), "run", run, Widest, many, "1"),
                       new(own, RunLabel(run, many, "2"), "run", run, Widest, many, "2") { Cores = 2 },
                   }
                   select entry.Cores == 1
                       ? entry with { To = RunLabel(run, few, "1") }
                       : entry with
                       {
                           To = RunLabel(run, many, "1"),
                           BySeconds = true,
                           Remark = "ratio: seconds by the clock, to the same trials on one thread",
                       },
            ])
        {
            Note = "Whole training runs of LatchLab. Ratio: on one thread of a unit-step, to 1,024 trials; on two " +
                "threads of the seconds by the clock, to one thread.",
        };
    }

    /// <summary>A row of whole training runs.</summary>
    public static string RunLabel(string run, string trials, string threads)
        => $"{run}, {trials} trials, {(threads == "1" ? "one thread" : "two threads")}";
}
