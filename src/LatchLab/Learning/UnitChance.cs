using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// The random numbers of units that propagate errors by chance: one for each unit and time of each presentation. They
/// are counted from the end of a sequence, so that a trial has the same ones whatever the lengths of its neighbours.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="units">Units of a network.</param>
public sealed class UnitChance<TLane>(int bundles, int units)
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>
    /// Most units times steps of a sequence: each presentation of a pass has 2¹⁸ blocks of two numbers.
    /// </summary>
    public const int MostUnitSteps = 2 << BlockBits;

    private const int BlockBits = 18;

    private readonly LaneMemory<TLane> purposes = new(bundles);
    private readonly LaneMemory<TLane> cells = new(bundles);
    private readonly LaneMemory<TLane> trials = new(bundles);
    private ulong seed;

    /// <summary>Gives a lane the random numbers of a trial.</summary>
    public void Begin(int lane, TrialRandom random)
    {
        seed = random.Seed;
        cells.Numbers[lane] = BitConverter.UInt64BitsToDouble(random.Cell);
        trials.Numbers[lane] = BitConverter.UInt64BitsToDouble((uint)random.Trial);
    }

    /// <summary>Those of a pass through the sequences.</summary>
    public void SetPass(int lane, int pass)
        => purposes.Numbers[lane] = BitConverter.UInt64BitsToDouble(
            RandomNumbers.PurposeWord(Purpose.DiscretePropagation, pass & RandomNumbers.MaximumItem));

    /// <summary>Writes the numbers of one presentation.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="number">Its number in the pass.</param>
    /// <param name="uniforms">[t][bundle][unit].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(in Sequence<TLane> sequence, int number, LaneMemory<TLane> uniforms)
    {
        Row<TLane> values = uniforms.Row(0, uniforms.Length), purpose = purposes.Row(0, bundles);
        Row<TLane> cell = cells.Row(0, bundles), trial = trials.Row(0, bundles);
        int count = (sequence.Length - sequence.EarliestStart) * units;
        for (int n = 0; n < count; n += 2)
        {
            TLane counter = TLane.FromBits(((ulong)number << BlockBits) + ((ulong)n / 2));
            Row<TLane> first = values.From(Place(n, sequence.Length));
            Row<TLane> second = values.From(Place(n + 1, sequence.Length));
            for (int b = 0; b < bundles; b++)
            {
                RandomNumbers.Uniforms(
                    seed, counter, purpose[b], cell[b], trial[b], out TLane even, out TLane odd);
                first[b * units] = even;
                if (n + 1 < count)
                    second[b * units] = odd;
            }
        }
    }

    /// <summary>Where the n-th number of the first bundle, counted from the last time on, lies.</summary>
    private int Place(int n, int length) => ((length - (n / units)) * bundles * units) + (n % units);
}
