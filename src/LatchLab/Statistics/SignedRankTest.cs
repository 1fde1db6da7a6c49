namespace LatchLab.Statistics;

/// <summary>
/// Signed-rank test of paired differences (Wilcoxon 1945): whether differences lie above or below 0. All differences
/// are ranked by magnitude; ties have their mean rank, and the ranks of zeros are then dropped (Pratt 1959). Under the
/// null hypothesis each sign has probability ½. The distribution of the rank sum of the positive differences is
/// computed exactly for up to <see cref="MaxExactDifferences"/> differences, by counting the 2ⁿ sign patterns, and
/// approximated by a normal distribution for more.
/// </summary>
/// <remarks>
/// A difference of ±∞ is larger in magnitude than every finite one. NaN, the difference of two censored values
/// (∞ − ∞), counts as zero.
/// </remarks>
/// <param name="NonzeroCount">Number of differences that are not 0.</param>
/// <param name="PositiveRankSum">Sum of the ranks of the positive differences.</param>
/// <param name="PositivePValue">One-sided p-value for differences above 0; 1 if all are 0.</param>
/// <param name="NegativePValue">One-sided p-value for differences below 0; 1 if all are 0.</param>
/// <param name="Median">
/// The effect size: the median of all differences, including zeros. It is 0 between −∞ and +∞, and for no differences.
/// </param>
public readonly record struct SignedRankTest(
    int NonzeroCount, double PositiveRankSum, double PositivePValue, double NegativePValue, double Median)
{
    /// <summary>Largest number of nonzero differences with exact p-values: a double represents 2⁵⁰ exactly.</summary>
    public const int MaxExactDifferences = 50;

    /// <summary>Tests differences, which can be in any order.</summary>
    public static SignedRankTest Compute(IEnumerable<double> differences)
    {
        double[] sorted = [.. differences.Select(d => double.IsNaN(d) ? 0.0 : d).OrderBy(d => Math.Abs(d))];
        int zeroCount = sorted.Count(d => d == 0.0);
        int[] ranks = ComputeDoubledRanks(sorted)[zeroCount..];
        long positiveRankSum = 0;
        for (int i = 0; i < ranks.Length; i++)
            positiveRankSum += sorted[zeroCount + i] > 0.0 ? ranks[i] : 0;

        (double positiveP, double negativeP) =
            ranks.Length <= MaxExactDifferences ? ComputeExactPValues(ranks, positiveRankSum)
                : ApproximatePValues(ranks, positiveRankSum);
        return new(ranks.Length, 0.5 * positiveRankSum, positiveP, negativeP, ComputeMedian(sorted));
    }

    /// <summary>Twice the mean ranks by magnitude, which are integers.</summary>
    private static int[] ComputeDoubledRanks(double[] sorted)
    {
        var ranks = new int[sorted.Length];
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            end = first + 1;
            while (end < sorted.Length && Math.Abs(sorted[end]) == Math.Abs(sorted[first]))
                end++;
            Array.Fill(ranks, first + 1 + end, first, end - first); // ranks first + 1 … end
        }

        return ranks;
    }

    /// <summary>The shares of sign patterns whose sum is at least, and at most, the observed sum.</summary>
    private static (double AtLeast, double AtMost) ComputeExactPValues(int[] ranks, long observedSum)
    {
        var patternCounts = new long[ranks.Sum() + 1]; // [sum]
        patternCounts[0] = 1;
        int maxSum = 0;
        foreach (int rank in ranks)
        {
            maxSum += rank;
            for (int sum = maxSum; sum >= rank; sum--)
                patternCounts[sum] += patternCounts[sum - rank];
        }

        double patternTotal = 1L << ranks.Length;
        return (patternCounts[(int)observedSum..].Sum() / patternTotal,
            patternCounts[..((int)observedSum + 1)].Sum() / patternTotal);
    }

    /// <summary>
    /// Normal approximation with mean Σr/2 and variance Σr²/4 of the actual ranks, which accounts for ties and zeros,
    /// and a continuity correction of half a rank.
    /// </summary>
    private static (double AtLeast, double AtMost) ApproximatePValues(int[] ranks, long observedSum)
    {
        double mean = 0.5 * ranks.Sum(rank => (long)rank);
        double standardDeviation = 0.5 * Math.Sqrt(ranks.Sum(rank => (double)rank * rank));
        return (
            NormalDistribution.UpperTail((observedSum - mean - 1.0) / standardDeviation), // half a rank, doubled
            NormalDistribution.UpperTail((mean - observedSum - 1.0) / standardDeviation));
    }

    private static double ComputeMedian(double[] differences)
    {
        if (differences.Length == 0)
            return 0.0;
        double[] ascending = [.. differences.Order()];
        double middle = (0.5 * ascending[(ascending.Length - 1) / 2]) + (0.5 * ascending[ascending.Length / 2]);
        return double.IsNaN(middle) ? 0.0 : middle;
    }
}
