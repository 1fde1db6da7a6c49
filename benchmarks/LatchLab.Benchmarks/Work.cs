using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Benchmarks;

/// <summary>Something worth measuring.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Operations">Operations that it does at once, the same in every lane type.</param>
/// <param name="Prepare">Allocates it for a lane type.</param>
internal sealed record Work(string Name, int Operations, Func<LaneKind, IWorkload> Prepare)
{
    /// <summary>Trials side by side: eight bundles of 512 bits.</summary>
    public const int Trials = 64;

    /// <summary>T.</summary>
    public const int Length = 100;

    /// <summary>Numbers of a stream: argument and result lie in the first cache.</summary>
    public const int Numbers = 2048;

    /// <summary>Presentations of a whole run: enough that drawing the frozen noise once hardly counts.</summary>
    public const int Presentations = 2000;

    /// <summary>Unit-steps of the latch.</summary>
    public const int LatchSteps = Trials * Length;

    /// <summary>Unit-steps of five fully connected units.</summary>
    public const int FiveUnitsSteps = 5 * Trials * Length;

    /// <summary>Unit-steps of a whole run, presentations that teach.</summary>
    public const int RunSteps = Trials * Presentations * Length;

    /// <summary>Everything that can be measured by name; <c>limit/latch.cpp</c> does the work of the first.</summary>
    public static IReadOnlyList<Work> Known { get; } =
    [
        new("latch", LatchSteps, lane => lane.Run(new LatchWork())),
        new("five-units", FiveUnitsSteps, lane => lane.Run(new FiveUnitsWork())),
        new("tanh", Numbers, lane => lane.Run(new TanhWork())),
        new("gaussian", Numbers, lane => lane.Run(new GaussianWork())),
        new("run-frozen", RunSteps, lane => new MinimalTaskWorkload(NoiseDraw.Frozen, lane)),
        new("run-afresh", RunSteps, lane => new MinimalTaskWorkload(NoiseDraw.Afresh, lane)),
    ];
}
