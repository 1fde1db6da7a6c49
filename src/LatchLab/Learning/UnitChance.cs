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
    public void Fill(in Sequence<TLane> sequence, int number, LaneMemory<TLane> uniforms)
    {
        Row<TLane> values = uniforms.Row(0, uniforms.Length);
        int steps = sequence.Length - sequence.EarliestStart, blocks = ((steps * units) + 1) / 2;
        for (int block = 0; block < blocks; block++)
        {
            TLane counter = TLane.FromBits(((ulong)number << BlockBits) + (ulong)block);
            int first = 2 * block, second = first + 1;
            for (int b = 0; b < bundles; b++)
            {
                RandomNumbers.Uniforms(
                    seed,
                    counter,
                    purposes.Values[b],
                    cells.Values[b],
                    trials.Values[b],
                    out TLane even,
                    out TLane odd);
                values[Place(first, b, sequence.Length)] = even;
                if (second < steps * units)
                    values[Place(second, b, sequence.Length)] = odd;
            }
        }
    }

    /// <summary>Where the n-th number, counted from the last time on, lies.</summary>
    private int Place(int n, int bundle, int length)
        => ((((length - (n / units)) * bundles) + bundle) * units) + (n % units);
}
