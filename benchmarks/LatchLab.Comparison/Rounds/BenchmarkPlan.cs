using LatchLab.Comparison.Implementations;
using LatchLab.Comparison.Work;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Comparison.Rounds;

/// <summary>The list of all workloads and of all implementations measured on them.</summary>
internal sealed class BenchmarkPlan
{
    /// <summary>The names of the sections.</summary>
    public const string Latch = "latch", FiveUnits = "five-units", Parity = "parity", Tangents = "tanh",
        TrainingLatch = "training-latch",
        TrainingTwoSequence = "training-two-sequence", Annealing = "annealing-parity", Figure2a = "figure-2a",
        ScalingLength = "scaling-length", ScalingUnits = "scaling-units", ScalingRuns = "scaling-runs",
        SharedLstm = "shared-lstm";

    /// <summary>The labels of rows that occur in several tables.</summary>
    public const string ArithmeticLabel = "arithmetic limit", LimitLabel = "the limit: C++ by hand, AVX-512",
        PlainLabel = "plain C++, std::tanh", PyTorchLabel = "PyTorch", TorchSharpLabel = "TorchSharp",
        KernelLabel = "LatchLab's kernel alone", SharedPyTorchLabel = "PyTorch, nn.LSTM, shared parameters",
        OpenBlasLabel = "C++: dgemm of OpenBLAS, gates by hand";

    // The mean length of the training sequences, which is uniform from T/2 to T.
    private const int MeanLength = 38;

    private readonly DotNetProject _kernels = new("LatchLab", "LatchLab.Benchmarks", ProgramVersion.Text);
    private readonly DotNetProject _latchLab = new("LatchLab", "LatchLab.Comparison", ProgramVersion.Text,
        isBuilt: true);
    private readonly CompiledProgram _limit = new("limit", "limit/limit.cpp", needsAvx512: true);
    private readonly CompiledProgram _plain = new("plain C++", "peers/plain/plain.cpp", needsAvx512: false);
    private readonly CompiledProgram _openBlas = new(
        "OpenBLAS", "peers/openblas/lstm.cpp", needsAvx512: true, ["openblas"],
        ["OPENBLAS_NUM_THREADS=1", "OPENBLAS_CORETYPE=SkylakeX"]);
    private readonly PyTorch _pyTorch = new();
    private readonly TorchSharp _torchSharp = new();

    /// <summary>All implementations.</summary>
    public IReadOnlyList<Implementation> Implementations
        => [_kernels, _latchLab, _limit, _plain, _openBlas, _pyTorch, _torchSharp];

    /// <summary>All sections.</summary>
    public IReadOnlyList<BenchmarkSection> Sections =>
    [
        CreateNetworkSection(Latch, "Kernel: the latching neuron, T = 100, three trainable inputs", "latch"),
        CreateNetworkSection(FiveUnits, "Kernel: five fully connected units, T = 100", "fully-connected"),
        CreateNetworkSection(Parity, "Kernel: the Parity network, T = 100", "parity"),
        CreateKernelSection(Tangents, "Kernel: hyperbolic tangents of independent numbers") with
        {
            Note = "Nanoseconds per tangent; 2,048 arguments in the L1 cache.",
        },
        .. LstmSizes.Select(CreateCellSection),
        CreateSharedSection(),
        CreateTrainingSection(TrainingLatch, "Training to the rule: Latch, 1,024 trials", [$"{MeanLength}", "1", "1"]),
        CreateTrainingSection(TrainingTwoSequence, "Training to the rule: 2-Sequence, 1,024 trials",
            [$"{MeanLength}", "5", "0"]),
        CreateEndToEndSection(Annealing, "Annealing: Parity, forward only", "anneal", withTorchSharp: false),
        CreateEndToEndSection(Figure2a, "Figure 2(a), Gaussian noise drawn afresh at every presentation", "train",
            withTorchSharp: true),
        CreateLengthSection(),
        CreateUnitSection(),
        CreateRunSection(),
    ];

    /// <summary>The label of LatchLab with lanes of a kind.</summary>
    public static string FormatLaneLabel(LaneKind lane)
        => lane == LaneKind.Scalar ? "LatchLab, scalar" : $"LatchLab, {lane.Name}-bit lanes";

    /// <summary>The label of LatchLab with the widest lanes of this machine, the baseline of the ratios.</summary>
    public static string WidestLabel => FormatLaneLabel(LaneKind.Widest);

    /// <summary>n of the LSTM networks.</summary>
    public static IReadOnlyList<int> LstmSizes { get; } = [5, 8, 16];

    /// <summary>The name of the section of an LSTM.</summary>
    public static string FormatLstm(int cells) => $"lstm-{cells}";

