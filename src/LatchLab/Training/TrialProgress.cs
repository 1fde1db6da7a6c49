using LatchLab.Learning;

namespace LatchLab.Training;

/// <summary>
/// The progress of a trial. After every pass through its sequences it decides whether the trial continues training, is
/// evaluated, is tested, or ends. An evaluation takes an ordinary pass with frozen parameters, so it does not delay
/// other lanes. The pass that evaluates the candidate of a search also evaluates the convergence rule.
/// </summary>
/// <param name="configuration">The configuration.</param>
/// <param name="isOnline">Whether each presentation updates parameters; if not, a pass evaluates a candidate.</param>
public sealed class TrialProgress(TrainingConfiguration configuration, bool isOnline = true)
{
    /// <summary>
    /// Bits by which the numbers of the sequences of successive training sets are shifted. The last training set begins
    /// at number 0, so a curriculum ends with the sequences that the same trial has without one; the i-th set before it
    /// begins at i·2¹⁴.
    /// </summary>
    internal const int StageShift = 14;

    private readonly int _sequenceCount = configuration.TrainingSequences;
    private readonly int _maxIncorrect = configuration.ConvergenceRule.MaxIncorrect(configuration.TrainingSequences);
    private int _evaluationPresentations;
    private long _skippedPresentations;
    private int _testedCount;
    private int _testIncorrectCount;
    private double _testCostSum;
    private double _meanCost = double.NaN;
    private double _trainingError = double.NaN;
    private StopReason? _pendingStopReason; // set while final evaluation and test are pending

    /// <summary>The purpose of the next pass.</summary>
    public TrialPhase Phase { get; private set; } = TrialPhase.Learning;

    /// <summary>Passes through the training sequences so far.</summary>
    public int Epochs { get; private set; }

    /// <summary>Training presentations so far.</summary>
    public int Presentations { get; private set; }

    /// <summary>Index of the current training set of a curriculum, from 0.</summary>
    public int Stage { get; private set; }

    /// <summary>Sequence length T of that training set.</summary>
    public int StageLength => configuration.StageLengths[Stage];

    /// <summary>Whether the training set was learned in the last pass.</summary>
    public bool HasLearnedStage { get; private set; }

    /// <summary>Whether the next pass presents different sequences from the last pass.</summary>
    public bool HasNewSequences { get; private set; } = true;

    /// <summary>Whether the next pass presents test sequences.</summary>
    public bool IsTesting => Phase == TrialPhase.Testing && !configuration.TestsOnValidation;

    /// <summary>Whether the next pass presents validation sequences.</summary>
    public bool IsValidating
        => Phase == TrialPhase.Validating || (Phase == TrialPhase.Testing && configuration.TestsOnValidation);

    /// <summary>The validations so far.</summary>
    public ValidationProgress Validations { get; } = new(configuration.ConvergenceRule.Patience);

    /// <summary>Whether the last pass ended the training of a trial with validations.</summary>
    public bool HasEndedValidations { get; private set; }

    private bool IsHeldOut => IsTesting || IsValidating;

    /// <summary>Index of the first test or validation sequence of the next pass.</summary>
    public int FirstTestSequence => _testedCount;

    /// <summary>
    /// Number of the first sequence of the next pass. Fresh sequences follow those of the passes before.
    /// </summary>
    public int FirstSequence
        => IsHeldOut ? FirstTestSequence
            : configuration.HasFreshSequences ? Presentations
            : (configuration.StageLengths.Count - 1 - Stage) << StageShift;

    /// <summary>Length of the longest sequence of the next pass.</summary>
    public int MaxSequenceLength => IsHeldOut ? configuration.MaxLength : StageLength;

    /// <summary>Sequences of the next pass that count; the last pass of a test may need only some.</summary>
    public int CountedSequences
        => IsHeldOut ? Math.Min(_sequenceCount, HeldOutSequences - _testedCount) : _sequenceCount;

    private int HeldOutSequences
        => Phase == TrialPhase.Testing ? configuration.TestSequences : configuration.ValidationSequences;

    /// <summary>
    /// Creates the progress for a diagnostic snapshot: the next pass presents the training sequences of a stage, or
    /// fresh sequences, those of the next pass of the trial.
    /// </summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="progress">The progress of the trial.</param>
    /// <param name="isInPass">Whether a pass has begun that the progress does not contain.</param>
    internal static TrialProgress CreateForDiagnostics(
        TrainingConfiguration configuration, TrialProgress progress, bool isInPass = false)
        => new(configuration)
        {
            Stage = progress.Stage,
            Epochs = progress.Epochs + (isInPass ? 1 : 0),
            Presentations = !configuration.HasFreshSequences ? 0    // always in the same order
                : progress.Presentations + (isInPass ? configuration.TrainingSequences : 0),
        };

    /// <summary>Creates the progress of a trial whose next pass presents its last training set.</summary>
    internal static TrialProgress CreateForLastTrainingSet(TrainingConfiguration configuration)
        => new(configuration) { Phase = TrialPhase.FinalEvaluation, Stage = configuration.StageLengths.Count - 1 };

    /// <summary>Creates the progress of a trial that is tested and then ends.</summary>
    internal static TrialProgress CreateForTest(TrainingConfiguration configuration)
        => new(configuration) { Phase = TrialPhase.Testing, _pendingStopReason = StopReason.BudgetExhausted };

