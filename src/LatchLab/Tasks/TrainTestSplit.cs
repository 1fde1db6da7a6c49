using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// Which sequences of a set train and which test, in the order of the set. Where the set does not say it, it is drawn
/// for each trial from the seed and the number of the trial alone: so in the same trial every learner, network, length
/// and delay meets the same sequences. Each class gives its share to the test, and every trial tests on as many.
/// </summary>
/// <param name="Training">Numbers of the sequences, ascending.</param>
/// <param name="Test">Likewise.</param>
public sealed record TrainTestSplit(IReadOnlyList<int> Training, IReadOnlyList<int> Test)
{
    /// <summary>The split of a trial.</summary>
    /// <param name="dataset">The sequences.</param>
    /// <param name="testShare">Share of the test, where the set has no split of its own.</param>
    /// <param name="random">The random numbers of the trial.</param>
    public static TrainTestSplit Create(Dataset dataset, double testShare, TrialRandom random)
    {
        bool[] testFlags = dataset.HasSplit
            ? [.. Enumerable.Range(0, dataset.Count).Select(dataset.IsTest)]
            : DrawTestFlags(dataset, testShare, random with { RandomWord = 0 });
        return new(
            [.. Enumerable.Range(0, dataset.Count).Where(sequence => !testFlags[sequence])],
            [.. Enumerable.Range(0, dataset.Count).Where(sequence => testFlags[sequence])]);
    }

    /// <summary>Test sequences of every trial.</summary>
    public static int CountTestSequences(Dataset dataset, double testShare)
        => dataset.HasSplit ? dataset.TestCount : AllocateTestCounts(dataset.ClassSizes, testShare).Sum();

    /// <summary>
    /// How many of each class test: together the share of all, rounded, of each its share rounded down or up (those
    /// with the largest remainders up), and of every class at least one is left to train.
    /// </summary>
    /// <param name="classSizes">[class].</param>
    /// <param name="testShare">From 0, below 1.</param>
    public static IReadOnlyList<int> AllocateTestCounts(IReadOnlyList<int> classSizes, double testShare)
    {
        int[] testCounts = [.. classSizes.Select(size => Math.Min((int)(testShare * size), Math.Max(0, size - 1)))];
        var total = (int)Math.Round(testShare * classSizes.Sum(), MidpointRounding.AwayFromZero);
        foreach (int classIndex in Enumerable.Range(0, testCounts.Length)
            .OrderByDescending(index => (testShare * classSizes[index]) - testCounts[index]))
        {
            if (testCounts.Sum() < total && testCounts[classIndex] + 1 < classSizes[classIndex])
                testCounts[classIndex]++;
        }

        return testCounts;
    }

    /// <summary>The first so many of each class, in an order that is drawn.</summary>
    private static bool[] DrawTestFlags(Dataset dataset, double testShare, TrialRandom random)
    {
        var testFlags = new bool[dataset.Count];
        IReadOnlyList<int> testCounts = AllocateTestCounts(dataset.ClassSizes, testShare);
        ILookup<int, int> sequencesByClass = Enumerable.Range(0, dataset.Count).ToLookup(dataset.ClassOf);
        for (int classIndex = 0; classIndex < testCounts.Count; classIndex++)
        {
            int[] shuffled = [.. sequencesByClass[classIndex]];
            UniformStream uniforms = random.CreateUniformStream(Purpose.Partition, classIndex);
            for (int i = 0; i < testCounts[classIndex]; i++)
            {
                int swapIndex = i + (int)(uniforms.Next() * (shuffled.Length - i));
                (shuffled[i], shuffled[swapIndex]) = (shuffled[swapIndex], shuffled[i]);
                testFlags[shuffled[i]] = true;
            }
        }

        return testFlags;
    }
}
