using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// The labelled sequences that are presented to the lanes of an ensemble, each trial's own in its lane.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
internal interface ISequenceBatches<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>Sets what the next pass presents to a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="trial">Its trial.</param>
    /// <param name="progress">How far it has come.</param>
    void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress);

    /// <summary>The lane has no trial: others need not wait for it.</summary>
    void Deactivate(int lane);

    /// <summary>To be called at the beginning of a pass, when every lane is prepared.</summary>
    void BeginEpoch();

    /// <summary>The p-th sequence of every lane; those before it in the pass may be overwritten.</summary>
    SequenceBatch<TLane> GetBatch(int p);
}
