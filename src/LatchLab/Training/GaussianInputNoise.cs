using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// Gaussian input noise for the lanes of a trial batch. The numbers of a sequence are counted from its end, in blocks
/// of four: number j is the noise j steps before the last step. A block therefore falls on the same time steps in
/// every lane, whatever the sequence lengths, and a longer sequence ends with the noise of the shorter one.
/// </summary>
/// <param name="seed">The seed of the run.</param>
/// <param name="bundles">Bundles of lanes.</param>
/// <param name="maxLength">Steps T of the longest sequence; all sequences end there.</param>
internal sealed class GaussianInputNoise<TLane>(ulong seed, int bundles, int maxLength)
    where TLane : unmanaged, IBitLane<TLane>
{
    private const int BlockSize = 4;

    private readonly LaneMemory<TLane> _counterWords = new(4);                  // block, purpose, configuration, trial
    private readonly LaneMemory<TLane> _gaussians = new(BlockSize);               // the numbers drawn from these words
    private readonly LaneMemory<TLane> _blockBuffer = new(BlockSize * bundles);   // [word, then number][bundle]
    private readonly LaneMemory<TLane> _firstBlocks = new(bundles);      // [bundle], for noise drawn in each pass
    private readonly LaneMemory<TLane> _purposeWords = new(bundles);
    private readonly LaneMemory<TLane> _configurationWords = new(bundles);
    private readonly LaneMemory<TLane> _trialWords = new(bundles);
    private readonly LaneMemory<TLane> _standardDeviations = new(bundles);

    /// <summary>Number of blocks of a sequence with the given number of noisy steps.</summary>
    public static int CountBlocks(int noisySteps) => (noisySteps + BlockSize - 1) / BlockSize;

    /// <summary>
    /// Writes the noise of several sequences into one lane. In this computation a lane is a block, not a trial, so that
    /// a single trial uses all lanes.
    /// </summary>
    /// <param name="configuration">The configuration of the trial.</param>
    /// <param name="trialIndex">The trial index.</param>
    /// <param name="purpose">The purpose of the noise.</param>
    /// <param name="firstSequence">Index of the first sequence.</param>
    /// <param name="inputs">The memory of the inputs.</param>
    /// <param name="layout">Where those of the lane are.</param>
    public void FillLane(
        MinimalTaskConfiguration configuration, int trialIndex, Purpose purpose, int firstSequence,
        Span<double> inputs, InputLayout layout)
    {
        int noisySteps = configuration.Task.Length - configuration.Task.TrainableInputs;
        double standardDeviation = configuration.Task.StandardDeviation;
        int blocksPerSequence = CountBlocks(noisySteps), totalBlocks = blocksPerSequence * configuration.Task.Sequences;
        Span<double> wordNumbers = _counterWords.Doubles, gaussianNumbers = _gaussians.Doubles;
        _counterWords.Values[2] = TLane.FromBits(configuration.RandomWord);
        _counterWords.Values[3] = TLane.FromBits((ulong)trialIndex);
        for (int firstBlock = 0; firstBlock < totalBlocks; firstBlock += TLane.Count)
        {
            for (int blockLane = 0; blockLane < TLane.Count; blockLane++)
            {
                (int sequenceIndex, int block) = Math.DivRem(firstBlock + blockLane, blocksPerSequence);
                wordNumbers[blockLane] = BitConverter.UInt64BitsToDouble((ulong)block);
                wordNumbers[TLane.Count + blockLane] = BitConverter.UInt64BitsToDouble(
                    RandomNumbers.PurposeWord(purpose, firstSequence + sequenceIndex));
            }

            RandomNumbers.FillGaussians(
                seed, _counterWords.Values[0], _counterWords.Values[1], _counterWords.Values[2],
                _counterWords.Values[3], _gaussians.Values);
            for (int blockLane = 0; blockLane < Math.Min(TLane.Count, totalBlocks - firstBlock); blockLane++)
            {
                (int sequence, int block) = Math.DivRem(firstBlock + blockLane, blocksPerSequence);
                for (int i = 0; i < Math.Min(BlockSize, noisySteps - (BlockSize * block)); i++)
                {
                    int t = maxLength - (BlockSize * block) - i;
                    inputs[layout.Offset + (sequence * layout.SequenceStride) + ((t - 1) * layout.StepStride)] =
                        standardDeviation * gaussianNumbers[(i * TLane.Count) + blockLane];
                }
            }
        }
    }

    /// <summary>Sets the noise that a lane draws for each pass.</summary>
    /// <param name="configuration">The configuration of the trial.</param>
    /// <param name="trialIndex">The trial index.</param>
    /// <param name="purpose">The purpose of the noise.</param>
    /// <param name="firstSequence">Index of the first sequence.</param>
    /// <param name="epoch">Index of the pass through the sequences.</param>
    /// <param name="lane">The lane among those of all bundles.</param>
    public void SetLane(MinimalTaskConfiguration configuration, int trialIndex, Purpose purpose, int firstSequence,
        int epoch, int lane)
    {
        int noisySteps = configuration.Task.Length - configuration.Task.TrainableInputs;
        _firstBlocks.Doubles[lane] = BitConverter.UInt64BitsToDouble((ulong)epoch * (ulong)CountBlocks(noisySteps));
        _purposeWords.Doubles[lane] = BitConverter.UInt64BitsToDouble(
            RandomNumbers.PurposeWord(purpose, firstSequence));
        _configurationWords.Doubles[lane] = BitConverter.UInt64BitsToDouble(configuration.RandomWord);
        _trialWords.Doubles[lane] = BitConverter.UInt64BitsToDouble((ulong)trialIndex);
        _standardDeviations.Doubles[lane] = configuration.Task.StandardDeviation;
    }

    /// <summary>
    /// Writes the noise of one sequence into every lane, from <paramref name="firstTime"/> to the last step.
    /// </summary>
    /// <param name="sequenceWords">
    /// [bundle]: <see cref="RandomNumbers.PurposeWord"/> of the index of the sequence, relative to the first sequence
    /// of each lane.
    /// </param>
    /// <param name="firstTime">The first time step that is needed.</param>
    /// <param name="inputs">[t − 1][bundle].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FillSequence(UncheckedSpan<TLane> sequenceWords, int firstTime, LaneMemory<TLane> inputs)
    {
        UncheckedSpan<TLane> destination = inputs.Slice(0, inputs.Length),
            blockValues = _blockBuffer.Slice(0, BlockSize * bundles);
        UncheckedSpan<TLane> firstBlock = _firstBlocks.Slice(0, bundles), purposeWord = _purposeWords.Slice(0, bundles);
        UncheckedSpan<TLane> configuration = _configurationWords.Slice(0, bundles),
            trialIndex = _trialWords.Slice(0, bundles), standardDeviation = _standardDeviations.Slice(0, bundles);
        int bundleCount = bundles;
        for (int block = 0; maxLength - (BlockSize * block) >= firstTime; block++)
        {
            TLane blockWord = TLane.FromBits((ulong)block);
            for (int b = 0; b < bundleCount; b++)
            {
                blockValues[b] = TLane.AddUInt64(firstBlock[b], blockWord);
                blockValues[bundleCount + b] = TLane.AddUInt64(purposeWord[b], sequenceWords[b]);
                blockValues[(2 * bundleCount) + b] = configuration[b];
                blockValues[(3 * bundleCount) + b] = trialIndex[b];
            }

            RandomNumbers.FillGaussians(seed, blockValues, bundleCount);
            for (int i = 0; i < Math.Min(BlockSize, maxLength - (BlockSize * block) - firstTime + 1); i++)
            {
                int t = maxLength - (BlockSize * block) - i;
                for (int b = 0; b < bundleCount; b++)
                    destination[((t - 1) * bundleCount) + b] = standardDeviation[b]
                        * blockValues[(i * bundleCount) + b];
            }
        }
    }
}
