using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The sequences of tasks for the lanes of a trial batch. At any time, the trials that run side by side present
/// sequences of nearly equal ranks by length (<see cref="TrialPasses"/>), so that the lanes of a batch have nearly
/// equal lengths. A trial does not depend on neighbouring lanes, which may have other tasks.
/// </summary>
/// <remarks>
/// The lanes keep their sequences from pass to pass if the task allows it. If not, a sequence is written whenever it is
/// presented.
/// </remarks>
internal sealed class TaskSequences<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int _maxLength;    // T of the longest trial
    private readonly int _inputCount;
    private readonly int _outputCount;
    private readonly bool _isShuffled;
    private readonly bool _isStored;    // whether a lane keeps all sequences of a pass, not one
    private readonly bool _hasTargets;  // whether the label of a sequence is its targets, not the sign of its class
    private readonly RankedSequences<TLane> _sequences;
    private readonly RankedSequences<TLane>? _targets;      // at every step; null if only the last has them
    private readonly int[] _ranks;               // [position], of a pass in which all positions count
    private readonly TrialPasses?[] _laneTrials; // [lane]
    private readonly double[] _inputBuffer;      // [t − 1][input] of the sequence that is being written
    private readonly double[] _labelBuffer;      // [output], or [t − 1][output] with targets at every step

    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="sequenceCount">Number P of training sequences.</param>
    /// <param name="networkShape">Inputs and outputs of the network.</param>
    /// <param name="scoring">The kind of the targets, and whether every step has them.</param>
    /// <param name="isShuffled">Whether the order of each training epoch is drawn.</param>
    /// <param name="mixesRanks">Whether the ranks of a pass have a pseudo-random order.</param>
    /// <param name="maxStoredNumbers">Most numbers, inputs and targets, that all lanes keep.</param>
    public TaskSequences(
        int bundles, int maxLength, int sequenceCount, NetworkShape networkShape, Scoring scoring, bool isShuffled,
        bool mixesRanks, long maxStoredNumbers)
    {
        (_maxLength, _isShuffled) = (maxLength, isShuffled);
        (_inputCount, _outputCount) = (networkShape.Inputs, networkShape.Outputs);
        _laneTrials = new TrialPasses?[bundles * TLane.Count];
        long targets = (long)_outputCount * (scoring.HasTargetsAtEveryStep ? maxLength : 1);
        _isStored = sequenceCount * (((long)maxLength * _inputCount) + targets) * _laneTrials.Length
            <= maxStoredNumbers;
        _hasTargets = scoring.Targets != TargetKind.Sign;
        _sequences = Create(_inputCount, _outputCount);
        _targets = scoring.HasTargetsAtEveryStep ? Create(_outputCount, labels: 1) : null;
        _ranks = PresentationOrder.ShuffleRanks(sequenceCount);
        if (!mixesRanks)
            Array.Sort(_ranks);
        _inputBuffer = new double[maxLength * _inputCount];
        _labelBuffer = new double[_outputCount * (scoring.HasTargetsAtEveryStep ? maxLength : 1)];

        RankedSequences<TLane> Create(int inputs, int labels)
        {
            int stored = _isStored ? sequenceCount : 1;
            return isShuffled || !_isStored
                ? new OrderedSequences<TLane>(bundles, maxLength, stored, inputs, labels)
                : new SortedSequences<TLane>(bundles, maxLength, stored, inputs, labels);
        }
    }

    /// <summary>Sets what the next pass presents to a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="trial">The trial in the lane.</param>
    /// <param name="progress">The progress of the trial.</param>
    public void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress)
    {
        if (_laneTrials[lane]?.BelongsTo(trial) != true)
            _laneTrials[lane] = new(trial, _ranks, _isShuffled);
        TrialPasses passes = _laneTrials[lane]!;
        passes.BeginPass(progress);
        if (!_isStored)
            return;
        if (passes.HasNewSequences)
        {
            _sequences.Deactivate(lane);
            for (int rank = 0; rank < passes.Ranks.Length; rank++)
                WriteSequence(passes, rank, lane, slot: rank);
        }

        SetOrder(lane, passes.Ranks);
    }

    /// <summary>Marks a lane as inactive, so that it does not affect the bounds of the batch.</summary>
    public void Deactivate(int lane)
    {
        _laneTrials[lane] = null;
        _sequences.Deactivate(lane);
        _targets?.Deactivate(lane);
    }

    /// <summary>Begins a pass; called after every lane is prepared.</summary>
    public void BeginEpoch()
    {
        _sequences.BeginEpoch();
        _targets?.BeginEpoch();
    }

    /// <summary>Returns the p-th sequence of every lane; earlier batches of the pass may be overwritten.</summary>
    public SequenceBatch<TLane> GetBatch(int p)
    {
        if (!_isStored)
            WriteSequences(p);
        int position = _isStored ? p : 0;
        SequenceBatch<TLane> batch = _sequences.GetBatch(position);
        if (!_hasTargets)
            return batch;
        return new()
        {
            Inputs = batch.Inputs,
            StartOffset = batch.StartOffset,
            ClassSign = batch.ClassSign,    // not read: no input is trainable
            Targets = _targets is null ? batch.ClassSign : _targets.GetBatch(position).Inputs,
            HasTargetsAtEveryStep = _targets is not null,
            Length = batch.Length,
            EarliestStart = batch.EarliestStart,
            LatestStart = batch.LatestStart,
        };
    }

    /// <summary>Writes the sequences at a position of the pass into the only place of every lane.</summary>
    private void WriteSequences(int position)
    {
        for (int lane = 0; lane < _laneTrials.Length; lane++)
        {
            TrialPasses? passes = _laneTrials[lane];
            bool isPresented = position < passes?.Ranks.Length;
            SetOrder(lane, isPresented ? [0] : []);
            if (isPresented)
                WriteSequence(passes!, passes!.Ranks[position], lane, slot: 0);
        }
    }

    /// <summary>Writes a sequence of a trial, aligned to the last time step.</summary>
    private void WriteSequence(TrialPasses passes, int rank, int lane, int slot)
    {
        int start = _maxLength - passes.GetSteps(rank);
        Span<double> inputs = _inputBuffer.AsSpan(start * _inputCount),
            labels = _labelBuffer.AsSpan(_targets is null ? 0 : start * _outputCount);
        passes.Write(rank, inputs, labels);
        _sequences.Write(lane, slot, start, inputs, labels[.._outputCount]);
        _targets?.Write(lane, slot, start, labels, labels[..1]);
    }

    private void SetOrder(int lane, ReadOnlySpan<int> ranks)
    {
        _sequences.SetOrder(lane, ranks);
        _targets?.SetOrder(lane, ranks);
    }
}
