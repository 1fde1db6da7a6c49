using System.Collections.Concurrent;
using System.Diagnostics;

namespace LatchLab.Training;

/// <summary>Keeps the checkpoint of a training run up to date, and saves it at intervals.</summary>
/// <param name="checkpoint">The checkpoint from which the run continues; one without trials begins it.</param>
/// <param name="plan">When and how to save it; null to continue without saving.</param>
internal sealed class TrainingCheckpointStore(TrainingCheckpoint checkpoint, CheckpointPlan? plan) : ICheckpointStore
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<int, long> _lastCheckpoints = [];    // [trial]: the time
    private long _lastSave = Stopwatch.GetTimestamp();

    public TrialCheckpoint? Find(in PendingTrial trial)
    {
        lock (_lock)
            return checkpoint.Running.GetValueOrDefault(trial.TrialIndex);
    }

    public bool IsDue(in PendingTrial trial, TrialProgress progress)
        => plan is not null && HasPassed(_lastCheckpoints.GetOrAdd(trial.TrialIndex, _ => Stopwatch.GetTimestamp()));

    public void Save(in PendingTrial trial, TrialCheckpoint trialCheckpoint)
    {
        _lastCheckpoints[trial.TrialIndex] = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            checkpoint.Running[trial.TrialIndex] = trialCheckpoint;
            SaveIfDue();
        }
    }

    /// <summary>Adds a completed trial.</summary>
    public void Complete(int trialIndex, CompletedTrial trial)
    {
        _lastCheckpoints.TryRemove(trialIndex, out _);
        lock (_lock)
        {
            checkpoint.Running.Remove(trialIndex);
            checkpoint.Completed[trialIndex] = trial;
            SaveIfDue();
        }
    }

    /// <summary>Saves the run at its end.</summary>
    public void SaveLast()
    {
        lock (_lock)
            plan?.Save(checkpoint);
    }

    private void SaveIfDue()
    {
        if (plan is null || !HasPassed(_lastSave))
            return;
        plan.Save(checkpoint);
        _lastSave = Stopwatch.GetTimestamp();
    }

    private bool HasPassed(long since) => Stopwatch.GetElapsedTime(since) >= plan!.Interval;
}
