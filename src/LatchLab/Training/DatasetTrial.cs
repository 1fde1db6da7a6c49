using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The data of a trial on a dataset: its split, its presentation order, and the scaling of inputs and labels.
/// </summary>
internal sealed class DatasetTrial
{
    private readonly PendingTrial _trial;
    private readonly int[] _trainingSequences;  // [rank]
    private readonly int[] _testSequences;      // [rank]
    private int[] _ranksByPosition = [];        // [position] in the pass
    private int _firstRank;                     // rank of the first test sequence of the pass

    /// <summary>Splits, orders and scales the dataset for a trial.</summary>
    public DatasetTrial(in PendingTrial trial, ulong seed)
    {
        _trial = trial;
        Task = (DatasetTask)((TrainingConfiguration)trial.Configuration).Task;
        Dataset = Task.Dataset ?? throw new InvalidOperationException("The dataset of the task has not been read.");
        Random = new(seed, RandomWord: 0, trial.TrialIndex);
        LabelScale = Task.LabelScale;
        TrainTestSplit split = TrainTestSplit.Create(Dataset, Task.TestShare, Random);
        _trainingSequences = PresentationOrder.RankByLength(Dataset, split.Training, isTest: false, Random);
        _testSequences = PresentationOrder.RankByLength(Dataset, split.Test, isTest: true, Random);
        InputScaling = InputScaling.Fit(Dataset, split.Training, Task.CountPresentedSteps(Dataset.MaximumLength),
            Task.Normalisation);
    }

    public DatasetTask Task { get; }

    public Dataset Dataset { get; }

    /// <summary>The random numbers of the dataset: the same for every network and learner.</summary>
    public TrialRandom Random { get; }

    public InputScaling InputScaling { get; }

    /// <summary>The conversion of labels to targets.</summary>
    public LabelScale LabelScale { get; }

    /// <summary>Whether the current pass presents test sequences.</summary>
    public bool IsTest { get; private set; }

    public bool Matches(in PendingTrial other)
        => _trial.TrialIndex == other.TrialIndex && ReferenceEquals(_trial.Configuration, other.Configuration);

    /// <summary>Sets what the next passes present.</summary>
    /// <param name="progress">The progress of the trial.</param>
    /// <param name="allRanks">The ranks of a pass in which all positions count.</param>
    public void PrepareEpochs(TrialProgress progress, int[] allRanks)
    {
        IsTest = progress.IsTesting;
        _firstRank = IsTest ? progress.FirstTestSequence : 0;
        int count = progress.CountedSequences;
        _ranksByPosition = count == allRanks.Length ? allRanks : PresentationOrder.RestrictToFirst(allRanks, count);
    }

    /// <summary>The sequence at a position of the pass; −1 if no sequence is left.</summary>
    public int GetSequence(int position) => position >= _ranksByPosition.Length ? -1
        : (IsTest ? _testSequences : _trainingSequences)[_firstRank + _ranksByPosition[position]];
}
