namespace LatchLab.Training;

/// <summary>What a lane does with the sequences that are presented to it.</summary>
public enum TrialPhase
{
    /// <summary>It learns from them.</summary>
    Learning,

    /// <summary>Its parameters are held and the training sequences presented once more, to judge it.</summary>
    EvaluatingTrainingSet,

    /// <summary>Its parameters are held and fresh sequences presented: to judge it, or at its end.</summary>
    Testing,

    /// <summary>It has ended without having learned: the training sequences are presented for the last time.</summary>
    FinalEvaluation,
}

/// <summary>What a pass through the sequences showed of one lane.</summary>
/// <param name="CorrectCount">Counted sequences whose output was right.</param>
/// <param name="Cost">Sum of their costs.</param>
public readonly record struct EpochResult(int CorrectCount, double Cost)
{
    /// <summary>Sequences until the fate of a candidate was decided; all of them where it never was.</summary>
    public int PresentedCount { get; init; }

    /// <summary>Sequences that were right before one more was wrong than may be.</summary>
    public int CorrectPrefixLength { get; init; }

    /// <summary>Whether a parameter is no finite number any more.</summary>
    public bool IsDiverged { get; init; }

    /// <summary>Whether a search that was told this result has stopped.</summary>
    public bool IsStuck { get; init; }

    /// <summary>Temperatures that an annealing has finished.</summary>
    public int CompletedTemperatures { get; init; }
}

/// <summary>
/// How far a trial has come: after every pass through its sequences it decides whether the trial learns on, is judged,
/// is tested, or has ended. A lane that is judged takes an ordinary pass with its parameters held, so no other lane
/// waits for it. The candidate of a search is judged by the pass that evaluates it.
/// </summary>
/// <param name="configuration">The setting.</param>
/// <param name="isOnline">Whether every presentation teaches; otherwise a pass evaluates a candidate.</param>
public sealed class TrialProgress(Configuration configuration, bool isOnline = true)
{
    private readonly int _sequenceCount = configuration.TrainingSequences;
    private readonly int _maxIncorrect = configuration.ConvergenceRule.MaxIncorrect(configuration.TrainingSequences);
    private int _evaluationPresentations;
    private long _skippedPresentations;
    private int _completedTemperatures;
    private int _testedCount;
    private int _testIncorrectCount;
    private double _testCostSum;
    private double _meanCost = double.NaN;
    private double _trainingError = double.NaN;
    private StopReason? _pendingStopReason; // decided, but still to be tested

    /// <summary>What the next pass is for.</summary>
    public TrialPhase Phase { get; private set; } = TrialPhase.Learning;

    /// <summary>Passes through the training sequences so far.</summary>
    public int Epochs { get; private set; }

    /// <summary>Presentations so far that taught.</summary>
    public int Presentations { get; private set; }

    /// <summary>Which of the training sets of a curriculum it has come to, from 0.</summary>
    public int Stage { get; private set; }

    /// <summary>T of that set.</summary>
    public int StageLength => configuration.StageLengths[Stage];

    /// <summary>Whether the last pass showed that the present training set is learned.</summary>
    public bool HasLearnedStage { get; private set; }

    /// <summary>Whether the next pass presents other sequences than the last one did.</summary>
    public bool HasNewSequences { get; private set; } = true;

    /// <summary>Whether the next pass presents fresh sequences.</summary>
    public bool IsTesting => Phase == TrialPhase.Testing;

    /// <summary>Number of the first fresh sequence of the next pass, when testing.</summary>
    public int FirstTestSequence => _testedCount;

    /// <summary>Sequences of the next pass that count; the last pass of a test may need fewer than there are.</summary>
    public int CountedSequences
        => Phase == TrialPhase.Testing ? Math.Min(_sequenceCount, configuration.TestSequences - _testedCount)
            : _sequenceCount;

    /// <summary>
    /// For somebody who only looks at a trial: the training sequences of a stage, as the next pass presents them.
    /// </summary>
    internal static TrialProgress CreateForDiagnostics(Configuration configuration, int stage, int epochs)
        => new(configuration) { Stage = stage, Epochs = epochs };

    /// <summary>Takes the result of a pass.</summary>
    /// <returns>The outcome, if the trial has ended.</returns>
    public Outcome? EndEpoch(in EpochResult result)
    {
        (TrialPhase previousPhase, int previousStage) = (Phase, Stage);
        HasLearnedStage = false;
        Outcome? outcome = Advance(result);
        HasNewSequences = Phase == TrialPhase.Testing || previousPhase == TrialPhase.Testing || Stage != previousStage;
        return outcome;
    }

