using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// A labelled input sequence for each lane of each bundle, aligned at the end: all lanes finish at t =
/// <see cref="Length"/>, and a lane with a shorter sequence starts later. The targets apply to the last step only, or
/// to every step of a sequence.
/// </summary>
public readonly ref struct SequenceBatch<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>
    /// u_t at [t − 1][bundle][input], t = 1 … <see cref="Length"/>. The forward pass writes the trainable inputs here.
    /// </summary>
    public required UncheckedSpan<TLane> Inputs { get; init; }

    /// <summary>
    /// [bundle]: number of steps before the sequence of a lane starts. The lane time is t − StartOffset.
    /// </summary>
    public required UncheckedSpan<TLane> StartOffset { get; init; }

    /// <summary>
    /// [bundle]: +1 for class 1, −1 for class 0; any number where <see cref="Targets"/> are given and no input is
    /// trainable.
    /// </summary>
    public required UncheckedSpan<TLane> ClassSign { get; init; }

    /// <summary>
    /// [bundle][output]: position of the target in the range of an output, 0 in the middle and ±1 at its ends. Empty if
    /// the class determines the target. With targets at every step, [t − 1][bundle][output]; those of the steps before
    /// the start of a lane are any numbers.
    /// </summary>
    public UncheckedSpan<TLane> Targets { get; init; }

    /// <summary>Whether <see cref="Targets"/> has targets at every step.</summary>
    public bool HasTargetsAtEveryStep { get; init; }

    /// <summary>T, the time at which every sequence ends.</summary>
    public required int Length { get; init; }

    /// <summary>The smallest start offset: no lane is active before the next step.</summary>
    public required int EarliestStart { get; init; }

    /// <summary>The largest start offset: from the next step on, all lanes are active.</summary>
    public required int LatestStart { get; init; }
}
