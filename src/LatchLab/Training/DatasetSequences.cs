using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The sequences of a dataset, for the lanes of a trial batch. Each sequence is scaled and written into its lane when
/// it is presented. If memory allows, the lane keeps it for the next passes; a large dataset is stored once, not once
/// per lane. The order is that of <see cref="PresentationOrder"/>: it is the same in every pass and does not depend on
/// neighbouring lanes.
/// </summary>
/// <remarks>
/// Times per lane and step, measured on AVX-512 with back-propagation: writing an input takes 2.2 ns (5 ns with
/// noise); the network takes 2.3 ns with one unit, 10 ns with four, 30 ns with eight, and 50 ns with eight units and
/// six inputs. Writing costs as much as a small network, so sequences are cached where they fit.
/// </remarks>
internal sealed class DatasetSequences<TLane> : ISequenceBatches<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly ulong _seed;
    private readonly int _bundles;
    private readonly int _maxLength;          // T of the longest trial
    private readonly int[] _ranksByPosition;  // [position]: of a pass in which all positions count
    private readonly NetworkShape _networkShape;
    private readonly bool _isCached;                  // whether every position has its own slot
    private readonly DatasetTrial?[] _laneTrials;     // [lane]
    private readonly int[] _writtenCounts;            // [lane]: positions already written
    private readonly LaneMemory<TLane> _inputs;       // [slot][t − 1][bundle][input]
    private readonly LaneMemory<TLane> _starts;       // [slot][bundle]
    private readonly LaneMemory<TLane> _targets;      // [slot][bundle][output]
    private readonly LaneMemory<TLane> _unusedSigns;  // [bundle]; not read, targets are used instead
    private readonly UniformInputNoise<TLane> _noise;
    private readonly double[] _inputBuffer;   // [t − 1][input] of the sequence that is being written
    private readonly double[] _targetBuffer;  // [output] of that sequence

    /// <param name="seed">The seed of the run.</param>
    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="sequenceCount">Number P of training sequences.</param>
    /// <param name="networkShape">Inputs and outputs of the network.</param>
    /// <param name="maxCachedInputs">Most input values cached for all lanes; the default is 32 MB.</param>
    public DatasetSequences(
        ulong seed, int bundles, int maxLength, int sequenceCount, NetworkShape networkShape,
        long maxCachedInputs = 1 << 22)
    {
        _seed = seed;
        _bundles = bundles;
        _maxLength = maxLength;
        _networkShape = networkShape;
        _ranksByPosition = PresentationOrder.ShuffleRanks(sequenceCount);
        _laneTrials = new DatasetTrial?[bundles * TLane.Count];
        _writtenCounts = new int[_laneTrials.Length];
        _isCached = (long)sequenceCount * maxLength * networkShape.Inputs * _laneTrials.Length <= maxCachedInputs;
        int slots = _isCached ? sequenceCount : 1;
        _inputs = new(checked(slots * maxLength * bundles * networkShape.Inputs));
        _starts = new(slots * bundles);
        _targets = new(slots * bundles * networkShape.Outputs);
        _unusedSigns = new(bundles);
        _noise = new(seed, bundles, networkShape.Inputs);
        _inputBuffer = new double[maxLength * networkShape.Inputs];
        _targetBuffer = new double[networkShape.Outputs];
    }

    public void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress)
    {
        if (_laneTrials[lane]?.Matches(trial) != true)
            _laneTrials[lane] = new(trial, _seed);
        if (!progress.HasNewSequences)
            return;
        _laneTrials[lane]!.PrepareEpochs(progress, _ranksByPosition);
        _writtenCounts[lane] = 0;
    }

    public void Deactivate(int lane) => (_laneTrials[lane], _writtenCounts[lane]) = (null, 0);

    public void BeginEpoch()
    {
    }

    public SequenceBatch<TLane> GetBatch(int p)
    {
        int slot = _isCached ? p : 0, inputsPerSlot = _maxLength * _bundles * _networkShape.Inputs,
            outputsPerSlot = _bundles * _networkShape.Outputs;
        Span<double> startNumbers = _starts.Doubles.Slice(slot * _laneTrials.Length, _laneTrials.Length);
        _noise.Clear();
        (int earliestStart, int latestStart) = (_maxLength - 1, 0);
        for (int lane = 0; lane < _laneTrials.Length; lane++)
        {
            if (!_isCached || p >= _writtenCounts[lane])
                startNumbers[lane] = WriteSequence(lane, p, slot);
            _writtenCounts[lane] = Math.Max(_writtenCounts[lane], p + 1);
            earliestStart = startNumbers[lane] < earliestStart ? (int)startNumbers[lane] : earliestStart;
            latestStart = startNumbers[lane] > latestStart ? (int)startNumbers[lane] : latestStart;
        }

        UncheckedSpan<TLane> batchInputs = _inputs.Slice(slot * inputsPerSlot, inputsPerSlot),
            batchStarts = _starts.Slice(slot * _bundles, _bundles);
        _noise.Add(batchInputs, batchStarts, earliestStart, _maxLength);
        return new()
        {
            Inputs = batchInputs,
            StartOffset = batchStarts,
            ClassSign = _unusedSigns.Slice(0, _bundles),
            Targets = _targets.Slice(slot * outputsPerSlot, outputsPerSlot),
            Length = _maxLength,
            EarliestStart = earliestStart,
            LatestStart = latestStart,
        };
    }

    /// <summary>
    /// Writes the sequence that a lane presents at a position of its pass, aligned to the last time step.
    /// </summary>
    /// <returns>
    /// The number of steps before the sequence begins; NaN if the lane presents nothing, so that it is ignored.
    /// </returns>
    private double WriteSequence(int lane, int position, int slot)
    {
        if (_laneTrials[lane] is not { } trial || (trial.GetSequence(position) is var sequence && sequence < 0))
            return double.NaN;
        (Dataset dataset, DatasetTask task, int inputCount) = (trial.Dataset, trial.Task, _networkShape.Inputs);
        int fullLength = dataset.LengthOf(sequence), presentedLength = task.CountPresentedSteps(fullLength),
            start = _maxLength - presentedLength - task.Delay;
        Span<double> stepValues = _inputBuffer.AsSpan(0, presentedLength * inputCount);
        dataset.ReadSteps(sequence, fullLength - presentedLength, stepValues);
        ReadOnlySpan<double> offset = trial.InputScaling.Offset, factor = trial.InputScaling.Factor;
        Span<double> inputNumbers = _inputs.Doubles;
        int lanesPerBundle = TLane.Count, stride = _bundles * inputCount * lanesPerBundle;
        int inputOffset = (((slot * _maxLength) + start) * stride)
            + (lane / lanesPerBundle * inputCount * lanesPerBundle) + (lane % lanesPerBundle);
        for (int t = 0; t < presentedLength; t++, inputOffset += stride)
        {
            for (int i = 0; i < inputCount; i++)
                inputNumbers[inputOffset + (i * lanesPerBundle)] = (stepValues[(t * inputCount) + i] - offset[i])
                    * factor[i];
        }

        for (int t = 0; t < task.Delay; t++, inputOffset += stride)
        {
            for (int i = 0; i < inputCount; i++)
                inputNumbers[inputOffset + (i * lanesPerBundle)] = 0.0;
        }

        trial.LabelScale.WriteTargets(dataset, sequence, _targetBuffer);
        int targetOffset = (((slot * _bundles) + (lane / lanesPerBundle)) * _targetBuffer.Length * lanesPerBundle)
            + (lane % lanesPerBundle);
        for (int k = 0; k < _targetBuffer.Length; k++)
            _targets.Doubles[targetOffset + (k * lanesPerBundle)] = _targetBuffer[k];
        _noise.SetLane(lane, trial, sequence, start);
        return start;
    }
}