    /// <summary>The path of a whole run's workload file.</summary>
    public static string GetWorkloadPath(string run)
        => Path.Combine(RepositoryFolders.Benchmarks, "artifacts", $"{run}.work");

    private static IEnumerable<LaneKind> Lanes => [LaneKind.Wide512, LaneKind.Wide256, LaneKind.Scalar];

    private static string WidestLaneName => LaneKind.Widest.Name;

    private BenchmarkSection CreateNetworkSection(string name, string title, string plainName)
    {
        BenchmarkSection kernel = CreateKernelSection(name, title);
        return kernel with
        {
            Entries =
            [
                .. kernel.Entries,
                new(_plain, PlainLabel, "kernel", plainName),
                new(_pyTorch, PyTorchLabel, PyTorch.GetScriptPath("kernel.py"), name) { ReusesBestVariant = true },
                new(_torchSharp, TorchSharpLabel, "kernel", name) { ReusesBestVariant = true },
            ],
            Note = "One on-line presentation: forward, cost ½(x_T − 0.8)², back-propagation through time, update. " +
                "PyTorch and TorchSharp use their fastest batch size and variant of the network.",
        };
    }

    private BenchmarkSection CreateKernelSection(string name, string title)
    {
        KernelOperationCount cost = KernelOperationCount.ByName[name];
        return new(
            name,
            title,
            WidestLabel,
            [
                new(_limit, ArithmeticLabel, "machine")
                {
                    Remark = cost.Description,
                    Read = line => MachineSpeed.TryRead(line) is { } speed
                        && speed.Kernels.TryGetValue(name, out ArithmeticLimit? limit)
                        ? new() { Minimum = limit.Total, Median = limit.Total, Speed = speed }
                        : null,
                },
                new(_limit, LimitLabel, name),
                .. Lanes.Select(
                    lane => new BenchmarkEntry(_kernels, FormatLaneLabel(lane), "kernel", name, "--lane", lane.Name)),
            ]);
    }

    private BenchmarkSection CreateCellSection(int cells)
    {
        string name = FormatLstm(cells), file = GetWorkloadPath(name);
        return new(
            name,
            $"Kernel: an LSTM of {cells} cells, T = 100",
            WidestLabel,
            [
                new(_limit, LimitLabel, "lstm", file),
                .. Lanes.Select(lane => new BenchmarkEntry(_latchLab, FormatLaneLabel(lane), "cells", name, lane.Name)),
                new(_pyTorch, PyTorchLabel, PyTorch.GetScriptPath("cells.py"), "own", file)
                {
                    ReusesBestVariant = true,
                },
                new(_pyTorch, SharedPyTorchLabel, PyTorch.GetScriptPath("cells.py"), "shared", file)
                {
                    ReusesBestVariant = true,
                    Remark = "less work: one network for all trials",
                },
            ])
        {
            Note = "One on-line presentation, one input, a linear readout: nanoseconds per parameter-step (one " +
                "parameter, one time step, one trial). PyTorch uses its fastest batch size and variant.",
        };
    }

    private BenchmarkSection CreateSharedSection()
    {
        string file = GetWorkloadPath(SharedLstm);
        return new(
            SharedLstm,
            "Forward: one LSTM of 512 cells on 64 sequences of 50 steps",
            WidestLabel,
            [
                .. Lanes.Select(lane => new BenchmarkEntry(
                    _latchLab, FormatLaneLabel(lane), "cells", SharedLstm, lane.Name)),
                new(_openBlas, OpenBlasLabel, file),
                new(_pyTorch, PyTorchLabel, PyTorch.GetScriptPath("cells.py"), "forward", file),
            ])
        {
            Note = "CPU time, in nanoseconds per parameter, step and sequence; the states of all steps are kept.",
        };
    }

    private BenchmarkSection CreateTrainingSection(string name, string title, string[] kernel)
    {
        BenchmarkSection whole = CreateEndToEndSection(name, title, "train", withTorchSharp: true);
        return whole with
        {
            Entries = [.. whole.Entries, new(_latchLab, KernelLabel, ["kernel", WidestLaneName, .. kernel])],
        };
    }

