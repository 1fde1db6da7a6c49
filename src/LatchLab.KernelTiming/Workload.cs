using LatchLab.Numerics;

namespace LatchLab.KernelTiming;

/// <summary>
/// Something worth measuring. The two kernels here are the inner loops of every experiment; a <em>unit-step</em> of
/// theirs is one neuron, one time step, one trial: forward, back and its share of the update.
/// </summary>
/// <param name="Name">What command lines and documents call it.</param>
/// <param name="OperationsPerRun">Operations that it does at once, the same in every lane type.</param>
/// <param name="Prepare">Allocates it for a lane type.</param>
public sealed record Workload(string Name, int OperationsPerRun, Func<LaneKind, IPreparedWorkload> Prepare)
{
    /// <summary>Trials side by side: eight vectors of 512 bits.</summary>
    public const int TrialCount = 64;

    /// <summary>T.</summary>
    public const int Length = 100;

    /// <summary>The latching neuron with three trainable inputs of each class.</summary>
    public static Workload Latch { get; } =
        new("latch-backpropagation", TrialCount * Length, lane => lane.AcceptUnrolled(new LatchWorkloadFactory()));

    /// <summary>Five fully connected units.</summary>
    public static Workload FiveUnits { get; } =
        new("fully-connected-5-backpropagation", 5 * TrialCount * Length,
            lane => lane.AcceptUnrolled(new FiveUnitsWorkloadFactory()));

    /// <summary>The kernels that <c>latchlab bench</c> measures.</summary>
    public static IReadOnlyList<Workload> Kernels { get; } = [Latch, FiveUnits];
}
