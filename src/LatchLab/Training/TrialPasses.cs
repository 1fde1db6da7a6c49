using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The passes of a trial through its sequences: which sequence is presented at which position. The sequences of a pass
/// are ranked by length, and of equal length by number. The ranks are presented in one pseudo-random order, the same
/// for all trials and passes; in a training epoch, sequences of nearly equal length exchange their positions
/// (<see cref="SequenceOrder"/>).
/// </summary>
internal sealed class TrialPasses
{
    private readonly PendingTrial _trial;
    private readonly TaskDefinition _task;
    private readonly TrialSequences _sequences;
    private readonly int[] _allRanks;           // [position] of a pass in which all positions count
    private readonly bool _isShuffled;
    private readonly (int Length, int Number)[] _ranked;    // [rank]
    private readonly int[] _lengths;            // [rank]
    private readonly int[] _classEnds;          // [rank]: the rank after the last with which it changes places
    private readonly int[] _drawnOrder;         // [rank] of a training epoch
    private readonly int[] _drawnRanks;         // [position] of a training epoch
    private int[] _ranks = [];                  // [position] in the pass
    private Purpose _purpose;

    /// <param name="trial">The trial.</param>
    /// <param name="ranks">[position]: the ranks of a pass in which all positions count.</param>
    /// <param name="isShuffled">Whether the order of each training epoch is drawn.</param>
    public TrialPasses(in PendingTrial trial, int[] ranks, bool isShuffled)
    {
        _trial = trial;
        var configuration = trial.Configuration;
        _task = configuration.Task;
        _sequences = _task.CreateSequences(configuration.CreateRandom(trial.Seed, trial.TrialIndex));
        (_allRanks, _isShuffled) = (ranks, isShuffled);
        _ranked = new (int, int)[ranks.Length];
        _lengths = new int[ranks.Length];
        _classEnds = new int[ranks.Length];
        _drawnOrder = new int[ranks.Length];
        _drawnRanks = new int[ranks.Length];
    }

    /// <summary>[position]: the rank of the sequence that the pass presents.</summary>
    public ReadOnlySpan<int> Ranks => _ranks;

    /// <summary>Whether the sequences of the next pass are not those of the pass before.</summary>
    public bool HasNewSequences { get; private set; }

    public bool BelongsTo(in PendingTrial trial)
        => (_trial.TrialIndex, _trial.Seed) == (trial.TrialIndex, trial.Seed)
            && ReferenceEquals(_trial.Configuration, trial.Configuration);

    /// <summary>Sets what the next pass presents.</summary>
    public void BeginPass(TrialProgress progress)
    {
        int count = progress.CountedSequences;
        HasNewSequences = progress.HasNewSequences || _task.VariesBetweenPasses;
        _sequences.BeginPass(progress.Epochs);
        if (progress.HasNewSequences)
            RankSequences(progress, count);
        _ranks = count == _allRanks.Length ? _allRanks : PresentationOrder.RestrictToFirst(_allRanks, count);
        if (!_isShuffled || progress.Phase != TrialPhase.Learning)
            return;
        PresentationOrder.DrawEpoch(_sequences.Random, progress.Presentations / count, _classEnds, _drawnOrder);
        _ranks = _drawnRanks;
        for (int position = 0; position < _ranks.Length; position++)
            _ranks[position] = _drawnOrder[_allRanks[position]];
    }

    /// <summary>Number of the sequence of a rank.</summary>
    public int GetNumber(int rank) => _ranked[rank].Number;

    /// <summary>The steps of the sequence of a rank, up to its target.</summary>
    public int GetSteps(int rank) => _ranked[rank].Length + _sequences.Delay;

    /// <summary>Writes the sequence of a rank (<see cref="TrialSequences.Write"/>).</summary>
    public void Write(int rank, Span<double> inputs, Span<double> labels)
        => _sequences.Write(_purpose, GetNumber(rank), inputs, labels);

    private void RankSequences(TrialProgress progress, int count)
    {
        _purpose = progress.IsTesting ? Purpose.TestSequences
            : progress.IsValidating ? Purpose.ValidationSequences : Purpose.TrainingSequences;
        int first = progress.FirstSequence;
        for (int p = 0; p < count; p++)
            _ranked[p] = (_sequences.LengthOf(_purpose, first + p, progress.MaxSequenceLength), first + p);
        Array.Sort(_ranked, 0, count);
        for (int rank = 0; rank < count; rank++)
            _lengths[rank] = _ranked[rank].Length;
        if (_task.Order == SequenceOrder.Shuffled)
            Array.Fill(_classEnds, count);
        else
            PresentationOrder.FindLengthClasses(_lengths.AsSpan(0, count), _classEnds);
    }
}