    private Outcome? Advance(in EpochResult result)
    {
        int countedSequences = CountedSequences;
        if (Phase == TrialPhase.Learning)
        {
            Presentations += countedSequences;
            _skippedPresentations += isOnline ? 0 : countedSequences - result.PresentedCount;
            _completedTemperatures = result.CompletedTemperatures;
        }
        else
        {
            _evaluationPresentations += countedSequences;
        }

        if (_pendingStopReason is null || Phase == TrialPhase.FinalEvaluation)
            _meanCost = result.Cost / countedSequences;
        if (result.IsDiverged || (!double.IsFinite(result.Cost) && (isOnline || Phase != TrialPhase.Learning)))
            return CreateOutcome(StopReason.Diverged);

        switch (Phase)
        {
            case TrialPhase.Learning:
                Epochs++;
                if (isOnline && ShouldEvaluate(result.CorrectCount))
                {
                    BeginEvaluation();
                    return null;
                }

                if (!isOnline && IsTrainingSetLearned(result))
                    return CompleteStage(result);
                break;
            case TrialPhase.EvaluatingTrainingSet:
                Epochs++;
                if (IsTrainingSetLearned(result))
                    return CompleteStage(result);
                break;
            case TrialPhase.FinalEvaluation:
                _trainingError = ComputeError(result);
                return Stop(_pendingStopReason!.Value);
            default:
                if (!AddTestEpoch(result, countedSequences) && _pendingStopReason is null)
                    break;
                return _testedCount < configuration.TestSequences ? null
                    : _pendingStopReason is { } reason ? CreateOutcome(reason)
                    : CreateOutcome(StopReason.Converged);
        }

        if (result.IsStuck)
            return Stop(StopReason.Stuck);
        if (Presentations + _sequenceCount > configuration.Budget)
            return Stop(StopReason.OutOfPresentations);
        Phase = TrialPhase.Learning;
        return null;
    }

    /// <summary>
    /// Whether the outputs of a learning epoch call for a judgement. A run that hovers below the required share would
    /// be tested after every epoch: so a test begins only while tests have taken no more presentations than learning.
    /// </summary>
    private bool ShouldEvaluate(int correctCount)
        => configuration.ConvergenceRule.Rule == ConvergenceRuleKind.FreshSequences
            ? (double)correctCount / _sequenceCount >= configuration.ConvergenceRule.FreshShare
                && _evaluationPresentations <= Presentations
            : _sequenceCount - correctCount <= _maxIncorrect;

    private bool IsTrainingSetLearned(in EpochResult result)
        => _sequenceCount - result.CorrectCount <= _maxIncorrect
            && (configuration.ConvergenceRule.Rule != ConvergenceRuleKind.SignAndCost
                || result.Cost / _sequenceCount < configuration.ConvergenceRule.CostThreshold);

    /// <summary>Share of the training sequences that were wrong.</summary>
    private double ComputeError(in EpochResult result)
        => (double)(_sequenceCount - result.CorrectCount) / _sequenceCount;

    /// <summary>Counts a pass of the test; false as soon as too many were wrong, whatever is still to come.</summary>
    private bool AddTestEpoch(in EpochResult result, int countedSequences)
    {
        _testedCount += countedSequences;
        _testIncorrectCount += countedSequences - result.CorrectCount;
        _testCostSum += result.Cost;
        return (double)(configuration.TestSequences - _testIncorrectCount) / configuration.TestSequences
            >= configuration.ConvergenceRule.FreshShare;
    }

    private void BeginEvaluation()
    {
        Phase = configuration.ConvergenceRule.Rule == ConvergenceRuleKind.FreshSequences ? TrialPhase.Testing
            : TrialPhase.EvaluatingTrainingSet;
        _testedCount = 0;
        _testIncorrectCount = 0;
        _testCostSum = 0.0;
    }

    /// <summary>The training set is learned: the next one is judged first, for it may be so already.</summary>
    private Outcome? CompleteStage(in EpochResult result)
    {
        HasLearnedStage = true;
        if (Stage + 1 == configuration.StageLengths.Count)
        {
            _trainingError = ComputeError(result);
            return Stop(StopReason.Converged);
        }

        Stage++;
        Phase = TrialPhase.EvaluatingTrainingSet;
        return null;
    }

    /// <summary>Ends the trial, after what is still to be found out about it.</summary>
    private Outcome? Stop(StopReason reason)
    {
        if (!configuration.HasFinalTest)
            return CreateOutcome(reason);
        _pendingStopReason = reason;
        if (double.IsNaN(_trainingError))
        {
            Phase = TrialPhase.FinalEvaluation;
            return null;
        }

        if (configuration.TestSequences == 0)
            return CreateOutcome(reason);
        BeginEvaluation();
        Phase = TrialPhase.Testing;
        return null;
    }

    private Outcome CreateOutcome(StopReason reason)
    {
        bool isTested = Phase == TrialPhase.Testing && _testedCount == configuration.TestSequences
            && reason != StopReason.Diverged;
        return new(reason, Presentations, _evaluationPresentations, double.IsFinite(_meanCost) ? _meanCost : double.NaN)
        {
            TrainingError = reason == StopReason.Diverged ? double.NaN : _trainingError,
            TestError = isTested ? (double)_testIncorrectCount / _testedCount : double.NaN,
            TestCost = isTested ? _testCostSum / _testedCount : double.NaN,
            SkippedPresentations = _skippedPresentations,
            CompletedTemperatures = _completedTemperatures,
            FinalStage = Stage,
        };
    }
}
