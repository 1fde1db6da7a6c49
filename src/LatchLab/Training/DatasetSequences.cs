using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The sequences of a dataset, for the lanes of a trial batch. Each sequence is scaled and written into its lane when
/// it is presented. If memory allows, the lane keeps it for the next passes; a large dataset is stored once, not once
/// per lane. The order is that of <see cref="PresentationOrder"/>, and does not depend on neighbouring lanes.
/// </summary>
/// <remarks>
/// Each number of the noise depends only on seed, trial, sequence, step and input. A sequence therefore has the same
/// noise in every pass and with every delay.
/// </remarks>
internal sealed class DatasetSequences<TLane> : ISequenceBatches<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int _maxLength;    // T of the longest trial
    private readonly int _sequenceCount;
    private readonly int[] _ranks;      // [position], of a pass in which all positions count
    private readonly int _inputCount;
    private readonly bool _isShuffled;
    private readonly bool _isCached;    // whether a lane keeps all sequences of a pass, not one
    private readonly OrderedSequences<TLane> _sequences;
    private readonly DatasetTrial?[] _laneTrials;     // [lane]
    private readonly bool[] _isWritten;               // [lane][rank]
    private readonly double[] _targetBuffer;          // [output] of the sequence that is being written
    private readonly double[] _firstNoise;            // [block]: the noise of that sequence, two numbers a block
    private readonly double[] _secondNoise;

    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="sequenceCount">Number P of training sequences.</param>
    /// <param name="networkShape">Inputs and outputs of the network.</param>
    /// <param name="isShuffled">Whether the order of each training epoch is drawn.</param>
    /// <param name="maxCachedInputs">Most input values cached for all lanes; the default is 32 MB.</param>
    public DatasetSequences(
        int bundles, int maxLength, int sequenceCount, NetworkShape networkShape, bool isShuffled,
        long maxCachedInputs = 1 << 22)
    {
        _maxLength = maxLength;
        _sequenceCount = sequenceCount;
        _ranks = PresentationOrder.ShuffleRanks(sequenceCount);
        if (!isShuffled)
            Array.Sort(_ranks);
        _inputCount = networkShape.Inputs;
        _isShuffled = isShuffled;
        _laneTrials = new DatasetTrial?[bundles * TLane.Count];
        _isCached = (long)sequenceCount * maxLength * networkShape.Inputs * _laneTrials.Length <= maxCachedInputs;
        _sequences = new(
            bundles, maxLength, _isCached ? sequenceCount : 1, networkShape.Inputs, networkShape.Outputs);
        _isWritten = new bool[_laneTrials.Length * sequenceCount];
        _targetBuffer = new double[networkShape.Outputs];
        int blocks = maxLength * BlocksPerStep;
        _firstNoise = new double[
            (blocks + RandomNumbers.FillMultiple - 1) / RandomNumbers.FillMultiple * RandomNumbers.FillMultiple];
        _secondNoise = new double[_firstNoise.Length];
    }

    private int BlocksPerStep => (_inputCount + 1) / 2;

    public void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress)
    {
        if (_laneTrials[lane]?.Matches(trial) != true)
            _laneTrials[lane] = new(trial);
        _laneTrials[lane]!.PrepareEpoch(progress, _ranks, _isShuffled);
        if (progress.HasNewSequences)
            _isWritten.AsSpan(lane * _sequenceCount, _sequenceCount).Clear();
    }

    public void Deactivate(int lane) => _laneTrials[lane] = null;

    public void BeginEpoch()
    {
    }

    public SequenceBatch<TLane> GetBatch(int p)
    {
        int position = _isCached ? p : 0;
        for (int lane = 0; lane < _laneTrials.Length; lane++)
        {
            int rank = _laneTrials[lane]?.GetRank(p) ?? OrderedSequences<TLane>.None, slot = _isCached ? rank : 0;
            _sequences.GetOrder(lane)[position] = rank == OrderedSequences<TLane>.None ? rank : slot;
            if (rank == OrderedSequences<TLane>.None)
                continue;
            ref bool isWritten = ref _isWritten[(lane * _sequenceCount) + rank];
            if (!_isCached || !isWritten)
                WriteSequence(_laneTrials[lane]!, rank, lane, slot);
            isWritten = true;
        }

        SequenceBatch<TLane> batch = _sequences.GetBatch(position);
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

    /// <summary>Writes a sequence of a trial, aligned to the last time step.</summary>
    private void WriteSequence(DatasetTrial trial, int rank, int lane, int slot)
    {
        (Dataset dataset, DatasetTask task, int sequence) = (trial.Dataset, trial.Task, trial.GetSequence(rank));
        int fullLength = dataset.LengthOf(sequence), presentedLength = task.CountPresentedSteps(fullLength),
            start = _maxLength - presentedLength - task.Delay;
        Span<double> inputs = _sequences.GetSequence(lane, slot)[(start * _inputCount)..];
        dataset.ReadSteps(sequence, fullLength - presentedLength, inputs[..(presentedLength * _inputCount)]);
        inputs[(presentedLength * _inputCount)..].Clear();
        ReadOnlySpan<double> offset = trial.InputScaling.Offset, factor = trial.InputScaling.Factor;
        for (int t = 0; t < presentedLength; t++)
        {
            for (int i = 0; i < _inputCount; i++)
                inputs[(t * _inputCount) + i] = (inputs[(t * _inputCount) + i] - offset[i]) * factor[i];
        }

        if (task.Noise > 0.0)
            AddNoise(trial, sequence, task.Noise, inputs);
        trial.LabelScale.WriteTargets(dataset, sequence, _targetBuffer);
        _sequences.SetProperties(lane, slot, start, _targetBuffer);
    }

    /// <summary>Adds uniform noise: two numbers for two inputs of a step.</summary>
    private void AddNoise(DatasetTrial trial, int sequence, double amplitude, Span<double> inputs)
    {
        int steps = inputs.Length / _inputCount, blocks = BlocksPerStep, count = steps * blocks;
        int paddedCount = (count + RandomNumbers.FillMultiple - 1) / RandomNumbers.FillMultiple
            * RandomNumbers.FillMultiple;
        trial.Random.FillUniforms(
            trial.IsTest ? Purpose.TestNoise : Purpose.TrainingNoise, sequence, firstPair: 0,
            _firstNoise.AsSpan(0, paddedCount), _secondNoise.AsSpan(0, paddedCount));
        for (int t = 0; t < steps; t++)
        {
            for (int i = 0; i < _inputCount; i++)
            {
                double uniform = (i % 2 == 0 ? _firstNoise : _secondNoise)[(t * blocks) + (i / 2)];
                inputs[(t * _inputCount) + i] += amplitude * ((2.0 * uniform) - 1.0);
            }
        }
    }
}
