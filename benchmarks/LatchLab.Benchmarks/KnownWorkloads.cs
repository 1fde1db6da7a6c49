using LatchLab.KernelTiming;
using LatchLab.Tasks;

namespace LatchLab.Benchmarks;

/// <summary>The workloads that can be measured by name.</summary>
internal static class KnownWorkloads
{
    /// <summary>The numbers in a stream: arguments and results fit in the L1 cache.</summary>
    public const int StreamLength = 2048;

    /// <summary>Presentations in a whole run: so many that drawing the frozen noise once is negligible.</summary>
    public const int Presentations = 2000;

    /// <summary>Unit-steps of the latch.</summary>
    public const int LatchUnitSteps = Workload.TrialCount * Workload.Length;

    /// <summary>Unit-steps of five fully connected units.</summary>
    public const int FullyConnectedUnitSteps = 5 * Workload.TrialCount * Workload.Length;

    /// <summary>Unit-steps of the Parity network.</summary>
    public const int ParityUnitSteps = 2 * Workload.TrialCount * Workload.Length;

    /// <summary>Unit-steps of a whole run: training presentations only.</summary>
    public const int RunUnitSteps = Workload.TrialCount * Presentations * Workload.Length;

    /// <summary>All workloads; <c>limit/limit.cpp</c> implements the first four.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        Workload.Latch with { Name = "latch" },
        Workload.FiveUnits with { Name = "five-units" },
        Workload.Parity with { Name = "parity" },
        new("tanh", StreamLength, lane => lane.Accept(new TanhWorkloadFactory())),
        new("gaussian", StreamLength, lane => lane.Accept(new GaussianWorkloadFactory())),
        new("run-frozen", RunUnitSteps, lane => new MinimalTaskWorkload(NoiseDraw.Frozen, lane)),
        new("run-afresh", RunUnitSteps, lane => new MinimalTaskWorkload(NoiseDraw.Afresh, lane)),
    ];
}
