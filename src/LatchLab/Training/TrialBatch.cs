using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// Runs trials with one batch key in parallel, one trial per lane. At the end of each pass through the sequences, a
/// lane whose trial has ended receives the next pending trial.
/// </summary>
internal sealed class TrialBatch<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly TrialQueue _queue;
    private readonly ITrialSink _sink;
    private readonly bool _shortestFirst;
    private readonly int _maxLength;    // T of the longest trial
    private readonly int _sequenceCount;
    private readonly Learner<TLane> _learner;
    private readonly TaskSequences<TLane> _sequenceBatches;
    private readonly EpochScores<TLane> _scores;
    private readonly ProgressAccumulator _progressAccumulator;
    private readonly ObservedLanes<TLane>? _observedLanes;  // null if no trial is observed
    private readonly LaneCheckpoints<TLane>? _checkpoints;  // null if none are kept
    private readonly LaneState[] _lanes;
    private TrainingDiagnostics? _diagnostics;
    private int _activeLanes;

    /// <summary>Creates a batch that takes its trials from a queue.</summary>
    /// <param name="sweeps">The sweeps to which the trials belong.</param>
    /// <param name="queue">The pending trials.</param>
    /// <param name="sink">Receives completed trials.</param>
    /// <param name="threadCount">Batches that share the queue; few trials are spread over all of them.</param>
    /// <param name="shortestFirst">Whether it takes short sequences before long ones.</param>
    /// <param name="monitor">Receives the progress of running trials; may be null.</param>
    public TrialBatch(
        IReadOnlyList<Sweep> sweeps, TrialQueue queue, ITrialSink sink, int threadCount, bool shortestFirst,
        TrainingMonitor? monitor)
    {
        _queue = queue;
        _sink = sink;
        _shortestFirst = shortestFirst;
        _maxLength = queue.MaxLength;
        TrainingConfiguration configuration = queue.FirstConfiguration;
        _sequenceCount = configuration.TrainingSequences;
        int trialsPerThread = (queue.MatchingCount + threadCount - 1) / threadCount;
        _learner = configuration.CreateLearner<TLane>(_maxLength,
            Math.Max(1, (trialsPerThread + TLane.Count - 1) / TLane.Count));
        _sequenceBatches = configuration.CreateSequences<TLane>(_learner.Bundles, _maxLength);
        _scores = new(
            configuration.Scoring, _learner.Outputs, _learner.Bundles, canStopEarly: !_learner.IsOnline, _maxLength);
        _lanes = new LaneState[_learner.Bundles * TLane.Count];
        _progressAccumulator = new(monitor, _lanes.Length);
        _checkpoints = sink.Checkpoints is { } store ? new(store, _learner) : null;
        _observedLanes = sweeps.All(sweep => sweep.Observer is null) ? null
            : new(_learner, sweeps, _sequenceCount, _maxLength);
    }

    /// <summary>Runs until the queue is empty and every lane is inactive.</summary>
    public void Run(CancellationToken cancellation)
    {
        for (int lane = 0; lane < _lanes.Length; lane++)
            RefillLane(lane);
        while (_activeLanes > 0)
        {
            if (cancellation.IsCancellationRequested)
                SaveCheckpoints();
            cancellation.ThrowIfCancellationRequested();
            RunEpoch(cancellation);
            for (int lane = 0; lane < _lanes.Length; lane++)
                EndEpoch(lane);
            _progressAccumulator.Report(isLast: _activeLanes == 0);
        }
    }

    /// <summary>
    /// Presents every sequence once to every lane. On-line learners update after each sequence. The pass ends early if
    /// every candidate is decided.
    /// </summary>
    private void RunEpoch(CancellationToken cancellation)
    {
        _scores.Clear();
        _sequenceBatches.BeginEpoch();
        bool anyIsLearning = _learner.IsOnline
            && _lanes.Any(lane => lane.IsTrained && lane.Progress!.Phase == TrialPhase.Learning);
        for (int p = 0; p < _sequenceCount; p++)
        {
            SequenceBatch<TLane> batch = _sequenceBatches.GetBatch(p);
            _learner.Present(batch);
            _scores.Add(_learner, batch, p);
            if (anyIsLearning)
                _learner.Learn(batch, p, _scores.OutputGradients);
            if (_observedLanes is not null && _learner.IsOnline)
            {
                _observedLanes.EndPresentation(p);
                if (_checkpoints is null)   // to save the trials, the pass is completed
                    cancellation.ThrowIfCancellationRequested();
            }

            if (_scores.IsDecided)
                break;
        }
    }

    /// <summary>Advances the trial of a lane after a pass.</summary>
    private void EndEpoch(int lane)
    {
        (PendingTrial trial, TrialProgress? progress, LaneLog? log, _) = _lanes[lane];
        if (progress is null)
            return;
        TrialPhase previousPhase = progress.Phase;
        EpochResult result = _scores.GetResult(lane) with { IsDiverged = !_learner.Parameters.IsFinite(lane) };
        Search? search = previousPhase == TrialPhase.Learning ? _learner.GetSearch(lane) : null;
        double bestCost = search?.BestCost ?? 0.0;
        if (search is not null)
        {
            _observedLanes?.EndCandidate(lane);
            search.Tell(new(result.Cost / _sequenceCount, result.CorrectPrefixLength));
            result = result with { IsStuck = search.HasStopped };
        }

        if (previousPhase == TrialPhase.Learning)
        {
            bool hasNewBest = search?.BestCost != bestCost;
            bool isPartial = search is not null && result.PresentedCount < _sequenceCount;
            double error = isPartial ? double.NaN
                : (double)(_sequenceCount - result.CorrectCount) / _sequenceCount;
            _progressAccumulator.AddEpoch(lane, _sequenceCount, hasNewBest ? error : null);
            if (log is not null && hasNewBest)
                (log.Cost, log.Error) = (result.Cost / _sequenceCount, error);
        }

        Outcome? outcome = progress.EndEpoch(result);
        if (progress.Validations.HasNewMinimum)
            progress.Validations.BestParameters = _learner.Parameters.GetLane(lane);
        if (progress.HasEndedValidations)
            _learner.Parameters.SetLane(lane, progress.Validations.BestParameters);
        if (search is not null && !progress.HasLearnedStage)
            _learner.Parameters.SetLane(lane, progress.Phase == TrialPhase.Learning ? search.Candidate : search.Best);
        if (search is not null)
            _observedLanes?.EndSearchPass(lane);
        if (log is not null && (outcome is not null || previousPhase == TrialPhase.Learning))
        {
            RecordSnapshot(lane, bestOf: progress.HasLearnedStage ? null : search, isLast: outcome is not null);
        }

        if (outcome is { } finalOutcome)
        {
            finalOutcome = finalOutcome with
            {
                Diagnostics = new(trial.Configuration.Learner.CompleteDiagnostics(
                    _learner.GetDiagnostics(lane), progress.Stage)),
            };
            _sink.Record(trial, finalOutcome, _learner.Parameters.GetLane(lane), log?.Snapshots ?? []);
            _progressAccumulator.EndTrial(lane, trial.Configuration.Budget, finalOutcome);
            _activeLanes--;
            RefillLane(lane);
            return;
        }

        if (progress.Stage > 0 && previousPhase == TrialPhase.EvaluatingTrainingSet
            && progress.Phase == TrialPhase.Learning)
            _learner.BeginStage(lane, trial.Configuration.CreateTrialStart(trial.Seed, trial.TrialIndex),
                trial.Configuration.Learner, progress.Stage);
        PrepareLane(lane, previousPhase);
        _checkpoints?.SaveIfDue(lane, trial, progress, log);
    }

    /// <summary>Saves every running trial.</summary>
    private void SaveCheckpoints()
    {
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            (PendingTrial trial, TrialProgress? progress, LaneLog? log, _) = _lanes[lane];
            if (progress is not null)
                _checkpoints?.Save(lane, trial, progress, log);
        }
    }

    /// <summary>
    /// Assigns the next pending trial to a lane. Without one the lane is inactive: its values are finite, its learning
    /// rate is 0.
    /// </summary>
    private void RefillLane(int lane)
    {
        bool hasTrial = _queue.TryDequeue(_shortestFirst, out PendingTrial trial);
        DiagnosticDetail detail = hasTrial ? _sink.GetDetail(trial) : DiagnosticDetail.None;
        _lanes[lane] = default;
        if (hasTrial)
        {
            _activeLanes++;
            TrialStart start = trial.Configuration.CreateTrialStart(trial.Seed, trial.TrialIndex);
            _lanes[lane] = new(
                trial, new TrialProgress(trial.Configuration, _learner.IsOnline),
                detail == DiagnosticDetail.None ? null : new(detail), start.Space.TrainableParameters.Length > 0);
            _learner.BeginTrial(lane, start, trial.Configuration.Learner);
            (_, TrialProgress? progress, LaneLog? log, _) = _lanes[lane];
            bool isContinued = _checkpoints?.Restore(lane, trial, progress!, log) == true;
            PrepareLane(lane, previousPhase: null);
            if (isContinued)
                _progressAccumulator.AddEpoch(lane, progress!.Presentations, log?.Error);
            else if (detail == DiagnosticDetail.All)
                RecordSnapshot(lane, bestOf: _learner.GetSearch(lane), isLast: false);
        }
        else
        {
            _learner.Deactivate(lane);
            _sequenceBatches.Deactivate(lane);
            _scores.Deactivate(lane);
        }

        _observedLanes?.Begin(lane, trial, _lanes[lane].Progress);
    }

    /// <summary>Sets the sequences of a lane for the next pass and whether the lane learns.</summary>
    private void PrepareLane(int lane, TrialPhase? previousPhase)
    {
        (PendingTrial trial, TrialProgress? progress, _, bool isTrained) = _lanes[lane];
        bool isLearning = progress!.Phase == TrialPhase.Learning;
        _sequenceBatches.PrepareLane(lane, trial, progress);
        Search? search = isLearning ? _learner.GetSearch(lane) : null;
        _scores.SetLane(lane, progress.CountedSequences, search,
            trial.Configuration.ConvergenceRule.MaxIncorrect(_sequenceCount));
        _learner.SetEpoch(lane, progress.Epochs);
        if (progress.Phase != previousPhase)
            _learner.SetLearning(lane, isLearning && isTrained);
    }

    /// <summary>Adds a diagnostic snapshot of the trial of a lane, if one is due.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="bestOf">The search whose best point is recorded; null for the parameters of the lane.</param>
    /// <param name="isLast">Whether the trial has ended.</param>
    private void RecordSnapshot(int lane, Search? bestOf, bool isLast)
    {
        (PendingTrial trial, TrialProgress? progress, LaneLog? log, _) = _lanes[lane];
        List<DiagnosticSnapshot> snapshots = log!.Snapshots;
        bool hasNewPresentations = snapshots.Count == 0 || snapshots[^1].Presentations < progress!.Presentations;
        if (!hasNewPresentations
            || !(isLast || TrainingDiagnostics.IsDueAfter(progress!.Presentations / _sequenceCount)))
            return;
        if (log.Detail == DiagnosticDetail.Errors && !double.IsNaN(log.Error))
        {
            snapshots.Add(new(
                progress!.Presentations, log.Cost, log.Error, double.NaN, double.NaN, double.NaN));
            return;
        }

        _diagnostics ??= TrainingDiagnostics.Create(trial.Configuration, _maxLength);
        snapshots.Add(_diagnostics.Record(
            trial, progress!, bestOf is null ? _learner.Parameters.GetLane(lane) : bestOf.Best));
    }

    /// <summary>The state of a lane.</summary>
    /// <param name="Trial">The trial.</param>
    /// <param name="Progress">The progress of the trial; null if the lane is inactive.</param>
    /// <param name="Log">What is recorded of the trial; null for nothing.</param>
    /// <param name="IsTrained">Whether any parameter is trainable.</param>
    private readonly record struct LaneState(
        PendingTrial Trial, TrialProgress? Progress, LaneLog? Log, bool IsTrained);
}
