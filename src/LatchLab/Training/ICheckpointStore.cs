namespace LatchLab.Training;

/// <summary>
/// Keeps checkpoints of running trials, from which a later run continues them. Its methods are called from several
/// threads, those for one trial one after another.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>The checkpoint from which a trial continues; null to begin the trial.</summary>
    TrialCheckpoint? Find(in PendingTrial trial);

    /// <summary>Whether to save a trial that has completed a pass through its sequences and goes on.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="progress">Its progress.</param>
    bool IsDue(in PendingTrial trial, TrialProgress progress);

    /// <summary>
    /// Receives a checkpoint where one is due. A run that is cancelled between two passes saves its running trials,
    /// too.
    /// </summary>
    void Save(in PendingTrial trial, TrialCheckpoint checkpoint);
}
