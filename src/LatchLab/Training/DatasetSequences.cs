using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// Sequences that somebody brought along, for the lanes of an ensemble. Each is scaled and written into its lane when
/// it is presented, and stays there for the next passes if there is room for all; a large set is held once, and not
/// once a lane. The order is that of <see cref="PresentationOrder"/>: it is the same in every pass and does not depend
/// on neighbours.
/// </summary>
/// <remarks>
/// Measured on AVX-512 with back-propagation, per lane and step: writing takes 2.2 ns an input (with noise 5), the
/// network 2.3 ns with one unit, 10 with four, 30 with eight and 50 with eight and six inputs. So what fits is kept.
/// </remarks>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
internal sealed class DatasetSequences<TLane> : ISequenceBatches<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly ulong _seed;
    private readonly int _bundles;
    private readonly int _maxLength;                    // T of the longest trial
    private readonly int[] _ranksByPosition;                   // [place]: of a pass in which all places count
    private readonly NetworkShape _networkShape;
    private readonly bool _isCached;                    // whether there is memory for every place
    private readonly DatasetTrial?[] _laneTrials;      // [lane]
    private readonly int[] _writtenCounts;                 // [lane]: places that hold what is presented there
    private readonly LaneMemory<TLane> _inputs;      // [place, or 0][t − 1][bundle][input]
    private readonly LaneMemory<TLane> _starts;      // [place, or 0][bundle]
    private readonly LaneMemory<TLane> _targets;     // [place, or 0][bundle][output]
    private readonly LaneMemory<TLane> _unusedSigns;       // [bundle], of no use
    private readonly UniformInputNoise<TLane> _noise;
    private readonly double[] _inputBuffer;                // [t − 1][input] of the sequence that is being written
    private readonly double[] _targetBuffer;               // [output] of it

    /// <param name="seed">The seed of the run.</param>
    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="sequenceCount">P.</param>
    /// <param name="networkShape">Inputs and outputs of the network.</param>
    /// <param name="maxCachedInputs">Inputs of all lanes that may be kept from pass to pass: 32 MB.</param>
    public DatasetSequences(
        ulong seed, int bundles, int maxLength, int sequenceCount, NetworkShape networkShape,
        long maxCachedInputs = 1 << 22)
    {
        this._seed = seed;
        this._bundles = bundles;
        this._maxLength = maxLength;
        this._networkShape = networkShape;
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

    /// <inheritdoc/>
    public void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress)
    {
        if (_laneTrials[lane]?.Matches(trial) != true)
            _laneTrials[lane] = new(trial, _seed);
        if (!progress.HasNewSequences)
            return;
        _laneTrials[lane]!.PrepareEpochs(progress, _ranksByPosition);
        _writtenCounts[lane] = 0;
    }

    /// <inheritdoc/>
    public void Deactivate(int lane) => (_laneTrials[lane], _writtenCounts[lane]) = (null, 0);

    /// <inheritdoc/>
    public void BeginEpoch()
    {
    }

    /// <inheritdoc/>
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

    /// <summary>Writes what a lane presents at the p-th place of its pass, the end at the end.</summary>
    /// <returns>The steps that the lane waits; NaN where nothing is presented, so that nobody waits for it.</returns>
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
