using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The order in which sequences are presented. The sequences of a trial are ranked by length. One pseudo-random order,
/// the same for all trials and passes, assigns the ranks to the positions in a pass. At any time, the trials that run
/// side by side therefore present sequences of nearly equal lengths, but neither lengths nor classes come in blocks.
/// Sequences of equal length are ranked at random, by the seed and the number of the trial alone.
/// </summary>
public static class PresentationOrder
{
    // Items of random numbers, from the largest down: the items from 0 up are the classes of the split.
    private const int TrainingTieBreakItem = RandomNumbers.MaximumItem, TestTieBreakItem = TrainingTieBreakItem - 1,
        RankShuffleItem = TrainingTieBreakItem - 2, ValidationTieBreakItem = TrainingTieBreakItem - 3;

    /// <summary>Sequences by rank: the shortest first.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="sequences">The sequences to rank.</param>
    /// <param name="purpose">Training, validation or test sequences.</param>
    /// <param name="random">The random numbers of the trial.</param>
    public static int[] RankByLength(Dataset dataset, IReadOnlyList<int> sequences, Purpose purpose, TrialRandom random)
    {
        int[] ranked = [.. sequences];
        Shuffle(ranked,
            (random with { RandomWord = 0 }).CreateUniformStream(Purpose.Partition,
                purpose switch
                {
                    Purpose.TestSequences => TestTieBreakItem,
                    Purpose.ValidationSequences => ValidationTieBreakItem,
                    _ => TrainingTieBreakItem,
                }));
        long[] keys = [
            .. ranked.Select((sequence, position) => ((long)dataset.LengthOf(sequence) << 32) | (uint)position)];
        Array.Sort(keys, ranked);
        return ranked;
    }

    /// <summary>The rank presented at each position of a pass: [position].</summary>
    public static int[] ShuffleRanks(int count)
    {
        int[] ranks = [.. Enumerable.Range(0, count)];
        Shuffle(ranks, new UniformStream(seed: 0, Purpose.Partition, RankShuffleItem, randomWord: 0, trial: 0));
        return ranks;
    }

    /// <summary>
    /// The length class of each rank: the rank after its last. A class begins with the shortest sequence that is left,
    /// and has all that are longer by at most a tenth.
    /// </summary>
    /// <param name="lengths">The length at each rank, ascending.</param>
    /// <param name="classEnds">[rank], written.</param>
    public static void FindLengthClasses(ReadOnlySpan<int> lengths, Span<int> classEnds)
    {
        for (int first = 0, end; first < lengths.Length; first = end)
        {
            for (end = first + 1; end < lengths.Length && lengths[end] <= 1.1 * lengths[first];)
                end++;
            classEnds[first..end].Fill(end);
        }
    }

    /// <summary>
    /// Draws the order of an epoch: the sequences of a class exchange their positions at random. It depends on the
    /// trial and the epoch alone, so that all learners of a trial have the same.
    /// </summary>
    /// <param name="random">The random numbers of the trial.</param>
    /// <param name="epoch">Index of the training epoch, from 0.</param>
    /// <param name="classEnds">[rank]: the rank after the last of its class.</param>
    /// <param name="order">[rank], written: the rank of the sequence that is presented in its place.</param>
    public static void DrawEpoch(TrialRandom random, int epoch, ReadOnlySpan<int> classEnds, Span<int> order)
    {
        const int pairs = 2 * RandomNumbers.FillMultiple;
        Span<double> even = stackalloc double[pairs], odd = stackalloc double[pairs];
        int pairsPerEpoch = (order.Length + 1) / 2;
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        for (int i = 0; i < order.Length; i++)
        {
            int index = i % (2 * pairs);
            if (index == 0)
                random.FillUniforms(Purpose.EpochOrder, item: 0, (epoch * pairsPerEpoch) + (i / 2), even, odd);
            double uniform = (index % 2 == 0 ? even : odd)[index / 2];
            int swapIndex = i + (int)(uniform * (classEnds[i] - i));
            (order[i], order[swapIndex]) = (order[swapIndex], order[i]);
        }
    }

    /// <summary>The ranks of a pass that is restricted to its first positions, in the same order.</summary>
    /// <param name="ranks">The ranks of a whole pass.</param>
    /// <param name="count">Number of positions.</param>
    public static int[] RestrictToFirst(int[] ranks, int count)
    {
        var restricted = new int[count];
        int[] positions = [.. Enumerable.Range(0, count).OrderBy(position => ranks[position])];
        for (int rank = 0; rank < count; rank++)
            restricted[positions[rank]] = rank;
        return restricted;
    }

    /// <summary>The shuffle of Fisher and Yates.</summary>
    private static void Shuffle(int[] numbers, UniformStream uniforms)
    {
        for (int i = 0; i < numbers.Length - 1; i++)
        {
            int swapIndex = i + (int)(uniforms.Next() * (numbers.Length - i));
            (numbers[i], numbers[swapIndex]) = (numbers[swapIndex], numbers[i]);
        }
    }
}

/// <summary>The order of the training sequences in an epoch.</summary>
public enum SequenceOrder
{
    /// <summary>Drawn anew in each epoch, among sequences whose lengths differ by at most a tenth.</summary>
    ShuffledByLength,

    /// <summary>Drawn anew in each epoch.</summary>
    Shuffled,

    /// <summary>The shortest first, the same in every epoch.</summary>
    Sorted,
}
