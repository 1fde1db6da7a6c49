namespace LatchLab.Statistics;

/// <summary>
/// A score interval for the sum of the means of independent groups of values in known ranges: it generalizes the
/// interval of Wilson (1927) from proportions to bounded values. A hypothetical sum that differs from the estimate by Δ
/// is compared with the variance under that hypothesis, not with the variance of the sample, which is too small
/// whenever a rare value has not occurred.
/// </summary>
/// <remarks>
/// <para>
/// Under the hypothesis, a share p of one group has its most distant possible value, at a distance E from the mean of
/// the group, so that p·E = Δ, and the rest is distributed as in the sample. The variance of the group is then
/// (1 − p)·s² + p·(1 − p)·E². For values that are all 0 or 1 it is that of the hypothetical proportion, as in Wilson's
/// interval. The group is the one in which this variance is largest. For several groups p is limited to ½, because one
/// group cannot account for every Δ.
/// </para>
/// <para>
/// Δ is rejected if Δ − c &gt; t·√V + max(0, k)·(t² − 1)/(6·V): V is the variance of the sum; k its third central
/// moment with the sign that makes large deviations in this direction likely, the first term of the expansion of
/// Cornish and Fisher (1937); t is Student's quantile; and c, the correction for continuity, is half the step by which
/// the sum changes where one value changes to its neighbour, for the largest gap between neighbouring values.
/// </para>
/// </remarks>
internal static class BoundedScoreInterval
{
    /// <summary>The interval of the sum of the means.</summary>
    /// <param name="groups">At least one group.</param>
    /// <param name="largestChange">The largest possible distances of the sum below and above the estimate.</param>
    /// <param name="quantile">t, at least 0.</param>
    /// <returns>The distances of the ends from the estimate, at least 0.</returns>
    public static (double Below, double Above) FindDistances(
        BoundedSample[] groups, (double Below, double Above) largestChange, double quantile)
        => (FindDistanceAbove([.. groups.Select(group => group.Mirrored)], largestChange.Below, quantile),
            FindDistanceAbove(groups, largestChange.Above, quantile));

    /// <summary>By bisection to adjacent numbers; exactly the largest change if that is not rejected.</summary>
    private static double FindDistanceAbove(BoundedSample[] groups, double largestChange, double quantile)
    {
        int widest = Enumerable.Range(0, groups.Length)
            .MaxBy(g => (groups[g].Maximum - groups[g].Mean) / groups[g].Count);
        double distance = groups[widest].Maximum - groups[widest].Mean;
        double step = groups.Max(group => group.LargestGap / group.Count);
        double inside = 0.0, outside = largestChange, middle;
        if (!IsRejected(outside))
            return outside;
        while ((middle = 0.5 * (inside + outside)) != inside && middle != outside)
        {
            if (IsRejected(middle))
                outside = middle;
            else
                inside = middle;
        }

        return inside;

        bool IsRejected(double change)
        {
            double share = distance > 0.0 ? Math.Min(change / distance, groups.Length == 1 ? 1.0 : 0.5) : 0.0;
            double variance = 0.0, thirdMoment = 0.0;
            for (int g = 0; g < groups.Length; g++)
            {
                BoundedSample group = g == widest ? Contaminate(groups[g], share, distance) : groups[g];
                variance += group.Variance / group.Count;
                thirdMoment += group.ThirdMoment / group.Count / group.Count;
            }

            if (!(variance > 0.0))
                return change > 0.5 * step;
            double skewness = Math.Max(0.0, -thirdMoment / (6.0 * variance) * ((quantile * quantile) - 1.0));
            return change - (0.5 * step) > (quantile * Math.Sqrt(variance)) + skewness;
        }
    }

    /// <summary>The mixture with a share of values at a distance above the mean.</summary>
    private static BoundedSample Contaminate(BoundedSample sample, double share, double distance)
    {
        double rest = 1.0 - share, below = share * distance, above = rest * distance; // distances from the new mean
        return sample with
        {
            Variance = (rest * sample.Variance) + (below * above),
            ThirdMoment = (rest * (sample.ThirdMoment - (3.0 * sample.Variance * below) - (below * below * below)))
                + (share * above * above * above),
        };
    }
}
