using LatchLab.KernelTiming;
using LatchLab.Tasks;

namespace LatchLab.Benchmarks;

/// <summary>Everything that can be measured by name.</summary>
internal static class KnownWorkloads
{
    /// <summary>Numbers of a stream: argument and result lie in the first cache.</summary>
    public const int StreamLength = 2048;

    /// <summary>Presentations of a whole run: enough that drawing the frozen noise once hardly counts.</summary>
    public const int Presentations = 2000;

    /// <summary>Unit-steps of the latch.</summary>
    public const int LatchUnitSteps = Workload.TrialCount * Workload.Length;

    /// <summary>Unit-steps of five fully connected units.</summary>
    public const int FullyConnectedUnitSteps = 5 * Workload.TrialCount * Workload.Length;

    /// <summary>Unit-steps of a whole run, presentations that teach.</summary>
    public const int RunUnitSteps = Workload.TrialCount * Presentations * Workload.Length;

    /// <summary>All of it; <c>limit/limit.cpp</c> does the work of the first three.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        Workload.Latch with { Name = "latch" },
        Workload.FiveUnits with { Name = "five-units" },
        new("tanh", StreamLength, lane => lane.Accept(new TanhWorkloadFactory())),
        new("gaussian", StreamLength, lane => lane.Accept(new GaussianWorkloadFactory())),
        new("run-frozen", RunUnitSteps, lane => new MinimalTaskWorkload(NoiseDraw.Frozen, lane)),
        new("run-afresh", RunUnitSteps, lane => new MinimalTaskWorkload(NoiseDraw.Afresh, lane)),
    ];
}
