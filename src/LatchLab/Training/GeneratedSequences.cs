using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The generated sequences of the tasks of Section V-E, whose lengths differ. At any time, the trials that run side by
/// side present sequences of nearly equal ranks by length, so that the lanes of a batch have nearly equal lengths. A
/// trial does not depend on neighbouring lanes.
/// </summary>
/// <remarks>
/// Where the order is drawn anew in each epoch, a sequence exchanges its position with sequences of nearly its length
/// (<see cref="SequenceOrder"/>), and one pseudo-random order, the same for all trials and epochs, assigns the ranks to
/// the positions, so that lengths do not come in blocks. Passes that do not train have no drawn order.
/// </remarks>
internal sealed class GeneratedSequences<TLane> : ISequenceBatches<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>
    /// Bits by which sequence indices of successive training sets are shifted. The last training set begins at index 0,
    /// so a curriculum ends with the sequences that the same trial has without one; the i-th set before it begins at
    /// i·2¹⁴.
    /// </summary>
    public const int StageShift = 14;

    private readonly int _maxLength;    // T of the longest trial
    private readonly int _sequenceCount;
    private readonly RankedSequences<TLane> _sequences;
    private readonly OrderedSequences<TLane>? _orderedSequences;   // the same; null if all lanes present them by rank
    private readonly int[] _ranks;               // [position], of a pass in which all positions count
    private readonly int[] _classEnds;           // [lane][rank]: the rank after the last with which it changes places
    private readonly TrialRandom[] _random;      // [lane]
    private readonly double[] _inputBuffer;      // [t − 1] of the sequence that is being written
    private readonly (int Length, int Number)[] _sequenceOrder;
    private readonly int[] _lengths;             // [rank] of the lane that is being written
    private readonly int[] _drawnOrder;          // [rank] of the lane whose epoch is drawn

    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="sequenceCount">Number P of training sequences.</param>
    /// <param name="isShuffled">Whether the order of each epoch is drawn.</param>
    public GeneratedSequences(int bundles, int maxLength, int sequenceCount, bool isShuffled)
    {
        _maxLength = maxLength;
        _sequenceCount = sequenceCount;
        _orderedSequences = isShuffled ? new(bundles, maxLength, sequenceCount) : null;
        _sequences = _orderedSequences ?? (RankedSequences<TLane>)new SortedSequences<TLane>(
            bundles, maxLength, sequenceCount);
        _ranks = PresentationOrder.ShuffleRanks(sequenceCount);
        _classEnds = new int[bundles * TLane.Count * sequenceCount];
        _random = new TrialRandom[bundles * TLane.Count];
        _inputBuffer = new double[maxLength];
        _sequenceOrder = new (int, int)[sequenceCount];
        _lengths = new int[sequenceCount];
        _drawnOrder = new int[sequenceCount];
    }

    public void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress)
    {
        if (progress.HasNewSequences)
            WriteSequences(lane, trial, progress);
        if (_orderedSequences is not null)
            SetOrder(_orderedSequences.GetOrder(lane), lane, progress);
    }

    public void Deactivate(int lane) => _sequences.Deactivate(lane);

    public void BeginEpoch() => _sequences.BeginEpoch();

    public SequenceBatch<TLane> GetBatch(int p) => _sequences.GetBatch(p);

    private void WriteSequences(int lane, in PendingTrial trial, TrialProgress progress)
    {
        var configuration = (TrainingConfiguration)trial.Configuration;
        var task = (GeneratedTask)configuration.Task;
        TrialRandom random = configuration.CreateRandom(trial.Seed, trial.TrialIndex);
        _random[lane] = random;
        Purpose purpose = progress.IsTesting ? Purpose.TestSequences : Purpose.TrainingSequences;
        int stagesLeft = configuration.StageLengths.Count - 1 - progress.Stage;
        int firstSequence = progress.IsTesting ? progress.FirstTestSequence : stagesLeft << StageShift;
        int maxSequenceLength = progress.IsTesting ? configuration.MaxLength : progress.StageLength;
        for (int p = 0; p < _sequenceCount; p++)
        {
            _sequenceOrder[p] = (
                task.LengthOf(random, purpose, firstSequence + p, maxSequenceLength), firstSequence + p);
        }

        // Sequences that do not count come last, whatever their length.
        Array.Sort(_sequenceOrder, 0, progress.CountedSequences);
        InputLayout layout = _sequences.GetLayout(lane);
        Span<double> numbers = _sequences.Inputs;
        for (int rank = 0; rank < _sequenceCount; rank++)
        {
            (_lengths[rank], int sequenceIndex) = _sequenceOrder[rank];
            Span<double> inputs = _inputBuffer.AsSpan(0, _lengths[rank]);
            task.Write(random, purpose, sequenceIndex, inputs);
            int start = _maxLength - inputs.Length,
                offset = layout.Offset + (rank * layout.SequenceStride) + (start * layout.StepStride);
            for (int t = 0; t < inputs.Length; t++)
                numbers[offset + (t * layout.StepStride)] = inputs[t];
            _sequences.SetProperties(
                lane, rank, start, GeneratedTask.ClassOf(sequenceIndex) == 1 ? 1.0 : -1.0);
        }

        Span<int> classEnds = ClassEndsOf(lane);
        if (task.Order == SequenceOrder.Shuffled)
            classEnds.Fill(_sequenceCount);
        else if (!progress.IsTesting)
            PresentationOrder.FindLengthClasses(_lengths, classEnds);
    }

    /// <summary>Sets the rank at each position of the next pass.</summary>
    private void SetOrder(Span<int> order, int lane, TrialProgress progress)
    {
        int counted = progress.CountedSequences;
        ReadOnlySpan<int> ranks = counted == _sequenceCount ? _ranks
            : PresentationOrder.RestrictToFirst(_ranks, counted);
        ranks.CopyTo(order);
        for (int rank = counted; rank < _sequenceCount; rank++)
            order[rank] = rank;
        if (progress.Phase != TrialPhase.Learning)
            return;
        PresentationOrder.DrawEpoch(
            _random[lane], progress.Presentations / _sequenceCount, ClassEndsOf(lane), _drawnOrder);
        for (int position = 0; position < order.Length; position++)
            order[position] = _drawnOrder[order[position]];
    }

    private Span<int> ClassEndsOf(int lane) => _classEnds.AsSpan(lane * _sequenceCount, _sequenceCount);
}
