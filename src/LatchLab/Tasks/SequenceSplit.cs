using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// Which sequences of a set train and which test, in the order of the set. Where the set does not say it, it is drawn
/// for each trial from the seed and the number of the trial alone: so in the same trial every learner, network, length
/// and delay meets the same sequences. Each class gives its share to the test, and every trial tests on as many.
/// </summary>
/// <param name="Training">Numbers of the sequences, ascending.</param>
/// <param name="Test">Likewise.</param>
public sealed record SequenceSplit(IReadOnlyList<int> Training, IReadOnlyList<int> Test)
{
    /// <summary>The split of a trial.</summary>
    /// <param name="set">The sequences.</param>
    /// <param name="share">Share of the test, where the set has no split of its own.</param>
    /// <param name="random">The random numbers of the trial.</param>
    public static SequenceSplit Of(SequenceSet set, double share, TrialRandom random)
    {
        bool[] tests = set.HasSplit
            ? [.. Enumerable.Range(0, set.Count).Select(set.IsTest)]
            : Drawn(set, share, random with { Cell = 0 });
        return new(
            [.. Enumerable.Range(0, set.Count).Where(sequence => !tests[sequence])],
            [.. Enumerable.Range(0, set.Count).Where(sequence => tests[sequence])]);
    }

    /// <summary>Test sequences of every trial.</summary>
    public static int TestCount(SequenceSet set, double share)
        => set.HasSplit ? set.TestCount : Quotas(set.ClassSizes, share).Sum();

    /// <summary>
    /// How many of each class test: together the share of all, rounded, of each its share rounded down or up (those
    /// with the largest remainders up), and of every class at least one is left to train.
    /// </summary>
    /// <param name="sizes">[class].</param>
    /// <param name="share">From 0, below 1.</param>
    public static IReadOnlyList<int> Quotas(IReadOnlyList<int> sizes, double share)
    {
        int[] quotas = [.. sizes.Select(size => Math.Min((int)(share * size), Math.Max(0, size - 1)))];
        var all = (int)Math.Round(share * sizes.Sum(), MidpointRounding.AwayFromZero);
        foreach (int candidate in Enumerable.Range(0, quotas.Length)
            .OrderByDescending(number => (share * sizes[number]) - quotas[number]))
        {
            if (quotas.Sum() < all && quotas[candidate] + 1 < sizes[candidate])
                quotas[candidate]++;
        }

        return quotas;
    }

    /// <summary>The first so many of each class, in an order that is drawn.</summary>
    private static bool[] Drawn(SequenceSet set, double share, TrialRandom random)
    {
        var tests = new bool[set.Count];
        IReadOnlyList<int> quotas = Quotas(set.ClassSizes, share);
        ILookup<int, int> members = Enumerable.Range(0, set.Count).ToLookup(set.ClassOf);
        for (int number = 0; number < quotas.Count; number++)
        {
            int[] drawn = [.. members[number]];
            UniformDraws uniforms = random.Uniforms(Purpose.Partition, number);
            for (int i = 0; i < quotas[number]; i++)
            {
                int other = i + (int)(uniforms.Next() * (drawn.Length - i));
                (drawn[i], drawn[other]) = (drawn[other], drawn[i]);
                tests[drawn[i]] = true;
            }
        }

        return tests;
    }
}