    /// <summary>
    /// Saves or restores the progress between two passes. The sequences of the next pass are written anew then, so that
    /// what is not transferred has its initial value.
    /// </summary>
    internal void TransferState(StateTransfer state)
    {
        Phase = (TrialPhase)state.Transfer((int)Phase);
        Epochs = state.Transfer(Epochs);
        Presentations = state.Transfer(Presentations);
        Stage = state.Transfer(Stage);
        _evaluationPresentations = state.Transfer(_evaluationPresentations);
        _skippedPresentations = state.Transfer(_skippedPresentations);
        _testedCount = state.Transfer(_testedCount);
        _testIncorrectCount = state.Transfer(_testIncorrectCount);
        _testCostSum = state.Transfer(_testCostSum);
        _meanCost = state.Transfer(_meanCost);
        _trainingError = state.Transfer(_trainingError);
        Validations.TransferState(state);
        const int none = -1;
        int pending = state.Transfer((int?)_pendingStopReason ?? none);
        _pendingStopReason = pending == none ? null : (StopReason)pending;
    }

    /// <summary>Processes the result of a pass.</summary>
    /// <returns>The outcome if the trial has ended; otherwise null.</returns>
    public Outcome? EndEpoch(in EpochResult result)
    {
        (TrialPhase previousPhase, int previousStage) = (Phase, Stage);
        HasLearnedStage = HasEndedValidations = false;
        Validations.BeginPass();
        bool wasHeldOut = IsHeldOut;
        Outcome? outcome = Advance(result);
        HasEndedValidations = previousPhase == TrialPhase.Validating
            && (outcome is not null ? outcome.Value.StopReason != StopReason.Diverged : _pendingStopReason is not null);
        HasNewSequences = configuration.HasFreshSequences || IsHeldOut || wasHeldOut || Stage != previousStage;
        return outcome;
    }

    private Outcome? Advance(in EpochResult result)
    {
        int countedSequences = CountedSequences;
        if (Phase == TrialPhase.Learning)
        {
            Presentations += countedSequences;
            _skippedPresentations += isOnline ? 0 : countedSequences - result.PresentedCount;
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
                if (configuration.ConvergenceRule.Rule == ConvergenceRuleKind.Validation)
                {
                    BeginEvaluation(TrialPhase.Validating);
                    return null;
                }

                if (isOnline && ShouldEvaluate(result.CorrectCount))
                {
                    BeginEvaluation(configuration.ConvergenceRule.Rule == ConvergenceRuleKind.TestSequences
                        ? TrialPhase.Testing : TrialPhase.EvaluatingTrainingSet);
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
            case TrialPhase.Validating:
                AddHeldOutEpoch(result, countedSequences);
                if (_testedCount < configuration.ValidationSequences)
                    return null;
                if (Validations.Add(_testCostSum / _testedCount))
                    return Stop(StopReason.Converged);
                break;
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
            return Stop(StopReason.BudgetExhausted);
        Phase = TrialPhase.Learning;
        return null;
    }

    /// <summary>
    /// Whether enough outputs of a training epoch are correct to begin an evaluation. A trial that stays near the
    /// required share could be tested after every epoch; a test therefore begins only if tests have taken no more
    /// presentations than training.
    /// </summary>
    private bool ShouldEvaluate(int correctCount)
        => configuration.ConvergenceRule.Rule == ConvergenceRuleKind.TestSequences
            ? (double)correctCount / _sequenceCount >= configuration.ConvergenceRule.RequiredTestShare
                && _evaluationPresentations <= Presentations
            : _sequenceCount - correctCount <= _maxIncorrect;

    private bool IsTrainingSetLearned(in EpochResult result)
        => _sequenceCount - result.CorrectCount <= _maxIncorrect
            && (configuration.ConvergenceRule.Rule != ConvergenceRuleKind.SignAndCost
                || result.Cost / _sequenceCount < configuration.ConvergenceRule.CostThreshold);

    /// <summary>Share of the training sequences that were incorrect.</summary>
    private double ComputeError(in EpochResult result)
        => (double)(_sequenceCount - result.CorrectCount) / _sequenceCount;

    /// <summary>Adds a pass of a test; returns false once the required share cannot be reached.</summary>
    private bool AddTestEpoch(in EpochResult result, int countedSequences)
    {
        AddHeldOutEpoch(result, countedSequences);
        return (double)(configuration.TestSequences - _testIncorrectCount) / configuration.TestSequences
            >= configuration.ConvergenceRule.RequiredTestShare;
    }

    private void AddHeldOutEpoch(in EpochResult result, int countedSequences)
    {
        _testedCount += countedSequences;
        _testIncorrectCount += countedSequences - result.CorrectCount;
        _testCostSum += result.Cost;
    }

    private void BeginEvaluation(TrialPhase phase)
    {
        Phase = phase;
        _testedCount = 0;
        _testIncorrectCount = 0;
        _testCostSum = 0.0;
    }

    /// <summary>Moves to the next training set, which is evaluated first because it may already be learned.</summary>
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

    /// <summary>Ends the trial after the remaining final evaluation and test.</summary>
    private Outcome? Stop(StopReason reason)
    {
        if (!configuration.HasFinalTest)
            return CreateOutcome(reason);
        _pendingStopReason = reason;
        if (double.IsNaN(_trainingError) && !configuration.HasFreshSequences)
        {
            Phase = TrialPhase.FinalEvaluation;
            return null;
        }

        if (configuration.TestSequences == 0)
            return CreateOutcome(reason);
        BeginEvaluation(TrialPhase.Testing);
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
            ValidationCost = reason != StopReason.Diverged && double.IsFinite(Validations.MinimumCost)
                ? Validations.MinimumCost : double.NaN,
            SkippedPresentations = _skippedPresentations,
        };
    }
}
