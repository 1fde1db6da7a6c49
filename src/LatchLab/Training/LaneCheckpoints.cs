using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>Saves and restores the trials in the lanes of a batch, between two passes.</summary>
/// <param name="store">Keeps the checkpoints.</param>
/// <param name="learner">The networks.</param>
internal sealed class LaneCheckpoints<TLane>(ICheckpointStore store, Learner<TLane> learner)
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>Saves a trial if a checkpoint is due.</summary>
    public void SaveIfDue(int lane, in PendingTrial trial, TrialProgress progress, LaneLog? log)
    {
        if (store.IsDue(trial, progress))
            Save(lane, trial, progress, log);
    }

    /// <summary>Saves a trial.</summary>
    public void Save(int lane, in PendingTrial trial, TrialProgress progress, LaneLog? log)
        => store.Save(trial, TrialCheckpoint.Save(trial, state => Transfer(lane, progress, log, state)));

    /// <summary>Restores a trial that has begun in a lane, if there is a checkpoint of it.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Restore(int lane, in PendingTrial trial, TrialProgress progress, LaneLog? log)
    {
        TrialCheckpoint? checkpoint = store.Find(trial);
        checkpoint?.Restore(trial, state => Transfer(lane, progress, log, state));
        return checkpoint is not null;
    }

    private void Transfer(int lane, TrialProgress progress, LaneLog? log, StateTransfer state)
    {
        progress.TransferState(state);
        learner.TransferState(lane, state);
        (log ?? new(DiagnosticDetail.None)).TransferState(state);
    }
}
