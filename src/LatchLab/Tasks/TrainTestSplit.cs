using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The training and the test sequences of a dataset, in its order. If the dataset does not define the split, it is
/// drawn for each trial from the seed and the number of the trial alone, so that every learner, network, length and
/// delay has the same split in the same trial. The split is stratified by class, and every trial has the same number of
/// test sequences.
/// </summary>
/// <param name="Training">Numbers of the sequences, ascending.</param>
/// <param name="Test">Likewise.</param>
public sealed record TrainTestSplit(IReadOnlyList<int> Training, IReadOnlyList<int> Test)
{
    /// <summary>The split of a trial.</summary>
    /// <param name="dataset">The sequences.</param>
    /// <param name="testShare">Share of test sequences, if the dataset does not define the split.</param>
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

    /// <summary>Number of test sequences of every trial.</summary>
    public static int CountTestSequences(Dataset dataset, double testShare)
        => dataset.HasSplit ? dataset.TestCount : AllocateTestCounts(dataset.SplitClassSizes, testShare).Sum();

    /// <summary>
    /// Number of test sequences of each class. The total is the share of all sequences, rounded. The number of a class
    /// is its share rounded down or up (up for the largest remainders), and at least one sequence of every class
    /// remains for training.
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

    /// <summary>Selects the first sequences of each class in a random order.</summary>
    private static bool[] DrawTestFlags(Dataset dataset, double testShare, TrialRandom random)
    {
        var testFlags = new bool[dataset.Count];
        IReadOnlyList<int> testCounts = AllocateTestCounts(dataset.SplitClassSizes, testShare);
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
