using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// A labelled input sequence for each lane of each bundle, aligned at their ends: all lanes finish at t =
/// <see cref="Length"/>, and a lane with a shorter sequence waits until its own start. The target counts at the last
/// step only.
/// </summary>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
public readonly ref struct SequenceBatch<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>
    /// u_t at [t − 1][bundle][input], t = 1 … <see cref="Length"/>; the trainable ones are written there.
    /// </summary>
    public required UncheckedSpan<TLane> Inputs { get; init; }

    /// <summary>[bundle]: steps that a lane waits; its own time is t − Start.</summary>
    public required UncheckedSpan<TLane> StartOffset { get; init; }

    /// <summary>
    /// [bundle]: +1 for class 1, −1 for class 0; any number where <see cref="Targets"/> are given and no input is
    /// trainable.
    /// </summary>
    public required UncheckedSpan<TLane> ClassSign { get; init; }

    /// <summary>
    /// [bundle][output]: where the target lies in the range of an output, 0 in the middle and ±1 at its ends. None
    /// where the sign says all.
    /// </summary>
    public UncheckedSpan<TLane> Targets { get; init; }

    /// <summary>T of the longest memory; every sequence ends there.</summary>
    public required int Length { get; init; }

    /// <summary>The smallest Start: no lane is busy before the next step.</summary>
    public required int EarliestStart { get; init; }

    /// <summary>The largest Start: from the next step on, all lanes are in step.</summary>
    public required int LatestStart { get; init; }
}
