using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// The observed trials in the lanes of a batch. The parameters of an on-line learner change with every presentation. A
/// search changes between passes only; its pass may end early, at a place that depends on the other lanes, so that all
/// snapshots of a pass are taken at its end.
/// </summary>
/// <param name="learner">The networks.</param>
/// <param name="sweeps">The sweeps, with their observers.</param>
/// <param name="sequenceCount">Number P of training sequences.</param>
/// <param name="maxLength">T of the longest trial.</param>
internal sealed class ObservedLanes<TLane>(
    Learner<TLane> learner, IReadOnlyList<Sweep> sweeps, int sequenceCount, int maxLength)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly ObservedTrial?[] _trials = new ObservedTrial?[learner.Bundles * TLane.Count];  // [lane]
    private TrainingDiagnostics? _diagnostics;

    /// <summary>A trial has begun in a lane, or has left it.</summary>
    public void Begin(int lane, in PendingTrial trial, TrialProgress? progress)
    {
        TrialObserver? observer = progress is null ? null : sweeps[trial.SweepIndex].Observer;
        _trials[lane] = observer?.Observes(trial) == true ? new(observer, trial, progress!) : null;
        if (progress?.Presentations == 0)   // it does not continue from a checkpoint
            SendIfDue(lane, presented: 0);
    }

    /// <summary>The on-line learners of all lanes have learned from the p-th sequence of a pass.</summary>
    public void EndPresentation(int p)
    {
        for (int lane = 0; lane < _trials.Length; lane++)
        {
            if (_trials[lane]?.Progress.Phase == TrialPhase.Learning)
                SendIfDue(lane, p + 1);
        }
    }

    /// <summary>A search has presented its candidate and not received the cost.</summary>
    public void EndCandidate(int lane)
    {
        TrialSnapshot? snapshot = null;
        for (int presented = 1; presented < sequenceCount; presented++)
        {
            if (_trials[lane] is not { } observed || !observed.IsDueAfter(presented))
                continue;
            snapshot ??= CreateSnapshot(lane, observed, presented);
            DiagnosticSnapshot values = snapshot.Values with
            {
                Presentations = observed.Progress.Presentations + presented,
            };
            observed.Observer.Receive(snapshot with { Values = values });
        }
    }

    /// <summary>A search has received the cost, and the progress of its trial is that after the pass.</summary>
    public void EndSearchPass(int lane) => SendIfDue(lane, presented: 0);

    private void SendIfDue(int lane, int presented)
    {
        if (_trials[lane] is { } observed && observed.IsDueAfter(presented))
            observed.Observer.Receive(CreateSnapshot(lane, observed, presented));
    }

    private TrialSnapshot CreateSnapshot(int lane, ObservedTrial observed, int presented)
    {
        (_, PendingTrial trial, TrialProgress progress) = observed;
        Search? search = learner.GetSearch(lane);
        double[] parameters = search is null || progress.HasLearnedStage ? learner.Parameters.GetLane(lane)
            : search.Best.ToArray();
        _diagnostics ??= TrainingDiagnostics.Create(trial.Configuration, maxLength);
        DiagnosticSnapshot values = _diagnostics.Record(trial, progress, parameters, presented);
        return new(
            trial, progress.Stage, values, parameters, _diagnostics.GetTermNorms(), search?.Temperature ?? double.NaN);
    }

    /// <summary>An observed trial.</summary>
    private sealed record ObservedTrial(TrialObserver Observer, PendingTrial Trial, TrialProgress Progress)
    {
        /// <summary>Whether a snapshot is due after some presentations of a pass.</summary>
        public bool IsDueAfter(int presented) => (Progress.Presentations + presented) % Observer.Interval == 0;
    }
}
