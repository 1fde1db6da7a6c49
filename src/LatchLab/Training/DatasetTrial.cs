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
    private readonly int[] _classEnds;          // [rank]: the rank after the last with which it changes places
    private readonly int[] _drawnOrder;         // [rank] of a training epoch
    private readonly int[] _drawnRanks;         // [position] of a training epoch
    private int[] _ranksByPosition = [];        // [position] in the pass
    private int _firstRank;                     // rank of the first test sequence of the pass

    /// <summary>Splits, orders and scales the dataset for a trial.</summary>
    public DatasetTrial(in PendingTrial trial)
    {
        _trial = trial;
        Task = (DatasetTask)((TrainingConfiguration)trial.Configuration).Task;
        Dataset = Task.Dataset ?? throw new InvalidOperationException("The dataset of the task has not been read.");
        Random = new(trial.Seed, RandomWord: 0, trial.TrialIndex);
        LabelScale = Task.LabelScale;
        TrainTestSplit split = TrainTestSplit.Create(Dataset, Task.TestShare, Random);
        _trainingSequences = PresentationOrder.RankByLength(Dataset, split.Training, isTest: false, Random);
        _testSequences = PresentationOrder.RankByLength(Dataset, split.Test, isTest: true, Random);
        InputScaling = InputScaling.Fit(Dataset, split.Training, Task.CountPresentedSteps(Dataset.MaximumLength),
            Task.Normalisation);
        _classEnds = new int[_trainingSequences.Length];
        _drawnOrder = new int[_trainingSequences.Length];
        _drawnRanks = new int[_trainingSequences.Length];
        if (Task.Order == SequenceOrder.Shuffled)
            Array.Fill(_classEnds, _classEnds.Length);
        else
            PresentationOrder.FindLengthClasses(
                [.. _trainingSequences.Select(sequence => Task.CountPresentedSteps(Dataset.LengthOf(sequence)))],
                _classEnds);
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
        => (_trial.TrialIndex, _trial.Seed) == (other.TrialIndex, other.Seed)
            && ReferenceEquals(_trial.Configuration, other.Configuration);

    /// <summary>Sets what the next pass presents.</summary>
    /// <param name="progress">The progress of the trial.</param>
    /// <param name="allRanks">The ranks of a pass in which all positions count.</param>
    /// <param name="isShuffled">Whether the order of a training epoch is drawn.</param>
    public void PrepareEpoch(TrialProgress progress, int[] allRanks, bool isShuffled)
    {
        IsTest = progress.IsTesting;
        _firstRank = IsTest ? progress.FirstTestSequence : 0;
        int count = progress.CountedSequences;
        _ranksByPosition = count == allRanks.Length ? allRanks : PresentationOrder.RestrictToFirst(allRanks, count);
        if (!isShuffled || progress.Phase != TrialPhase.Learning)
            return;
        PresentationOrder.DrawEpoch(Random, progress.Presentations / count, _classEnds, _drawnOrder);
        _ranksByPosition = _drawnRanks;
        for (int position = 0; position < allRanks.Length; position++)
            _drawnRanks[position] = _drawnOrder[allRanks[position]];
    }

    /// <summary>The rank, within the pass, of the sequence at a position; −1 if no sequence is left.</summary>
    public int GetRank(int position) => position >= _ranksByPosition.Length ? OrderedSequences<Scalar>.None
        : _ranksByPosition[position];

    /// <summary>The sequence of a rank.</summary>
    public int GetSequence(int rank) => (IsTest ? _testSequences : _trainingSequences)[_firstRank + rank];
}
