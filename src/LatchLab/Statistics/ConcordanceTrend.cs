namespace LatchLab.Statistics;

/// <summary>
/// The trend of values over ordered groups: θ, the mean over pairs of trials of different groups of the sign of the
/// value in the later group minus the value in the earlier group, from −1 (always decreasing) to 1; ties count 0. It is
/// the statistic of Terpstra (1952) and Jonckheere (1954), scaled.
/// </summary>
/// <remarks>
/// The interval is based on the structural components of the trials (Sen 1960; DeLong, DeLong and Clarke-Pearson 1988):
/// the component of a trial is the sum of its signs, divided by the number of pairs and multiplied by the size of its
/// group. The means of the groups' components are treated as independent means of bounded values
/// (<see cref="BoundedScoreInterval"/>). Unlike the test of Jonckheere and Terpstra, this does not assume that the
/// groups have the same distribution. If the components of each group agree, as for perfect separation and for values
/// that are all tied, the interval is that of the values that may have remained unseen: for two groups of n trials it
/// extends by 2·t²/(n − 1 + t²) from θ = ±1, where t is Student's quantile for n − 1 degrees of freedom.
/// </remarks>
public static class ConcordanceTrend
{
    /// <summary>Estimates the trend; unknown with fewer than two groups that contain trials.</summary>
    /// <param name="groups">The values of each group's trials, in the order of the groups; +∞ is the largest.</param>
    /// <param name="confidence">At least 0 and below 1; two-sided.</param>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public static Estimate Compute(IReadOnlyList<IReadOnlyList<double>> groups, double confidence)
    {
        (double theta, BoundedSample[] components) = ComputeComponents(groups);
        if (components.Length == 0)
            return Estimate.Unknown;
        (double below, double above) = BoundedScoreInterval.FindDistances(
            components, (1.0 + theta, 1.0 - theta),
            ConfidenceLevel.StudentQuantile(confidence, ComputeDegreesOfFreedom(components)));
        return new(theta, Math.Max(-1.0, theta - below), Math.Min(1.0, theta + above));
    }

    /// <summary>θ and the components of each group with trials; none for fewer than two such groups.</summary>
    internal static (double Theta, BoundedSample[] Components) ComputeComponents(
        IReadOnlyList<IReadOnlyList<double>> groups)
    {
        if (groups.Any(group => group.Any(double.IsNaN)))
            throw new ArgumentException("A value is NaN.", nameof(groups));
        IReadOnlyList<double>[] nonempty = [.. groups.Where(group => group.Count > 0)];
        if (nonempty.Length < 2)
            return (double.NaN, []);

        double n = nonempty.Sum(group => group.Count);
        double pairs = 0.5 * ((n * n) - nonempty.Sum(group => (double)group.Count * group.Count));
        double[][] signSums = ComputeSignSums(nonempty);
        return (0.5 * signSums.Sum(group => group.Sum()) / pairs, // each pair is in the sums of two trials
            [.. signSums.Select(group =>
            {
                double weight = group.Length / pairs, limit = weight * (n - group.Length);
                return BoundedSample.Create(group.Select(sum => weight * sum), -limit, limit);
            })]);
    }

    /// <summary>Those of Welch (1947) and Satterthwaite (1946); those of the smallest group without variance.</summary>
    internal static double ComputeDegreesOfFreedom(BoundedSample[] components)
    {
        double smallest = components.Min(group => group.Count) - 1.0;
        if (smallest < 1.0)
            return 1.0; // the variance of a group of one trial is unknown
        double variance = components.Sum(group => group.Variance / group.Count);
        double squares = components.Sum(group =>
            Math.Pow(group.Variance / group.Count, 2.0) / (group.Count - 1.0));
        return squares > 0.0 ? Math.Max(smallest, variance * variance / squares) : smallest;
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
