using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// The training, the validation and the test sequences of a dataset, in its order. If the dataset does not define the
/// test sequences, they are drawn for each trial from the seed and the number of the trial alone, so that every
/// learner, network, length and delay has the same split in the same trial. The split is stratified by class, and every
/// trial has the same numbers of sequences. The validation sequences are drawn from those that are not test sequences.
/// </summary>
/// <param name="Training">Numbers of the sequences, ascending.</param>
/// <param name="Test">Likewise.</param>
/// <param name="Validation">Likewise.</param>
public sealed record TrainTestSplit(
    IReadOnlyList<int> Training, IReadOnlyList<int> Test, IReadOnlyList<int> Validation)
{
    private enum Part
    {
        Training,
        Test,
        Validation,
    }

    /// <summary>The split of a trial.</summary>
    /// <param name="dataset">The sequences.</param>
    /// <param name="testShare">Share of test sequences, if the dataset does not define them.</param>
    /// <param name="random">The random numbers of the trial.</param>
    /// <param name="validationShare">Share of the other sequences that are validation sequences.</param>
    public static TrainTestSplit Create(
        Dataset dataset, double testShare, TrialRandom random, double validationShare = 0.0)
    {
        Part[] parts = DrawParts(dataset, testShare, validationShare, random with { RandomWord = 0 });
        return new(Select(Part.Training), Select(Part.Test), Select(Part.Validation));

        int[] Select(Part part)
            => [.. Enumerable.Range(0, dataset.Count).Where(sequence => parts[sequence] == part)];
    }

    /// <summary>Number of validation sequences of every trial.</summary>
    public static int CountValidationSequences(Dataset dataset, double testShare, double validationShare)
        => validationShare == 0.0 ? 0
            : AllocateTestCounts(CountRemaining(dataset, testShare), validationShare).Sum();

    /// <summary>[class]: the number of training sequences of every trial.</summary>
    public static IReadOnlyList<int> CountTrainingSequences(
        Dataset dataset, double testShare, double validationShare)
    {
        int[] remaining = CountRemaining(dataset, testShare);
        return [.. remaining.Zip(AllocateTestCounts(remaining, validationShare), (all, held) => all - held)];
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
        int missing = (int)Math.Round(testShare * classSizes.Sum(), MidpointRounding.AwayFromZero) - testCounts.Sum();
        foreach (int classIndex in Enumerable.Range(0, testCounts.Length)
            .OrderByDescending(index => (testShare * classSizes[index]) - testCounts[index]))
        {
            if (missing > 0 && testCounts[classIndex] + 1 < classSizes[classIndex])
            {
                testCounts[classIndex]++;
                missing--;
            }
        }

        return testCounts;
    }

    /// <summary>[class]: the number of sequences that are not test sequences.</summary>
    private static int[] CountRemaining(Dataset dataset, double testShare)
    {
        if (!dataset.HasSplit)
        {
            return [.. dataset.SplitClassSizes.Zip(
                AllocateTestCounts(dataset.SplitClassSizes, testShare), (size, count) => size - count)];
        }

        var remaining = new int[dataset.SplitClassSizes.Count];
        foreach (int sequence in Enumerable.Range(0, dataset.Count).Where(sequence => !dataset.IsTest(sequence)))
            remaining[dataset.ClassOf(sequence)]++;
        return remaining;
    }

    /// <summary>
    /// Takes the test sequences and then the validation sequences from the sequences of each class in a random order.
    /// </summary>
    private static Part[] DrawParts(Dataset dataset, double testShare, double validationShare, TrialRandom random)
    {
        Part[] parts = [.. Enumerable.Range(0, dataset.Count)
            .Select(sequence => dataset.IsTest(sequence) ? Part.Test : Part.Training)];
        int[] remaining = CountRemaining(dataset, testShare);
        IReadOnlyList<int> validationCounts = AllocateTestCounts(remaining, validationShare);
        ILookup<int, int> drawnByClass = Enumerable.Range(0, dataset.Count)
            .Where(sequence => parts[sequence] == Part.Training).ToLookup(dataset.ClassOf);
        for (int classIndex = 0; classIndex < remaining.Length; classIndex++)
        {
            int[] shuffled = [.. drawnByClass[classIndex]];
            int testCount = shuffled.Length - remaining[classIndex];
            UniformStream uniforms = random.CreateUniformStream(Purpose.Partition, classIndex);
            for (int i = 0; i < testCount + validationCounts[classIndex]; i++)
            {
                int swapIndex = i + (int)(uniforms.Next() * (shuffled.Length - i));
                (shuffled[i], shuffled[swapIndex]) = (shuffled[swapIndex], shuffled[i]);
                parts[shuffled[i]] = i < testCount ? Part.Test : Part.Validation;
            }
        }

        return parts;
    }
}
