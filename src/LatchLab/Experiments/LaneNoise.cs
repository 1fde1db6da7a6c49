using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Experiments;

/// <summary>
/// Gaussian input noise for the lanes of an ensemble. The numbers of a sequence are counted from its end (number j is
/// the noise j steps before the last), in blocks of four: so a block falls on the same time in every lane, whatever
/// their lengths, and a longer sequence has the noise of the shorter one at its end.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
/// <param name="seed">The seed of the run.</param>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="length">Steps T of the longest sequence; all sequences end there.</param>
internal sealed class LaneNoise<TLane>(ulong seed, int bundles, int length)
    where TLane : unmanaged, IBitLane<TLane>
{
    private const int Block = 4;

    private readonly LaneMemory<TLane> words = new(4);                  // block, purpose, cell, trial
    private readonly LaneMemory<TLane> four = new(Block);               // the numbers of these
    private readonly LaneMemory<TLane> blocks = new(Block * bundles);   // [word, then number][bundle]
    private readonly LaneMemory<TLane> firstBlocks = new(bundles);      // [bundle], for noise drawn afresh
    private readonly LaneMemory<TLane> purposes = new(bundles);
    private readonly LaneMemory<TLane> cells = new(bundles);
    private readonly LaneMemory<TLane> trials = new(bundles);
    private readonly LaneMemory<TLane> deviations = new(bundles);

    /// <summary>Number of blocks of a sequence with that many noisy steps.</summary>
    public static int Blocks(int noisySteps) => (noisySteps + Block - 1) / Block;

    /// <summary>
    /// Writes the noise of several sequences into one lane. The lanes of the computation are not trials here but
    /// blocks, so that a single trial is loaded at full speed.
    /// </summary>
    /// <param name="cell">The setting of the trial.</param>
    /// <param name="trial">Its number.</param>
    /// <param name="purpose">What the noise is for.</param>
    /// <param name="firstItem">Number of the first sequence.</param>
    /// <param name="inputs">[sequence][t − 1][bundle].</param>
    /// <param name="lane">The lane among those of all bundles.</param>
    public void FillLane(
        MinimalCell cell, int trial, Purpose purpose, int firstItem, LaneMemory<TLane> inputs, int lane)
    {
        int noisySteps = cell.Task.Length - cell.Task.TrainableInputs;
        double deviation = cell.Task.Deviation;
        int perSequence = Blocks(noisySteps), total = perSequence * cell.Task.Sequences;
        int lanes = bundles * TLane.Count;
        Span<double> numbers = inputs.Numbers, word = words.Numbers, value = four.Numbers;
        words.Values[2] = TLane.FromBits(cell.RandomWord);
        words.Values[3] = TLane.FromBits((ulong)trial);
        for (int first = 0; first < total; first += TLane.Count)
        {
            for (int k = 0; k < TLane.Count; k++)
            {
                (int item, int block) = Math.DivRem(first + k, perSequence);
                word[k] = BitConverter.UInt64BitsToDouble((ulong)block);
                word[TLane.Count + k] = BitConverter.UInt64BitsToDouble(
                    RandomNumbers.PurposeWord(purpose, firstItem + item));
            }

            RandomNumbers.Gaussians(
                seed, words.Values[0], words.Values[1], words.Values[2], words.Values[3], four.Values);
            for (int k = 0; k < Math.Min(TLane.Count, total - first); k++)
            {
                (int sequence, int block) = Math.DivRem(first + k, perSequence);
                for (int i = 0; i < Math.Min(Block, noisySteps - (Block * block)); i++)
                {
                    int t = length - (Block * block) - i;
                    numbers[(((sequence * length) + t - 1) * lanes) + lane] = deviation * value[(i * TLane.Count) + k];
                }
            }
        }
    }

    /// <summary>Says what noise a lane draws afresh from now on.</summary>
    /// <param name="cell">The setting of the trial.</param>
    /// <param name="trial">Its number.</param>
    /// <param name="purpose">What the noise is for.</param>
    /// <param name="firstItem">Number of the first sequence.</param>
    /// <param name="pass">Number of the pass through the sequences.</param>
    /// <param name="lane">The lane among those of all bundles.</param>
    public void SetLane(MinimalCell cell, int trial, Purpose purpose, int firstItem, int pass, int lane)
    {
        int noisySteps = cell.Task.Length - cell.Task.TrainableInputs;
        firstBlocks.Numbers[lane] = BitConverter.UInt64BitsToDouble((ulong)pass * (ulong)Blocks(noisySteps));
        purposes.Numbers[lane] = BitConverter.UInt64BitsToDouble(RandomNumbers.PurposeWord(purpose, firstItem));
        cells.Numbers[lane] = BitConverter.UInt64BitsToDouble(cell.RandomWord);
        trials.Numbers[lane] = BitConverter.UInt64BitsToDouble((ulong)trial);
        deviations.Numbers[lane] = cell.Task.Deviation;
    }

    /// <summary>
    /// Writes the noise of one sequence into every lane, from the last step back to <paramref name="from"/>.
    /// </summary>
    /// <param name="item">Number of the sequence, counted from each lane's first.</param>
    /// <param name="from">The first time that is needed.</param>
    /// <param name="inputs">[t − 1][bundle].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FillSequence(int item, int from, LaneMemory<TLane> inputs)
    {
        Row<TLane> row = inputs.Row(0, inputs.Length), values = blocks.Row(0, Block * bundles);
        Row<TLane> first = firstBlocks.Row(0, bundles), purpose = purposes.Row(0, bundles);
        Row<TLane> cell = cells.Row(0, bundles), trial = trials.Row(0, bundles), deviation = deviations.Row(0, bundles);
        TLane itemBits = TLane.FromBits(RandomNumbers.PurposeWord(default, item));
        int count = bundles;
        for (int block = 0; length - (Block * block) >= from; block++)
        {
            TLane blockBits = TLane.FromBits((ulong)block);
            for (int b = 0; b < count; b++)
            {
                values[b] = TLane.AddBits(first[b], blockBits);
                values[count + b] = TLane.AddBits(purpose[b], itemBits);
                values[(2 * count) + b] = cell[b];
                values[(3 * count) + b] = trial[b];
            }

            RandomNumbers.Gaussians(seed, values, count);
            for (int i = 0; i < Math.Min(Block, length - (Block * block) - from + 1); i++)
            {
                int t = length - (Block * block) - i;
                for (int b = 0; b < count; b++)
                    row[((t - 1) * count) + b] = deviation[b] * values[(i * count) + b];
            }
        }
    }
}
