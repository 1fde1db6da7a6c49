using LatchLab.Numerics;

namespace LatchLab.Experiments.KernelTiming;

/// <summary>
/// Something worth measuring. The two kernels here are the inner loops of every experiment; a <em>unit-step</em> of
/// theirs is one neuron, one time step, one trial: forward, back and its share of the update.
/// </summary>
/// <param name="Name">What command lines and documents call it.</param>
/// <param name="Operations">Operations that it does at once, the same in every lane type.</param>
/// <param name="Prepare">Allocates it for a lane type.</param>
public sealed record Work(string Name, int Operations, Func<LaneKind, IWorkload> Prepare)
{
    /// <summary>Trials side by side: eight vectors of 512 bits.</summary>
    public const int Trials = 64;

    /// <summary>T.</summary>
    public const int Length = 100;

    /// <summary>The latching neuron with three trainable inputs of each class.</summary>
    public static Work Latch { get; } =
        new("latch-backpropagation", Trials * Length, lane => lane.RunTogether(new LatchWork()));

    /// <summary>Five fully connected units.</summary>
    public static Work FiveUnits { get; } =
        new("fully-connected-5-backpropagation", 5 * Trials * Length, lane => lane.RunTogether(new FiveUnitsWork()));

    /// <summary>The kernels that <c>latchlab bench</c> measures.</summary>
    public static IReadOnlyList<Work> Kernels { get; } = [Latch, FiveUnits];
}
