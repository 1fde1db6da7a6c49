namespace LatchLab.Statistics;

/// <summary>
/// The interval of the share η² of the variance between groups (<see cref="RankVarianceShare"/>) of all values that
/// could have been drawn, from that of a sample. It inverts the distribution of R² of a normal sample whose regressors
/// are drawn, too (Fisher 1928, Lee 1971), as a search draws its settings. For ranks and groups it is an approximation,
/// whose errors docs/explanation/statistics.md lists.
/// </summary>
public static class VarianceShareInterval
{
    // Up to here the sum over a distribution with the mean (n − 1)/2·η²/(1 − η²) has few terms.
    private const double LargestShare = 0.99;

    // The ends are accurate to 2^-40 ≈ 1e-12.
    private const int Bisections = 40;

    // Terms below this share of that at the mean are left out: they fall geometrically.
    private const double Negligible = 1e-18;

    /// <summary>Computes the interval.</summary>
    /// <param name="share">The share of the sample; NaN if it is not defined.</param>
    /// <param name="values">The number of values.</param>
    /// <param name="groups">The number of groups, at least 2.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <returns>
    /// The share and its interval: 0 … 1 if the share is not defined or no group has a second value. A share below
    /// (groups − 1)/(values − 1), the mean of groups that do not differ, has the upper end of that: its own would be
    /// the smaller, the more the groups happen to agree (Cowan et al. 2011).
    /// </returns>
    public static Estimate Compute(double share, int values, int groups, double confidence)
    {
        if (double.IsNaN(share) || values <= groups)
            return new(share, 0.0, 1.0);
        double tail = 0.5 * (1.0 - confidence), chance = (groups - 1.0) / (values - 1.0);
        return new(
            share, FindPopulation(Math.Min(share, LargestShare), values, groups, 1.0 - tail),
            FindPopulation(Math.Max(share, chance), values, groups, tail));
    }

    /// <summary>
    /// The share of a population of which a sample has at most a given share with a given probability; 0 if the
    /// probability is smaller for every population.
    /// </summary>
    private static double FindPopulation(double share, int values, int groups, double probability)
    {
        if (ComputeLowerTail(share, LargestShare, values, groups) > probability)
            return 1.0;
        double lower = 0.0, upper = LargestShare;
        for (int i = 0; i < Bisections; i++)
        {
            double middle = 0.5 * (lower + upper);
            if (ComputeLowerTail(share, middle, values, groups) > probability)
                lower = middle;
            else
                upper = middle;
        }

        return lower;
    }

    /// <summary>
    /// The probability that a sample has at most a given share: Σ_j P(j)·I_share(a + j, b), with a negative binomial
    /// distribution of j with the mean r·η²/(1 − η²), r = (n − 1)/2, from there outwards.
    /// </summary>
    private static double ComputeLowerTail(double share, double population, int values, int groups)
    {
        double a = 0.5 * (groups - 1), b = 0.5 * (values - groups), r = 0.5 * (values - 1);
        double weights = 0.0, sum = 0.0;
        int middle = (int)(r * population / (1.0 - population));
        double weight = 1.0;
        for (int j = middle; weight > Negligible; weight *= population * (r + j) / (j + 1), j++)
            Add(j);
        weight = 1.0;
        for (int j = middle - 1; j >= 0; j--)
        {
            weight *= (j + 1) / (population * (r + j));
            if (weight < Negligible)
                break;
            Add(j);
        }

        return sum / weights;

        void Add(int j)
        {
            weights += weight;
            sum += weight * BetaDistribution.LowerTail(a + j, b, share, 1.0 - share);
        }
    }
}
