using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The random numbers of units with a stochastic backward pass: one for each unit and time of each presentation. They
/// are indexed from the end of a sequence, so that those of a trial do not depend on the lengths of other trials in the
/// batch.
/// </summary>
public sealed class StochasticUnitDraws<TLane>(int bundles, int units)
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>
    /// Maximum number of units times steps of a sequence: each presentation of a pass has 2¹⁸ blocks of two numbers.
    /// </summary>
    public const int MaxUnitSteps = 2 << BlockBits;

    private const int BlockBits = 18;

    private readonly LaneMemory<TLane> _purposes = new(bundles);
    private readonly LaneMemory<TLane> _configurations = new(bundles);
    private readonly LaneMemory<TLane> _trials = new(bundles);
    private ulong _seed;

    /// <summary>Assigns the random numbers of a trial to a lane.</summary>
    public void BeginTrial(int lane, TrialRandom random)
    {
        _seed = random.Seed;
        _configurations.Doubles[lane] = BitConverter.UInt64BitsToDouble(random.RandomWord);
        _trials.Doubles[lane] = BitConverter.UInt64BitsToDouble((uint)random.Trial);
    }

    /// <summary>Selects the random numbers of a pass through the sequences.</summary>
    public void SetEpoch(int lane, int epoch)
        => _purposes.Doubles[lane] = BitConverter.UInt64BitsToDouble(
            RandomNumbers.PurposeWord(Purpose.DiscretePropagation, epoch & RandomNumbers.MaximumItem));

    /// <summary>Writes the numbers of one presentation.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="sequenceIndex">Its index in the pass.</param>
    /// <param name="uniforms">[t][bundle][unit].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(in SequenceBatch<TLane> sequence, int sequenceIndex, LaneMemory<TLane> uniforms)
    {
        UncheckedSpan<TLane> values = uniforms.Slice(0, uniforms.Length), purpose = _purposes.Slice(0, bundles);
        UncheckedSpan<TLane> configuration = _configurations.Slice(0, bundles), trial = _trials.Slice(0, bundles);
        int count = (sequence.Length - sequence.EarliestStart) * units;
        for (int n = 0; n < count; n += 2)
        {
            TLane counter = TLane.FromBits(((ulong)sequenceIndex << BlockBits) + ((ulong)n / 2));
            UncheckedSpan<TLane> first = values.Slice(OffsetOf(n, sequence.Length));
            UncheckedSpan<TLane> second = values.Slice(OffsetOf(n + 1, sequence.Length));
            for (int b = 0; b < bundles; b++)
            {
                RandomNumbers.GenerateUniforms(
                    _seed, counter, purpose[b], configuration[b], trial[b], out TLane even, out TLane odd);
                first[b * units] = even;
                if (n + 1 < count)
                    second[b * units] = odd;
            }
        }
    }

    /// <summary>Offset of the n-th number of the first bundle, counted backward from the last time.</summary>
    private int OffsetOf(int n, int length) => ((length - (n / units)) * bundles * units) + (n % units);
}
