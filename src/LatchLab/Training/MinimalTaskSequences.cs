using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// Sequences of the minimal task: classes alternate, and all sequences of a trial have the same length. The noise is
/// either stored (frozen noise) or drawn in every pass, in all lanes at once.
/// </summary>
internal sealed class MinimalTaskSequences<TLane> : ISequenceBatches<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int _bundles;
    private readonly int _maxLength;    // T of the longest trial
    private readonly bool _isFrozen;
    private readonly GaussianInputNoise<TLane> _noise;
    private readonly LaneMemory<TLane> _inputs;  // [sequence, or 0 if drawn per pass][t − 1][bundle]
    private readonly LaneMemory<TLane> _starts;  // [bundle]
    private readonly LaneMemory<TLane> _signs;   // [class][bundle]
    private int _earliestStart;
    private int _latestStart;

    public MinimalTaskSequences(ulong seed, int bundles, int maxLength, int sequenceCount, NoiseDraw noiseDraw)
    {
        _bundles = bundles;
        _maxLength = maxLength;
        _isFrozen = noiseDraw == NoiseDraw.Frozen;
        _noise = new(seed, bundles, maxLength);
        _inputs = new((_isFrozen ? sequenceCount : 1) * maxLength * bundles);
        _starts = new(bundles);
        _starts.Doubles.Fill(double.NaN);
        _signs = new(2 * bundles);
        _signs.Values[..bundles].Fill(TLane.From(-1.0));
        _signs.Values[bundles..].Fill(TLane.From(1.0));
    }

    public void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress)
    {
        var configuration = (MinimalTaskConfiguration)trial.Configuration;
        bool isTest = progress.Phase == TrialPhase.Testing;
        int firstSequence = isTest ? progress.FirstTestSequence : 0;
        _starts.Doubles[lane] = _maxLength - configuration.Task.Length;
        if (!_isFrozen)
        {
            Purpose purpose = isTest ? Purpose.TestNoise : Purpose.PresentationNoise;
            _noise.SetLane(configuration, trial.TrialIndex, purpose, firstSequence, isTest ? 0 : progress.Epochs, lane);
        }
        else if (progress.HasNewSequences)
        {
            _noise.FillLane(
                configuration, trial.TrialIndex, isTest ? Purpose.TestNoise : Purpose.TrainingNoise, firstSequence,
                _inputs, lane);
        }
    }

    public void Deactivate(int lane) => _starts.Doubles[lane] = double.NaN;

    public void BeginEpoch()
    {
        (_earliestStart, _latestStart) = (_maxLength - 1, 0);
        foreach (double start in _starts.Doubles)
        {
            _earliestStart = start < _earliestStart ? (int)start : _earliestStart;
            _latestStart = start > _latestStart ? (int)start : _latestStart;
        }
    }

    public SequenceBatch<TLane> GetBatch(int p)
    {
        int offset = _isFrozen ? p * _maxLength * _bundles : 0;
        if (!_isFrozen)
            _noise.FillSequence(p, _earliestStart + 1, _inputs);
        return new()
        {
            Inputs = _inputs.Slice(offset, _maxLength * _bundles),
            StartOffset = _starts.Slice(0, _bundles),
            ClassSign = _signs.Slice(MinimalTask.ClassOf(p) * _bundles, _bundles),
            Length = _maxLength,
            EarliestStart = _earliestStart,
            LatestStart = _latestStart,
        };
    }
}
