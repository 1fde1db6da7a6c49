using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// The generated sequences of the tasks of Section V-E, whose lengths differ. The sequences of a trial are presented by
/// rank, shortest first, so that the lanes of a batch have nearly equal lengths. The order is the same in every pass
/// and does not depend on neighbouring lanes.
/// </summary>
internal sealed class GeneratedSequences<TLane> : ISequenceBatches<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>
    /// Bits by which sequence indices of successive training sets are shifted. The last training set begins at index 0,
    /// so a curriculum ends with the sequences that the same trial has without one; the i-th set before it begins at
    /// i·2¹⁴.
    /// </summary>
    public const int StageShift = 14;

    private readonly ulong _seed;
    private readonly int _bundles;
    private readonly int _maxLength;    // T of the longest trial
    private readonly int _sequenceCount;
    private readonly LaneMemory<TLane> _inputs;  // [rank][t − 1][bundle]
    private readonly LaneMemory<TLane> _starts;  // [rank][bundle]
    private readonly LaneMemory<TLane> _signs;   // [rank][bundle]
    private readonly int[] _earliestStarts;      // [rank]
    private readonly int[] _latestStarts;        // [rank]
    private readonly double[] _inputBuffer;      // [t − 1] of the sequence that is being written
    private readonly (int Length, int Number)[] _sequenceOrder;
    private readonly LaneMemory<TLane> _boundsBuffer = new(2);
    private bool _hasStartBounds;

    public GeneratedSequences(ulong seed, int bundles, int maxLength, int sequenceCount)
    {
        _seed = seed;
        _bundles = bundles;
        _maxLength = maxLength;
        _sequenceCount = sequenceCount;
        _inputs = new(checked(sequenceCount * maxLength * bundles));
        _starts = new(sequenceCount * bundles);
        _starts.Doubles.Fill(double.NaN);
        _signs = new(sequenceCount * bundles);
        _signs.Doubles.Fill(1.0);
        _earliestStarts = new int[sequenceCount];
        _latestStarts = new int[sequenceCount];
        _inputBuffer = new double[maxLength];
        _sequenceOrder = new (int, int)[sequenceCount];
    }

    public void PrepareLane(int lane, in PendingTrial trial, TrialProgress progress)
    {
        if (!progress.HasNewSequences)
            return;
        var configuration = (TrainingConfiguration)trial.Configuration;
        var task = (GeneratedTask)configuration.Task;
        TrialRandom random = configuration.CreateRandom(_seed, trial.TrialIndex);
        Purpose purpose = progress.IsTesting ? Purpose.TestSequences : Purpose.TrainingSequences;
        int stagesLeft = configuration.StageLengths.Count - 1 - progress.Stage;
        int firstSequence = progress.IsTesting ? progress.FirstTestSequence : stagesLeft << StageShift;
        int maxSequenceLength = progress.IsTesting ? configuration.MaxLength : progress.StageLength;
        for (int p = 0; p < _sequenceCount; p++)
            _sequenceOrder[p] = (task.LengthOf(random, purpose, firstSequence + p, maxSequenceLength),
                firstSequence + p);
        // Sequences that do not count come last, whatever their length.
        Array.Sort(_sequenceOrder, 0, progress.CountedSequences);
        int lanes = _bundles * TLane.Count;
        Span<double> inputNumbers = _inputs.Doubles;
        for (int rank = 0; rank < _sequenceCount; rank++)
        {
            (int sequenceLength, int sequenceIndex) = _sequenceOrder[rank];
            task.Write(random, purpose, sequenceIndex, _inputBuffer.AsSpan(0, sequenceLength));
            int start = _maxLength - sequenceLength;
            _starts.Doubles[(rank * lanes) + lane] = start;
            _signs.Doubles[(rank * lanes) + lane] = GeneratedTask.ClassOf(sequenceIndex) == 1 ? 1.0 : -1.0;
            for (int t = 0; t < sequenceLength; t++)
                inputNumbers[(((rank * _maxLength) + start + t) * lanes) + lane] = _inputBuffer[t];
        }

        _hasStartBounds = false;
    }

    public void Deactivate(int lane)
    {
        for (int rank = 0; rank < _sequenceCount; rank++)
            _starts.Doubles[(rank * _bundles * TLane.Count) + lane] = double.NaN;
        _hasStartBounds = false;
    }

    public void BeginEpoch()
    {
        if (_hasStartBounds)
            return;
        _hasStartBounds = true;
        for (int rank = 0; rank < _sequenceCount; rank++)
            (_earliestStarts[rank], _latestStarts[rank]) =
                ComputeStartBounds(_starts.Values.Slice(rank * _bundles, _bundles));
    }

    /// <summary>The smallest and the largest start offset of the active lanes.</summary>
    private (int Earliest, int Latest) ComputeStartBounds(ReadOnlySpan<TLane> bundleStarts)
    {
        TLane smallest = TLane.From(_maxLength - 1), largest = TLane.From(0.0);
        foreach (TLane bundleStart in bundleStarts)
        {
            // In this argument order the NaN of an inactive lane is ignored.
            smallest = TLane.Min(bundleStart, smallest);
            largest = TLane.Max(bundleStart, largest);
        }

        _boundsBuffer.Values[0] = smallest;
        _boundsBuffer.Values[1] = largest;
        Span<double> boundNumbers = _boundsBuffer.Doubles;
        (double earliestStart, double latestStart) = (boundNumbers[0], boundNumbers[TLane.Count]);
        for (int lane = 1; lane < TLane.Count; lane++)
        {
            earliestStart = Math.Min(earliestStart, boundNumbers[lane]);
            latestStart = Math.Max(latestStart, boundNumbers[TLane.Count + lane]);
        }

        return ((int)earliestStart, (int)latestStart);
    }

    public SequenceBatch<TLane> GetBatch(int p) => new()
    {
        Inputs = _inputs.Slice(p * _maxLength * _bundles, _maxLength * _bundles),
        StartOffset = _starts.Slice(p * _bundles, _bundles),
        ClassSign = _signs.Slice(p * _bundles, _bundles),
        Length = _maxLength,
        EarliestStart = _earliestStarts[p],
        LatestStart = _latestStarts[p],
    };
}
