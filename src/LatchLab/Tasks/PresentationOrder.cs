using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// In which order sequences are presented. Those of a trial are ranked by length, and places in a pass are given to
/// ranks in one pseudo-random order, the same for all trials and passes: so at any time the trials that run side by
/// side are shown sequences of nearly equal lengths, and yet neither lengths nor classes come in blocks. Sequences of
/// one length are ranked at random, by the seed and the number of the trial alone.
/// </summary>
public static class PresentationOrder
{
    // Items of random numbers, counted from the last: those from 0 on are the classes of the split.
    private const int TrainingTieBreakItem = RandomNumbers.MaximumItem, TestTieBreakItem = TrainingTieBreakItem - 1,
        RankShuffleItem = TrainingTieBreakItem - 2;

    /// <summary>Sequences by rank: the shortest first.</summary>
    /// <param name="dataset">The set.</param>
    /// <param name="sequences">Which sequences of it.</param>
    /// <param name="isTest">Whether they test.</param>
    /// <param name="random">The random numbers of the trial.</param>
    public static int[] RankByLength(Dataset dataset, IReadOnlyList<int> sequences, bool isTest, TrialRandom random)
    {
        int[] ranked = [.. sequences];
        Shuffle(ranked,
            (random with { RandomWord = 0 }).CreateUniformStream(Purpose.Partition,
                isTest ? TestTieBreakItem : TrainingTieBreakItem));
        long[] keys = [
            .. ranked.Select((sequence, position) => ((long)dataset.LengthOf(sequence) << 32) | (uint)position)];
        Array.Sort(keys, ranked);
        return ranked;
    }

    /// <summary>The rank that each place of a pass presents: [place].</summary>
    /// <param name="count">Number of ranks.</param>
    public static int[] ShuffleRanks(int count)
    {
        int[] ranks = [.. Enumerable.Range(0, count)];
        Shuffle(ranks, new UniformStream(seed: 0, Purpose.Partition, RankShuffleItem, randomWord: 0, trial: 0));
        return ranks;
    }

    /// <summary>The ranks of a pass of which only the first places count, in the same order.</summary>
    /// <param name="ranks">Those of a whole pass.</param>
    /// <param name="count">Places that count.</param>
    public static int[] RestrictToFirst(int[] ranks, int count)
    {
        var restricted = new int[count];
        int[] positions = [.. Enumerable.Range(0, count).OrderBy(position => ranks[position])];
        for (int rank = 0; rank < count; rank++)
            restricted[positions[rank]] = rank;
        return restricted;
    }

    /// <summary>Fisher and Yates.</summary>
    private static void Shuffle(int[] numbers, UniformStream uniforms)
    {
        for (int i = 0; i < numbers.Length - 1; i++)
        {
            int swapIndex = i + (int)(uniforms.Next() * (numbers.Length - i));
            (numbers[i], numbers[swapIndex]) = (numbers[swapIndex], numbers[i]);
        }
    }
}
