using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// The sequences of the trials in the lanes of a batch. In each trial they have ranks: by length, the shortest first,
/// if lengths differ.
/// </summary>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="maxLength">T of the longest trial; all sequences end there.</param>
internal abstract class RankedSequences<TLane>(int bundles, int maxLength)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly LaneMemory<TLane> _boundsBuffer = new(2);

    protected int Bundles => bundles;

    protected int Lanes { get; } = bundles * TLane.Count;

    protected int MaxLength => maxLength;

    /// <summary>Writes a sequence of a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="rank">Its rank.</param>
    /// <param name="start">Steps before it starts.</param>
    /// <param name="inputs">[step][input] from its start to T.</param>
    /// <param name="labels">+1 for class 1, −1 for class 0; or the targets.</param>
    public abstract void Write(
        int lane, int rank, int start, ReadOnlySpan<double> inputs, ReadOnlySpan<double> labels);

    /// <summary>
    /// Sets the rank that a lane presents at each position of the next pass, from the first on; after them it presents
    /// nothing. Where every lane presents its sequences by rank, the rank is the position.
    /// </summary>
    public virtual void SetOrder(int lane, ReadOnlySpan<int> ranks)
    {
    }

    /// <summary>Marks a lane as inactive, so that it does not affect the bounds of a batch.</summary>
    public abstract void Deactivate(int lane);

    /// <summary>Begins a pass.</summary>
    public abstract void BeginEpoch();

    /// <summary>The sequences at a position of the pass; earlier batches may be overwritten.</summary>
    public abstract SequenceBatch<TLane> GetBatch(int position);

    /// <summary>The smallest and the largest start offset of the active lanes.</summary>
    protected (int Earliest, int Latest) ComputeStartBounds(ReadOnlySpan<TLane> bundleStarts)
    {
        TLane smallest = TLane.From(maxLength - 1), largest = TLane.From(0.0);
        foreach (TLane bundleStart in bundleStarts)
        {
            // In this argument order the NaN of an inactive lane is ignored.
            smallest = TLane.Min(bundleStart, smallest);
            largest = TLane.Max(bundleStart, largest);
        }

        _boundsBuffer.Values[0] = smallest;
        _boundsBuffer.Values[1] = largest;
        Span<double> boundNumbers = _boundsBuffer.Doubles;
        (double earliestStart, double latestStart) = (boundNumbers[0], boundNumbers[TLane.Count]);
        for (int lane = 1; lane < TLane.Count; lane++)
        {
            earliestStart = Math.Min(earliestStart, boundNumbers[lane]);
            latestStart = Math.Max(latestStart, boundNumbers[TLane.Count + lane]);
        }

        return ((int)earliestStart, (int)latestStart);
    }
}