    private BenchmarkSection CreateEndToEndSection(string name, string title, string command, bool withTorchSharp)
        => new(
            name,
            title,
            WidestLabel,
            [
                .. Lanes.Select(lane => new BenchmarkEntry(_latchLab, FormatLaneLabel(lane), "run", name, lane.Name)),
                new(_plain, PlainLabel, command, GetWorkloadPath(name)),
                new(_pyTorch, PyTorchLabel, PyTorch.GetScriptPath($"{command}.py"),
                    GetWorkloadPath(name)) { IsFirstRoundOnly = true },
                .. withTorchSharp
                    ? [new BenchmarkEntry(_torchSharp, TorchSharpLabel, command,
                        GetWorkloadPath(name)) { IsFirstRoundOnly = true }]
                    : (BenchmarkEntry[])[],
            ])
        {
            IsWholeRun = true,
            Note = EndToEndRun.All.Single(run => run.Name == name).Note,
        };

    private BenchmarkSection CreateLengthSection()
    {
        string[] lengths = ["100", "1000"];
        return new(
            ScalingLength,
            "Scaling: T ×10",
            "",
            [
                .. lengths.SelectMany(t => new BenchmarkEntry[]
                {
                    new(_latchLab, $"LatchLab, latch, T = {t}", "kernel", WidestLaneName, t, "1", "3"),
                    new(_latchLab, $"LatchLab, five units, T = {t}", "kernel", WidestLaneName, t, "5", "0"),
                    new(_plain, $"plain C++, latch, T = {t}", "kernel", "latch", t),
                    new(_plain, $"plain C++, five units, T = {t}", "kernel", "fully-connected", t),
                    new(_pyTorch, $"PyTorch, latch, batch 4,096, T = {t}",
                        PyTorch.GetScriptPath("kernel.py"), "latch", "--length", t, "--batch", "4096", "--variant",
                        "eager")
                    {
                        IsFirstRoundOnly = true,
                    },
                }).Select(
                    entry =>
                        entry with { BaselineLabel = entry.Label.Replace("1000", "100", StringComparison.Ordinal) })
                    .OrderBy(entry => entry.BaselineLabel, StringComparer.Ordinal),
            ])
        {
            Note = "The kernels on one core. The ratio is relative to the same program at T = 100.",
        };
    }

    private BenchmarkSection CreateUnitSection()
    {
        string[] sizes = ["5", "10", "20", "40"];
        return new(
            ScalingUnits,
            "Scaling: units ×2, ×4, ×8",
            "",
            [
                .. sizes.Select(
                    n => new BenchmarkEntry(_latchLab, $"LatchLab, {n} units", "kernel", WidestLaneName, "100", n, "0")
                {
                    BaselineLabel = "LatchLab, 5 units",
                }),
                .. sizes.Select(
                    n => new BenchmarkEntry(_plain, $"plain C++, {n} units", "kernel", "fully-connected", "100", n)
                {
                    BaselineLabel = "plain C++, 5 units",
                }),
                .. sizes.Select(n => new BenchmarkEntry(
                    _pyTorch,
                    $"PyTorch, batch 256, {n} units",
                    PyTorch.GetScriptPath("kernel.py"), "five-units", "--units", n, "--batch", "256", "--variant",
                    "baddbmm")
                {
                    BaselineLabel = "PyTorch, batch 256, 5 units",
                    IsFirstRoundOnly = true,
                }),
            ])
        {
            Note = "Fully connected, T = 100, one core. A unit-step of n units has n products in each pass and one " +
                "tanh. The ratio is relative to the same program with 5 units.",
        };
    }

    private BenchmarkSection CreateRunSection()
    {
        const string many = "10240", few = "1024";
        return new(
            ScalingRuns,
            "Scaling: trials ×10, threads ×2",
            "",
            [
                .. from run in new[] { TrainingLatch, TrainingTwoSequence }
                   from entry in new BenchmarkEntry[]
                   {
                       new(_latchLab, FormatRunLabel(run, few, "1"), "run", run, WidestLaneName, few, "1"),
                       new(_latchLab, FormatRunLabel(run, many, "1"), "run", run, WidestLaneName, many, "1"),
                       new(_latchLab, FormatRunLabel(run, many, "2"), "run", run, WidestLaneName, many,
                           "2") { Cores = 2 },
                   }
                   select entry.Cores == 1
                       ? entry with { BaselineLabel = FormatRunLabel(run, few, "1") }
                       : entry with
                       {
                           BaselineLabel = FormatRunLabel(run, many, "1"),
                           UsesWallClock = true,
                           Remark = "ratio of wall-clock seconds to the same trials on one thread",
                       },
            ])
        {
            Note = "Whole training runs of LatchLab. The ratio on one thread is that of the time of a unit-step to " +
                "1,024 trials; on two threads, that of the wall-clock seconds to one thread.",
        };
    }

    /// <summary>The label of a whole training run.</summary>
    public static string FormatRunLabel(string run, string trials, string threads)
        => $"{run}, {trials} trials, {(threads == "1" ? "one thread" : "two threads")}";
}
