using LatchLab.Experiments.KernelTiming;
using LatchLab.Tasks;

namespace LatchLab.Benchmarks;

/// <summary>Everything that can be measured by name.</summary>
internal static class KnownWork
{
    /// <summary>Numbers of a stream: argument and result lie in the first cache.</summary>
    public const int Numbers = 2048;

    /// <summary>Presentations of a whole run: enough that drawing the frozen noise once hardly counts.</summary>
    public const int Presentations = 2000;

    /// <summary>Unit-steps of the latch.</summary>
    public const int LatchSteps = Work.Trials * Work.Length;

    /// <summary>Unit-steps of five fully connected units.</summary>
    public const int FiveUnitsSteps = 5 * Work.Trials * Work.Length;

    /// <summary>Unit-steps of a whole run, presentations that teach.</summary>
    public const int RunSteps = Work.Trials * Presentations * Work.Length;

    /// <summary>All of it; <c>limit/limit.cpp</c> does the work of the first three.</summary>
    public static IReadOnlyList<Work> All { get; } =
    [
        Work.Latch with { Name = "latch" },
        Work.FiveUnits with { Name = "five-units" },
        new("tanh", Numbers, lane => lane.Run(new TanhWork())),
        new("gaussian", Numbers, lane => lane.Run(new GaussianWork())),
        new("run-frozen", RunSteps, lane => new MinimalTaskWorkload(NoiseDraw.Frozen, lane)),
        new("run-afresh", RunSteps, lane => new MinimalTaskWorkload(NoiseDraw.Afresh, lane)),
    ];
}
