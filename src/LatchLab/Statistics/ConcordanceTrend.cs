namespace LatchLab.Statistics;

/// <summary>
/// The trend of values over ordered groups: θ, the mean over pairs of trials of different groups of the sign of the
/// value in the later group minus the value in the earlier group, from −1 (always decreasing) to 1; ties count 0. It is
/// the statistic of Terpstra (1952) and Jonckheere (1954), scaled.
/// </summary>
/// <remarks>
/// Its variance is estimated from the structural components of the trials (Sen 1960; DeLong, DeLong and Clarke-Pearson
/// 1988): the component of a trial is the sum of its signs, divided by the number of pairs and multiplied by the size
/// of its group, and the variances of the groups' mean components are added. Unlike that of the test of Jonckheere and
/// Terpstra, it does not assume that the groups have the same distribution. If the components of each group agree, as
/// for perfect separation and for values that are all tied, their variance is unknown. The interval is then Wilson's
/// for the frequency (1 + θ)/2 in as many trials as the smallest group has: the mean of θ's kernel over disjoint
/// tuples of trials (Hoeffding 1963), with the widest distribution.
/// </remarks>
public static class ConcordanceTrend
{
    /// <summary>Estimates the trend; unknown with fewer than two groups that contain trials.</summary>
    /// <param name="groups">The values of each group's trials, in the order of the groups; +∞ is the largest.</param>
    /// <param name="confidence">At least 0 and below 1; two-sided.</param>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public static Estimate Compute(IReadOnlyList<IReadOnlyList<double>> groups, double confidence)
    {
        if (groups.Any(group => group.Any(double.IsNaN)))
            throw new ArgumentException("A value is NaN.", nameof(groups));
        IReadOnlyList<double>[] nonempty = [.. groups.Where(group => group.Count > 0)];
        if (nonempty.Length < 2)
            return Estimate.Unknown;

        double n = nonempty.Sum(group => group.Count), smallest = nonempty.Min(group => group.Count);
        double pairs = 0.5 * ((n * n) - nonempty.Sum(group => (double)group.Count * group.Count));
        double[][] signSums = ComputeSignSums(nonempty);
        double theta = 0.5 * signSums.Sum(group => group.Sum()) / pairs; // each pair is in the sums of two trials

        double variance = 0.0, squares = 0.0;
        foreach (double[] group in signSums)
        {
            double mean = group.Average();
            double groupVariance = group.Length / (pairs * pairs) * group.Sum(sum => (sum - mean) * (sum - mean))
                / (group.Length - 1.0);
            variance += groupVariance;
            squares += groupVariance * groupVariance / (group.Length - 1.0);
        }

        if (!(variance > 0.0)) // 0, or NaN for a group of one trial
        {
            (double lower, double upper) =
                Proportion.ComputeWilsonInterval(0.5 * (1.0 + theta) * smallest, smallest, confidence);
            return new(theta, (2.0 * lower) - 1.0, (2.0 * upper) - 1.0);
        }

        // Degrees of freedom of Welch (1947) and Satterthwaite (1946), at least those of the smallest group.
        double halfWidth = ConfidenceLevel.StudentQuantile(confidence, Math.Max(1.0, variance * variance / squares))
            * Math.Sqrt(variance);
        return new(theta, Math.Max(-1.0, theta - halfWidth), Math.Min(1.0, theta + halfWidth));
    }

    /// <summary>
    /// For each trial the sum of the signs with the trials of other groups: 1 for a smaller value in an earlier group
    /// and for a larger value in a later group.
    /// </summary>
    /// <returns>[group][trial], in an order of their own within a group.</returns>
    private static double[][] ComputeSignSums(IReadOnlyList<double>[] groups)
    {
        var pooled = groups.SelectMany((group, g) => group.Select(value => (Value: value, Group: g)))
            .OrderBy(trial => trial.Value).ToArray();
        double[][] sums = [.. groups.Select(group => new double[group.Count])];
        int[] smaller = new int[groups.Length], atMost = new int[groups.Length];
        for (int first = 0, end; first < pooled.Length; first = end)
        {
            for (end = first; end < pooled.Length && pooled[end].Value == pooled[first].Value; end++)
                atMost[pooled[end].Group]++;

            for (int g = 0; g < groups.Length; g++)
            {
                double sum = 0.0;
                for (int h = 0; h < groups.Length; h++)
                {
                    // Smaller minus larger values in group h.
                    double balance = (double)smaller[h] + atMost[h] - groups[h].Count;
                    sum += h < g ? balance : h > g ? -balance : 0.0;
                }

                sums[g].AsSpan(smaller[g], atMost[g] - smaller[g]).Fill(sum);
            }

            atMost.CopyTo(smaller, 0);
        }

        return sums;
    }
}
