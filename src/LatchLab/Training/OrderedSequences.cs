using LatchLab.Learning;
using LatchLab.Numerics;

namespace LatchLab.Training;

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
    private Span<int> GetOrder(int lane) => _order.AsSpan(lane * _sequenceCount, _sequenceCount);

    public override void Write(
        int lane, int rank, int start, ReadOnlySpan<double> inputs, ReadOnlySpan<double> labels)
    {
        int index = (lane * _sequenceCount) + rank;
        inputs.CopyTo(_sequences.AsSpan(((index + 1) * _paddedSize) - inputs.Length));
        _sequenceStarts[index] = start;
        labels.CopyTo(_sequenceLabels.AsSpan(index * _labelCount));
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
