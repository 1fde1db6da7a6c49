using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// The sequences of the trials in the lanes of a batch. In each trial they have ranks: by length, the shortest first,
/// if lengths differ.
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
    /// <param name="labels">+1 for class 1, −1 for class 0; or the targets.</param>
    public abstract void SetProperties(int lane, int rank, int start, params ReadOnlySpan<double> labels);

    /// <summary>Writes a sequence of a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="rank">Its rank.</param>
    /// <param name="start">Steps before it starts.</param>
    /// <param name="inputs">[step][input] from its start to T.</param>
    /// <param name="labels">+1 for class 1, −1 for class 0; or the targets.</param>
    public abstract void Write(
        int lane, int rank, int start, ReadOnlySpan<double> inputs, ReadOnlySpan<double> labels);

    /// <summary>
    /// Sets the rank that a lane presents at each position of the next pass, from the first on; after them it presents
    /// nothing. Where every lane presents its sequences by rank, the rank is the position.
    /// </summary>
    public virtual void SetOrder(int lane, ReadOnlySpan<int> ranks)
    {
    }

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

    public override Span<double> Inputs => _inputs.Doubles;

    public override InputLayout GetLayout(int lane) => new(lane, MaxLength * Lanes, Lanes);

    public override void SetProperties(int lane, int rank, int start, params ReadOnlySpan<double> labels)
    {
        _starts.Doubles[(rank * Lanes) + lane] = start;
        int first = GetIndex((rank * Bundles) + (lane / TLane.Count), _labelCount, lane);
        for (int k = 0; k < labels.Length; k++)
            _labels.Doubles[first + (k * TLane.Count)] = labels[k];
        _hasBounds = false;
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

        SetProperties(lane, rank, start, labels);
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

/// <summary>
/// Each lane presents its sequences in an order of its own, which may change from pass to pass. A sequence is
/// contiguous, and those at one position are interleaved when they are presented. A step may have several inputs, and a
/// sequence several labels: the sign of its class, or its targets.
/// </summary>
internal sealed class OrderedSequences<TLane> : RankedSequences<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>In an order: the lane presents nothing.</summary>
    public const int None = -1;

    private readonly int _sequenceCount;
    private readonly int _inputCount;
    private readonly int _labelCount;
    private readonly int _paddedSize;             // numbers of a sequence, a multiple of what is interleaved at once
    private readonly double[] _sequences;         // [lane][rank][padded size]: each ends at the end
    private readonly double[] _sequenceStarts;    // [lane][rank]
    private readonly double[] _sequenceLabels;    // [lane][rank][label]
    private readonly int[] _order;                // [lane][position]: the rank
    private readonly LaneMemory<TLane> _interleaved;    // [padded size], of one bundle; empty if a step has one input
    private readonly LaneMemory<TLane> _inputs;   // [padded size/m][bundle][input]
    private readonly LaneMemory<TLane> _starts;   // [bundle]
    private readonly LaneMemory<TLane> _labels;   // [bundle][label]
    private readonly int[] _offsets;              // [lane]

    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="sequenceCount">Sequences of a lane.</param>
    /// <param name="inputs">m, the inputs of a step.</param>
    /// <param name="labels">Labels of a sequence.</param>
    public OrderedSequences(int bundles, int maxLength, int sequenceCount, int inputs = 1, int labels = 1)
        : base(bundles, maxLength)
    {
        (_sequenceCount, _inputCount, _labelCount) = (sequenceCount, inputs, labels);
        _paddedSize = RandomNumbers.RoundUpToFill(checked(maxLength * inputs));
        _sequences = new double[checked(Lanes * sequenceCount * _paddedSize)];
        _sequenceStarts = new double[Lanes * sequenceCount];
        Array.Fill(_sequenceStarts, double.NaN);
        _sequenceLabels = new double[Lanes * sequenceCount * labels];
        Array.Fill(_sequenceLabels, 1.0);
        _order = new int[Lanes * sequenceCount];
        _interleaved = new(inputs == 1 ? 0 : _paddedSize);
        _inputs = new((inputs == 1 ? _paddedSize : maxLength * inputs) * bundles);
        _starts = new(bundles);
        _labels = new(bundles * labels);
        _offsets = new int[Lanes];
    }

    /// <summary>The rank that a lane presents at each position of the next pass, to be written.</summary>
    public Span<int> GetOrder(int lane) => _order.AsSpan(lane * _sequenceCount, _sequenceCount);

    public override Span<double> Inputs => _sequences;

    public override InputLayout GetLayout(int lane)
        => new((lane * _sequenceCount * _paddedSize) + _paddedSize - MaxLength, _paddedSize, StepStride: 1);

    public override void SetProperties(int lane, int rank, int start, params ReadOnlySpan<double> labels)
    {
        int index = (lane * _sequenceCount) + rank;
        _sequenceStarts[index] = start;
        labels.CopyTo(_sequenceLabels.AsSpan(index * _labelCount));
    }

    public override void Write(
        int lane, int rank, int start, ReadOnlySpan<double> inputs, ReadOnlySpan<double> labels)
    {
        inputs.CopyTo(_sequences.AsSpan((((lane * _sequenceCount) + rank + 1) * _paddedSize) - inputs.Length));
        SetProperties(lane, rank, start, labels);
    }

    public override void SetOrder(int lane, ReadOnlySpan<int> ranks)
    {
        Span<int> order = GetOrder(lane);
        ranks.CopyTo(order);
        order[ranks.Length..].Fill(None);
    }

    public override void Deactivate(int lane) => GetOrder(lane).Fill(None);

    public override void BeginEpoch()
    {
    }

    public override SequenceBatch<TLane> GetBatch(int position)
    {
        (int earliest, int latest) = ReadProperties(position);
        int size = MaxLength * _inputCount, padding = _paddedSize - size,
            first = (padding + (earliest * _inputCount)) / RandomNumbers.FillMultiple * RandomNumbers.FillMultiple;
        for (int bundle = 0; bundle < Bundles; bundle++)
        {
            bool isDirect = _inputCount == 1;
            TLane.Interleave(
                _sequences.AsSpan(first), _offsets.AsSpan(bundle * TLane.Count, TLane.Count), _paddedSize - first,
                isDirect ? _inputs.Slice((first * Bundles) + bundle, 1) : _interleaved.Slice(first, 1),
                isDirect ? Bundles : 1);
            for (int t = earliest; t < MaxLength && !isDirect; t++)
            {
                _interleaved.Values.Slice(padding + (t * _inputCount), _inputCount)
                    .CopyTo(_inputs.Values[(((t * Bundles) + bundle) * _inputCount)..]);
            }
        }

        return new()
        {
            Inputs = _inputs.Slice(_inputCount == 1 ? padding * Bundles : 0, size * Bundles),
            StartOffset = _starts.Slice(0, Bundles),
            ClassSign = _labels.Slice(0, Bundles * _labelCount),
            Length = MaxLength,
            EarliestStart = earliest,
            LatestStart = latest,
        };
    }

    /// <summary>Reads starts and labels at a position, and returns the bounds of the starts.</summary>
    private (int Earliest, int Latest) ReadProperties(int position)
    {
        Span<double> starts = _starts.Doubles, labels = _labels.Doubles;
        for (int lane = 0; lane < _offsets.Length; lane++)
        {
            int rank = _order[(lane * _sequenceCount) + position],
                index = (lane * _sequenceCount) + Math.Max(rank, 0);
            starts[lane] = rank == None ? double.NaN : _sequenceStarts[index];
            _offsets[lane] = index * _paddedSize;
            int labelOffset = (lane / TLane.Count * _labelCount * TLane.Count) + (lane % TLane.Count);
            for (int k = 0; k < _labelCount; k++)
                labels[labelOffset + (k * TLane.Count)] = _sequenceLabels[(index * _labelCount) + k];
        }

        return ComputeStartBounds(_starts.Values);
    }
}
