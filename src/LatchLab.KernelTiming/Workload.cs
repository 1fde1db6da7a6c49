using LatchLab.Numerics;

namespace LatchLab.KernelTiming;

/// <summary>
/// A workload to measure. The kernels are the inner loops of every experiment. Their operation is a
/// <em>unit-step</em>: one neuron, one time step, one trial, with forward pass, backward pass and its share of the
/// update.
/// </summary>
/// <param name="Name">The name in commands and documentation.</param>
/// <param name="OperationsPerRun">Operations per run, equal for every lane type.</param>
/// <param name="Prepare">Allocates the workload for a lane type.</param>
public sealed record Workload(string Name, int OperationsPerRun, Func<LaneKind, IPreparedWorkload> Prepare)
{
    /// <summary>Number of parallel trials: eight vectors of 512 bits.</summary>
    public const int TrialCount = 64;

    /// <summary>Sequence length T, in steps.</summary>
    public const int Length = 100;

    /// <summary>The latching neuron with three trainable inputs per class.</summary>
    public static Workload Latch { get; } =
        new("latch-backpropagation", TrialCount * Length, lane => lane.AcceptUnrolled(new LatchWorkloadFactory()));

    /// <summary>Five fully connected units.</summary>
    public static Workload FiveUnits { get; } =
        new("fully-connected-5-backpropagation", 5 * TrialCount * Length,
            lane => lane.Accept(new FiveUnitsWorkloadFactory()));

    /// <summary>The Parity network of two units.</summary>
    public static Workload Parity { get; } =
        new("parity-backpropagation", 2 * TrialCount * Length,
            lane => lane.AcceptUnrolled(new ParityWorkloadFactory()));

    /// <summary>The kernels that <c>latchlab bench</c> measures.</summary>
    public static IReadOnlyList<Workload> Kernels { get; } = [Latch, FiveUnits, Parity];
}
