using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>Every lane presents its sequences by rank: they lie in memory as they are presented.</summary>
internal sealed class SortedSequences<TLane> : RankedSequences<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int _inputCount;
    private readonly int _labelCount;
    private readonly LaneMemory<TLane> _inputs;              // [rank][t − 1][bundle][input]
    private readonly LaneMemory<TLane> _starts;              // [rank][bundle]
    private readonly LaneMemory<TLane> _labels;              // [rank][bundle][label]
    private readonly (int Earliest, int Latest)[] _bounds;   // [rank]
    private bool _hasBounds;

    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="sequenceCount">Sequences of a lane.</param>
    /// <param name="inputs">m, the inputs of a step.</param>
    /// <param name="labels">Labels of a sequence.</param>
    public SortedSequences(int bundles, int maxLength, int sequenceCount, int inputs = 1, int labels = 1)
        : base(bundles, maxLength)
    {
        (_inputCount, _labelCount) = (inputs, labels);
        _inputs = new(checked(sequenceCount * maxLength * bundles * inputs));
        _starts = new(sequenceCount * bundles);
        _starts.Doubles.Fill(double.NaN);
        _labels = new(sequenceCount * bundles * labels);
        _labels.Doubles.Fill(1.0);
        _bounds = new (int, int)[sequenceCount];
    }

    public override void Write(
        int lane, int rank, int start, ReadOnlySpan<double> inputs, ReadOnlySpan<double> labels)
    {
        Span<double> numbers = _inputs.Doubles;
        int steps = MaxLength - start, first = GetIndex(
            (((rank * MaxLength) + start) * Bundles) + (lane / TLane.Count), _inputCount, lane);
        for (int t = 0; t < steps; t++)
        {
            for (int i = 0; i < _inputCount; i++)
                numbers[first + (((t * Bundles * _inputCount) + i) * TLane.Count)] = inputs[(t * _inputCount) + i];
        }

        _starts.Doubles[(rank * Lanes) + lane] = start;
        int firstLabel = GetIndex((rank * Bundles) + (lane / TLane.Count), _labelCount, lane);
        for (int k = 0; k < labels.Length; k++)
            _labels.Doubles[firstLabel + (k * TLane.Count)] = labels[k];
        _hasBounds = false;
    }

    public override void Deactivate(int lane)
    {
        for (int rank = 0; rank < _bounds.Length; rank++)
            _starts.Doubles[(rank * Lanes) + lane] = double.NaN;
        _hasBounds = false;
    }

    public override void BeginEpoch()
    {
        for (int rank = 0; rank < _bounds.Length && !_hasBounds; rank++)
            _bounds[rank] = ComputeStartBounds(_starts.Values.Slice(rank * Bundles, Bundles));
        _hasBounds = true;
    }

    public override SequenceBatch<TLane> GetBatch(int position) => new()
    {
        Inputs = _inputs.Slice(position * MaxLength * Bundles * _inputCount, MaxLength * Bundles * _inputCount),
        StartOffset = _starts.Slice(position * Bundles, Bundles),
        ClassSign = _labels.Slice(position * Bundles * _labelCount, Bundles * _labelCount),
        Length = MaxLength,
        EarliestStart = _bounds[position].Earliest,
        LatestStart = _bounds[position].Latest,
    };

    /// <summary>The index of the first of several values of a lane in memory of shape [row][column][lane].</summary>
    private static int GetIndex(int row, int columns, int lane) => (row * columns * TLane.Count) + (lane % TLane.Count);
}
