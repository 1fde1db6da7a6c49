using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// The sequences of the trials in the lanes of a batch, each with one input per step and its class. In each trial they
/// have ranks: by length, the shortest first, if lengths differ.
/// </summary>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="maxLength">T of the longest trial; all sequences end there.</param>
internal abstract class RankedSequences<TLane>(int bundles, int maxLength)
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly LaneMemory<TLane> _boundsBuffer = new(2);

    protected int Bundles => bundles;

    protected int Lanes { get; } = bundles * TLane.Count;

    protected int MaxLength => maxLength;

    /// <summary>The memory of the inputs.</summary>
    public abstract Span<double> Inputs { get; }

    /// <summary>Where the inputs of a lane are in the memory.</summary>
    public abstract InputLayout GetLayout(int lane);

    /// <summary>Sets the properties of a sequence of a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="rank">Its rank.</param>
    /// <param name="start">Steps before it starts.</param>
    /// <param name="sign">+1 for class 1, −1 for class 0.</param>
    public abstract void SetProperties(int lane, int rank, int start, double sign);

    /// <summary>Marks a lane as inactive, so that it does not affect the bounds of a batch.</summary>
    public abstract void Deactivate(int lane);

    /// <summary>Begins a pass.</summary>
    public abstract void BeginEpoch();

    /// <summary>The sequences at a position of the pass; earlier batches may be overwritten.</summary>
    public abstract SequenceBatch<TLane> GetBatch(int position);

    /// <summary>The smallest and the largest start offset of the active lanes.</summary>
    protected (int Earliest, int Latest) ComputeStartBounds(ReadOnlySpan<TLane> bundleStarts)
    {
        TLane smallest = TLane.From(maxLength - 1), largest = TLane.From(0.0);
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
}

/// <summary>
/// Where the inputs of a lane are in memory: u_t of the sequence of a rank is at Offset + rank·SequenceStride +
/// (t − 1)·StepStride.
/// </summary>
internal readonly record struct InputLayout(int Offset, int SequenceStride, int StepStride);

/// <summary>Every lane presents its sequences by rank: they lie in memory as they are presented.</summary>
internal sealed class SortedSequences<TLane> : RankedSequences<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly LaneMemory<TLane> _inputs;              // [rank][t − 1][bundle]
    private readonly LaneMemory<TLane> _starts;              // [rank][bundle]
    private readonly LaneMemory<TLane> _signs;               // [rank][bundle]
    private readonly (int Earliest, int Latest)[] _bounds;   // [rank]
    private bool _hasBounds;

    public SortedSequences(int bundles, int maxLength, int sequenceCount)
        : base(bundles, maxLength)
    {
        _inputs = new(checked(sequenceCount * maxLength * bundles));
        _starts = new(sequenceCount * bundles);
        _starts.Doubles.Fill(double.NaN);
        _signs = new(sequenceCount * bundles);
        _signs.Doubles.Fill(1.0);
        _bounds = new (int, int)[sequenceCount];
    }

    public override Span<double> Inputs => _inputs.Doubles;

    public override InputLayout GetLayout(int lane) => new(lane, MaxLength * Lanes, Lanes);

    public override void SetProperties(int lane, int rank, int start, double sign)
    {
        _starts.Doubles[(rank * Lanes) + lane] = start;
        _signs.Doubles[(rank * Lanes) + lane] = sign;
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
        Inputs = _inputs.Slice(position * MaxLength * Bundles, MaxLength * Bundles),
        StartOffset = _starts.Slice(position * Bundles, Bundles),
        ClassSign = _signs.Slice(position * Bundles, Bundles),
        Length = MaxLength,
        EarliestStart = _bounds[position].Earliest,
        LatestStart = _bounds[position].Latest,
    };
}

/// <summary>
/// Each lane presents its sequences in an order of its own, which may change from pass to pass. A sequence is
/// contiguous, and those at one position are interleaved when they are presented.
/// </summary>
internal sealed class OrderedSequences<TLane> : RankedSequences<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int _sequenceCount;
    private readonly int _paddedLength;            // T, a multiple of what is interleaved at once
    private readonly double[] _sequences;          // [lane][rank][padded length]: each ends at the end
    private readonly (double Start, double Sign)[] _properties;    // [lane][rank]
    private readonly int[] _order;                 // [lane][position]: the rank
    private readonly LaneMemory<TLane> _inputs;    // [padded length][bundle]
    private readonly LaneMemory<TLane> _starts;    // [bundle]
    private readonly LaneMemory<TLane> _signs;     // [bundle]
    private readonly int[] _offsets;               // [lane]

    public OrderedSequences(int bundles, int maxLength, int sequenceCount)
        : base(bundles, maxLength)
    {
        _sequenceCount = sequenceCount;
        _paddedLength = (maxLength + RandomNumbers.FillMultiple - 1) / RandomNumbers.FillMultiple
            * RandomNumbers.FillMultiple;
        _sequences = new double[checked(Lanes * sequenceCount * _paddedLength)];
        _properties = new (double, double)[Lanes * sequenceCount];
        Array.Fill(_properties, (double.NaN, 1.0));
        _order = new int[Lanes * sequenceCount];
        _inputs = new(_paddedLength * bundles);
        _starts = new(bundles);
        _signs = new(bundles);
        _offsets = new int[Lanes];
    }

    /// <summary>The rank that a lane presents at each position of the next pass, to be written.</summary>
    public Span<int> GetOrder(int lane) => _order.AsSpan(lane * _sequenceCount, _sequenceCount);

    public override Span<double> Inputs => _sequences;

    public override InputLayout GetLayout(int lane)
        => new((lane * _sequenceCount * _paddedLength) + _paddedLength - MaxLength, _paddedLength, StepStride: 1);

    public override void SetProperties(int lane, int rank, int start, double sign)
        => _properties[(lane * _sequenceCount) + rank] = (start, sign);

    public override void Deactivate(int lane)
        => _properties.AsSpan(lane * _sequenceCount, _sequenceCount).Fill((double.NaN, 1.0));

    public override void BeginEpoch()
    {
    }

    public override SequenceBatch<TLane> GetBatch(int position)
    {
        Span<double> starts = _starts.Doubles, signs = _signs.Doubles;
        for (int lane = 0; lane < _offsets.Length; lane++)
        {
            int index = (lane * _sequenceCount) + _order[(lane * _sequenceCount) + position];
            (starts[lane], signs[lane]) = _properties[index];
            _offsets[lane] = index * _paddedLength;
        }

        (int earliest, int latest) = ComputeStartBounds(_starts.Values);
        int padding = _paddedLength - MaxLength,
            first = (padding + earliest) / RandomNumbers.FillMultiple * RandomNumbers.FillMultiple;
        for (int bundle = 0; bundle < Bundles; bundle++)
        {
            TLane.Interleave(
                _sequences.AsSpan(first), _offsets.AsSpan(bundle * TLane.Count, TLane.Count), _paddedLength - first,
                _inputs.Slice((first * Bundles) + bundle, 1), Bundles);
        }

        return new()
        {
            Inputs = _inputs.Slice(padding * Bundles, MaxLength * Bundles),
            StartOffset = _starts.Slice(0, Bundles),
            ClassSign = _signs.Slice(0, Bundles),
            Length = MaxLength,
            EarliestStart = earliest,
            LatestStart = latest,
        };
    }
}
