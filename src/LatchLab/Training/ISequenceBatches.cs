using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// The labelled sequences that are presented to the lanes of a trial batch; each lane has the sequences of its trial.
/// </summary>
internal interface ISequenceBatches<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>Sets what the next pass presents to a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="trial">The trial in the lane.</param>
    /// <param name="progress">The progress of the trial.</param>
    void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress);

    /// <summary>Marks a lane as inactive, so that it does not affect the bounds of the batch.</summary>
    void Deactivate(int lane);

    /// <summary>Begins a pass; called after every lane is prepared.</summary>
    void BeginEpoch();

    /// <summary>Returns the p-th sequence of every lane; earlier batches of the pass may be overwritten.</summary>
    SequenceBatch<TLane> GetBatch(int p);
}
