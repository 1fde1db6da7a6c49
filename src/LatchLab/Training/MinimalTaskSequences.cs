using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// Sequences of the minimal task: all sequences of a trial have the same length, and classes alternate. The noise is
/// either stored (frozen noise) or drawn in every pass, in all lanes at once. The order of each training epoch is
/// drawn, or that of the numbers of the sequences.
/// </summary>
internal sealed class MinimalTaskSequences<TLane> : ISequenceBatches<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly ulong _seed;
    private readonly int _bundles;
    private readonly int _maxLength;    // T of the longest trial
    private readonly int _sequenceCount;
    private readonly bool _isShuffled;
    private readonly GaussianInputNoise<TLane> _noise;
    private readonly RankedSequences<TLane>? _frozen;   // null if noise is drawn in every pass
    private readonly TrialRandom[] _random;      // [lane]
    private readonly int[] _order;               // [lane][position]: the sequence
    private readonly int[] _classEnds;           // [sequence]: all have one length
    private readonly LaneMemory<TLane> _inputs;  // [t − 1][bundle] of the sequence whose noise is drawn
    private readonly LaneMemory<TLane> _starts;  // [bundle]
    private readonly LaneMemory<TLane> _signs;   // [bundle]
    private readonly LaneMemory<TLane> _sequenceWords;  // [bundle]
    private int _earliestStart;
    private int _latestStart;

    /// <param name="seed">The seed of the run.</param>
    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="task">The task; its length and its noise may differ between lanes.</param>
    public MinimalTaskSequences(ulong seed, int bundles, int maxLength, MinimalTask task)
    {
        (_seed, _bundles, _maxLength, _sequenceCount) = (seed, bundles, maxLength, task.Sequences);
        _isShuffled = task.ClassOrder == ClassOrder.Shuffled;
        _noise = new(seed, bundles, maxLength);
        bool isFrozen = task.NoiseDrawn == NoiseDraw.Frozen;
        _frozen = !isFrozen ? null
            : _isShuffled ? new OrderedSequences<TLane>(bundles, maxLength, _sequenceCount)
            : new SortedSequences<TLane>(bundles, maxLength, _sequenceCount);
        _random = new TrialRandom[bundles * TLane.Count];
        _order = new int[bundles * TLane.Count * _sequenceCount];
        _classEnds = new int[_sequenceCount];
        Array.Fill(_classEnds, _sequenceCount);
        _inputs = new(isFrozen ? 0 : maxLength * bundles);
        _starts = new(bundles);
        _starts.Doubles.Fill(double.NaN);
        _signs = new(bundles);
        _sequenceWords = new(bundles);
    }

    public void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress)
    {
        var configuration = (MinimalTaskConfiguration)trial.Configuration;
        bool isTest = progress.Phase == TrialPhase.Testing;
        int firstSequence = isTest ? progress.FirstTestSequence : 0;
        _starts.Doubles[lane] = _maxLength - configuration.Task.Length;
        if (progress.HasNewSequences)
            _random[lane] = new(_seed, configuration.RandomWord, trial.TrialIndex);
        if (_frozen is null)
        {
            Purpose purpose = isTest ? Purpose.TestNoise : Purpose.PresentationNoise;
            _noise.SetLane(configuration, trial.TrialIndex, purpose, firstSequence, isTest ? 0 : progress.Epochs, lane);
        }
        else if (progress.HasNewSequences)
        {
            _noise.FillLane(
                configuration, trial.TrialIndex, isTest ? Purpose.TestNoise : Purpose.TrainingNoise, firstSequence,
                _frozen.Inputs, _frozen.GetLayout(lane));
            for (int sequence = 0; sequence < _sequenceCount; sequence++)
                _frozen.SetProperties(lane, sequence, _maxLength - configuration.Task.Length, SignOf(sequence));
        }

        SetOrder(
            _frozen is OrderedSequences<TLane> ordered ? ordered.GetOrder(lane)
                : _order.AsSpan(lane * _sequenceCount, _sequenceCount),
            _random[lane], progress);
    }

    public void Deactivate(int lane)
    {
        _starts.Doubles[lane] = double.NaN;
        _frozen?.Deactivate(lane);
    }

    public void BeginEpoch()
    {
        _frozen?.BeginEpoch();
        (_earliestStart, _latestStart) = (_maxLength - 1, 0);
        foreach (double start in _starts.Doubles)
        {
            _earliestStart = start < _earliestStart ? (int)start : _earliestStart;
            _latestStart = start > _latestStart ? (int)start : _latestStart;
        }
    }

    public SequenceBatch<TLane> GetBatch(int p)
    {
        if (_frozen is not null)
            return _frozen.GetBatch(p);
        Span<double> signs = _signs.Doubles, words = _sequenceWords.Doubles;
        for (int lane = 0; lane < signs.Length; lane++)
        {
            int sequence = _order[(lane * _sequenceCount) + p];
            signs[lane] = SignOf(sequence);
            words[lane] = BitConverter.UInt64BitsToDouble(RandomNumbers.PurposeWord(default, sequence));
        }

        _noise.FillSequence(_sequenceWords.Slice(0, _bundles), _earliestStart + 1, _inputs);
        return new()
        {
            Inputs = _inputs.Slice(0, _maxLength * _bundles),
            StartOffset = _starts.Slice(0, _bundles),
            ClassSign = _signs.Slice(0, _bundles),
            Length = _maxLength,
            EarliestStart = _earliestStart,
            LatestStart = _latestStart,
        };
    }

    private static double SignOf(int sequence) => MinimalTask.ClassOf(sequence) == 1 ? 1.0 : -1.0;

    /// <summary>Sets the sequence at each position of the next pass.</summary>
    private void SetOrder(Span<int> order, TrialRandom random, TrialProgress progress)
    {
        if (_isShuffled && progress.Phase == TrialPhase.Learning)
        {
            PresentationOrder.DrawEpoch(random, progress.Presentations / _sequenceCount, _classEnds, order);
            return;
        }

        for (int position = 0; position < order.Length; position++)
            order[position] = position;
    }
}
