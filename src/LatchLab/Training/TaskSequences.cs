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
internal sealed class TaskSequences<TLane> : ISequenceBatches<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int _maxLength;    // T of the longest trial
    private readonly int _inputCount;
    private readonly bool _isShuffled;
    private readonly bool _isStored;    // whether a lane keeps all sequences of a pass, not one
    private readonly bool _hasTargets;  // whether the label of a sequence is its targets, not the sign of its class
    private readonly RankedSequences<TLane> _sequences;
    private readonly OrderedSequences<TLane>? _orderedSequences;   // the same; null if all lanes present them by rank
    private readonly int[] _ranks;               // [position], of a pass in which all positions count
    private readonly TrialPasses?[] _laneTrials; // [lane]
    private readonly double[] _inputBuffer;      // [t − 1][input] of the sequence that is being written
    private readonly double[] _labelBuffer;      // [output]

    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="sequenceCount">Number P of training sequences.</param>
    /// <param name="networkShape">Inputs and outputs of the network.</param>
    /// <param name="targets">The kind of the targets.</param>
    /// <param name="isShuffled">Whether the order of each training epoch is drawn.</param>
    /// <param name="maxStoredInputs">Most input values that all lanes keep.</param>
    public TaskSequences(
        int bundles, int maxLength, int sequenceCount, NetworkShape networkShape, TargetKind targets, bool isShuffled,
        long maxStoredInputs)
    {
        (_maxLength, _inputCount, _isShuffled) = (maxLength, networkShape.Inputs, isShuffled);
        _laneTrials = new TrialPasses?[bundles * TLane.Count];
        _isStored = (long)sequenceCount * maxLength * _inputCount * _laneTrials.Length <= maxStoredInputs;
        _hasTargets = targets != TargetKind.Sign;
        int stored = _isStored ? sequenceCount : 1;
        _orderedSequences = isShuffled || !_isStored
            ? new(bundles, maxLength, stored, _inputCount, networkShape.Outputs) : null;
        _sequences = _orderedSequences ?? (RankedSequences<TLane>)new SortedSequences<TLane>(
            bundles, maxLength, stored, _inputCount, networkShape.Outputs);
        _ranks = PresentationOrder.ShuffleRanks(sequenceCount);
        if (!isShuffled)
            Array.Sort(_ranks);
        _inputBuffer = new double[maxLength * _inputCount];
        _labelBuffer = new double[networkShape.Outputs];
    }

    public void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress)
    {
        if (_laneTrials[lane]?.BelongsTo(trial) != true)
            _laneTrials[lane] = new(trial, _ranks, _isShuffled);
        TrialPasses passes = _laneTrials[lane]!;
        passes.BeginPass(progress);
        if (!_isStored)
            return;
        if (progress.HasNewSequences)
        {
            _sequences.Deactivate(lane);
            for (int rank = 0; rank < passes.Count; rank++)
                WriteSequence(passes, rank, lane, slot: rank);
        }

        if (_orderedSequences is null)
            return;
        Span<int> order = _orderedSequences.GetOrder(lane);
        for (int position = 0; position < order.Length; position++)
            order[position] = passes.GetRank(position);
    }

    public void Deactivate(int lane)
    {
        _laneTrials[lane] = null;
        _sequences.Deactivate(lane);
    }

    public void BeginEpoch() => _sequences.BeginEpoch();

    public SequenceBatch<TLane> GetBatch(int p)
    {
        if (!_isStored)
            WriteSequences(p);
        SequenceBatch<TLane> batch = _sequences.GetBatch(_isStored ? p : 0);
        if (!_hasTargets)
            return batch;
        return new()
        {
            Inputs = batch.Inputs,
            StartOffset = batch.StartOffset,
            ClassSign = batch.ClassSign,    // not read: no input is trainable
            Targets = batch.ClassSign,
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
            int rank = _laneTrials[lane]?.GetRank(position) ?? OrderedSequences<TLane>.None;
            bool isPresented = rank != OrderedSequences<TLane>.None;
            _orderedSequences!.GetOrder(lane)[0] = isPresented ? 0 : OrderedSequences<TLane>.None;
            if (isPresented)
                WriteSequence(_laneTrials[lane]!, rank, lane, slot: 0);
        }
    }

    /// <summary>Writes a sequence of a trial, aligned to the last time step.</summary>
    private void WriteSequence(TrialPasses passes, int rank, int lane, int slot)
    {
        int start = _maxLength - passes.GetSteps(rank);
        Span<double> inputs = _inputBuffer.AsSpan(start * _inputCount);
        passes.Write(rank, inputs, _labelBuffer);
        _sequences.Write(lane, slot, start, inputs, _labelBuffer);
    }
}
