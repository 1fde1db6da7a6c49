namespace LatchLab.Statistics;

/// <summary>
/// Tests for a trend in values over ordered groups (Terpstra 1952, Jonckheere 1954): whether values increase or
/// decrease from group to group. Several strata are combined. J counts the pairs of values from different groups in
/// which the later group has the larger value; ties count one half. Under the null hypothesis the values of a stratum
/// are assigned to its groups at random, which determines the mean and variance of J (with ties: Lehmann 1975). J is
/// approximated by a normal distribution without continuity correction. Only the order of values counts, so +∞ can
/// represent censored values, which are tied.
/// </summary>
/// <param name="Z">
/// Standardised statistic; positive if values increase with the group, 0 if the data do not vary.
/// </param>
public readonly record struct JonckheereTerpstraTest(double Z)
{
    /// <summary>One-sided p-value for values that decrease with the group.</summary>
    public double DecreasingPValue => NormalDistribution.UpperTail(-Z);

    /// <summary>One-sided p-value for values that increase with the group.</summary>
    public double IncreasingPValue => NormalDistribution.UpperTail(Z);

    /// <summary>Tests all strata together: deviations of J from its mean are summed, and so are variances.</summary>
    /// <param name="strata">Each a list of groups in their order; only trends within a stratum count.</param>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public static JonckheereTerpstraTest Compute(IEnumerable<IReadOnlyList<IReadOnlyList<double>>> strata)
    {
        double deviation = 0.0, variance = 0.0;
        foreach (var groups in strata)
        {
            if (groups.Any(group => group.Any(double.IsNaN)))
                throw new ArgumentException("A value is NaN.", nameof(strata));

            double[] sizes = [.. groups.Select(group => (double)group.Count)];
            double n = sizes.Sum();
            if (n < 2.0)
                continue;

            double concordant = CountConcordantPairs(groups, out List<double> tieSizes);
            deviation += concordant - (0.25 * ((n * n) - sizes.Sum(size => size * size)));
            variance += ComputeVariance(n, sizes, tieSizes);
        }

        return new(variance > 0.0 ? deviation / Math.Sqrt(variance) : 0.0);
    }

    /// <summary>Computes J and the size of each run of tied values.</summary>
    private static double CountConcordantPairs(IReadOnlyList<IReadOnlyList<double>> groups, out List<double> tieSizes)
    {
        var pooled = groups.SelectMany((group, j) => group.Select(value => (Value: value, Group: j)))
            .OrderBy(item => item.Value).ToArray();
        double concordant = 0.0;
        tieSizes = [];
        double[] smallerCounts = new double[groups.Count], equalCounts = new double[groups.Count];
        for (int first = 0, end; first < pooled.Length; first = end)
        {
            Array.Clear(equalCounts);
            for (end = first; end < pooled.Length && pooled[end].Value == pooled[first].Value; end++)
                equalCounts[pooled[end].Group]++;
            tieSizes.Add(end - first);

            double smaller = 0.0; // smaller values of earlier groups; ties count one half
            for (int j = 0; j < groups.Count; j++)
            {
                concordant += equalCounts[j] * smaller;
                smaller += smallerCounts[j] + (0.5 * equalCounts[j]);
                smallerCounts[j] += equalCounts[j];
            }
        }

        return concordant;
    }

    /// <summary>Variance of J for n values, given the sizes of the groups and of the runs of tied values.</summary>
    private static double ComputeVariance(double n, double[] groupSizes, List<double> tieSizes)
    {
        static double Pairs(double m) => m * (m - 1.0);
        static double Triples(double m) => m * (m - 1.0) * (m - 2.0);
        static double VarianceTerm(double m) => m * (m - 1.0) * ((2.0 * m) + 5.0);
        double variance = (VarianceTerm(n) - groupSizes.Sum(VarianceTerm) - tieSizes.Sum(VarianceTerm)) / 72.0;
        variance += groupSizes.Sum(Pairs) * tieSizes.Sum(Pairs) / (8.0 * Pairs(n));
        return n < 3.0 ? variance : variance + (groupSizes.Sum(Triples) * tieSizes.Sum(Triples) / (36.0 * Triples(n)));
    }
}
