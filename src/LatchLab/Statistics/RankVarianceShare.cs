using LatchLab.Numerics;

namespace LatchLab.Statistics;

/// <summary>
/// How much groups differ: the share η² = Σ_g n_g·(r̄_g − r̄)² / Σ_i (r_i − r̄)² of the variance of the ranks r of all
/// values (ties have their mean rank) that lies between the groups. It is H/(n − 1) of Kruskal and Wallis (1952), from
/// 0 to 1. Groups without a difference have a share above 0, too, and the more so the smaller they are; a permutation
/// test (Fisher 1935) decides whether the share is larger than by chance.
/// </summary>
public static class RankVarianceShare
{
    /// <summary>The number of permutations of the test: its smallest p-value is 1/2000.</summary>
    public const int Permutations = 1999;

    // A sum of at most 10^6 terms in another order differs relatively by less than 10^6·2^-53.
    private const double RoundingMargin = 1e-9;

    /// <summary>Computes the share.</summary>
    /// <param name="values">The values, not NaN; +∞ is the largest.</param>
    /// <param name="groups">The group of each value, from 0.</param>
    /// <returns>The share; NaN if all values are equal, or all in one group.</returns>
    public static double Compute(IReadOnlyList<double> values, IReadOnlyList<int> groups)
        => groups.Distinct().Count() < 2 ? double.NaN : ComputeOfRanks(ComputeRanks(values), groups);

    /// <summary>
    /// The p-value of the permutation test: the share of the assignments of the values to the groups, this one and
    /// random ones, whose share of variance is at least as large (Phipson and Smyth 2010).
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="groups">The group of each value.</param>
    /// <param name="draws">The random numbers of the permutations.</param>
    /// <returns>The p-value; 1 if the share is not defined.</returns>
    public static double ComputePValue(IReadOnlyList<double> values, IReadOnlyList<int> groups, UniformStream draws)
    {
        double observed = Compute(values, groups);
        if (double.IsNaN(observed))
            return 1.0;
        double[] ranks = ComputeRanks(values);
        int atLeast = 1;
        for (int permutation = 0; permutation < Permutations; permutation++)
        {
            for (int i = ranks.Length - 1; i > 0; i--)
            {
                int j = (int)(draws.Next() * (i + 1));
                (ranks[i], ranks[j]) = (ranks[j], ranks[i]);
            }

            atLeast += ComputeOfRanks(ranks, groups) >= observed * (1.0 - RoundingMargin) ? 1 : 0;
        }

        return (double)atLeast / (Permutations + 1);
    }

    /// <summary>The rank of each value, from 1; equal values have their mean rank.</summary>
    private static double[] ComputeRanks(IReadOnlyList<double> values)
        => [.. values.Select(value => values.Count(other => other < value)
            + (0.5 * (values.Count(other => other == value) + 1)))];

    private static double ComputeOfRanks(double[] ranks, IReadOnlyList<int> groups)
    {
        double mean = 0.5 * (ranks.Length + 1), total = 0.0, between = 0.0;
        var sums = new double[groups.Max() + 1];
        var counts = new int[sums.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            double deviation = ranks[i] - mean;
            total += deviation * deviation;
            sums[groups[i]] += deviation;
            counts[groups[i]]++;
        }

        for (int group = 0; group < sums.Length; group++)
            between += counts[group] == 0 ? 0.0 : sums[group] * sums[group] / counts[group];
        return total == 0.0 ? double.NaN : between / total;
    }
}
