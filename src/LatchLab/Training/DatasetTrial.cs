using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// What a trial on somebody's own sequences presents: its split, its order, and what is done to the numbers.
/// </summary>
internal sealed class DatasetTrial
{
    private readonly PendingTrial _trial;
    private readonly int[] _trainingSequences;    // [rank]
    private readonly int[] _testSequences;        // [rank]
    private int[] _ranksByPosition = [];           // [place] of the pass
    private int _firstRank;                  // rank, of the test, that the pass begins with

    /// <summary>The trial at its beginning.</summary>
    public DatasetTrial(in PendingTrial trial, ulong seed)
    {
        this._trial = trial;
        Task = (DatasetTask)((TrainingConfiguration)trial.Configuration).Task;
        Dataset = Task.Dataset ?? throw new InvalidOperationException("the sequences were not read");
        Random = new(seed, RandomWord: 0, trial.TrialIndex);
        LabelScale = Task.LabelScale;
        TrainTestSplit split = TrainTestSplit.Create(Dataset, Task.TestShare, Random);
        _trainingSequences = PresentationOrder.RankByLength(Dataset, split.Training, isTest: false, Random);
        _testSequences = PresentationOrder.RankByLength(Dataset, split.Test, isTest: true, Random);
        InputScaling = InputScaling.Fit(Dataset, split.Training, Task.CountPresentedSteps(Dataset.MaximumLength),
            Task.Normalisation);
    }

    /// <summary>The task.</summary>
    public DatasetTask Task { get; }

    /// <summary>Its sequences.</summary>
    public Dataset Dataset { get; }

    /// <summary>The random numbers of its sequences: the same for every network and learner.</summary>
    public TrialRandom Random { get; }

    /// <summary>What is done to the inputs.</summary>
    public InputScaling InputScaling { get; }

    /// <summary>How labels become targets.</summary>
    public LabelScale LabelScale { get; }

    /// <summary>Whether the pass presents test sequences.</summary>
    public bool IsTest { get; private set; }

    /// <summary>Whether it is this trial.</summary>
    public bool Matches(in PendingTrial other)
        => _trial.TrialIndex == other.TrialIndex && ReferenceEquals(_trial.Configuration, other.Configuration);

    /// <summary>Sets what the next passes present.</summary>
    /// <param name="progress">How far the trial has come.</param>
    /// <param name="allRanks">The ranks of a pass in which all places count.</param>
    public void PrepareEpochs(TrialProgress progress, int[] allRanks)
    {
        IsTest = progress.IsTesting;
        _firstRank = IsTest ? progress.FirstTestSequence : 0;
        int count = progress.CountedSequences;
        _ranksByPosition = count == allRanks.Length ? allRanks : PresentationOrder.RestrictToFirst(allRanks, count);
    }

    /// <summary>The sequence at a place of the pass; −1 where none is left.</summary>
    public int GetSequence(int position) => position >= _ranksByPosition.Length ? -1
        : (IsTest ? _testSequences : _trainingSequences)[_firstRank + _ranksByPosition[position]];
}
