namespace LatchLab.Statistics;

/// <summary>
/// A score interval for the sum of the means of independent groups of values in known ranges: it generalizes the
/// interval of Wilson (1927) from proportions to bounded values. A hypothetical sum that differs from the estimate by Δ
/// is compared with the variance under that hypothesis, not with the variance of the sample, which is too small
/// whenever a rare value has not occurred.
/// </summary>
/// <remarks>
/// <para>
/// The hypothetical distribution is the one nearest to the sample whose means have the sum: an exponential tilting of
/// the values, as in empirical likelihood (Owen 1988; Efron 1981). It can only have values that are in the sample.
/// Therefore one value that has not been seen is added, the most distant possible one, in the group in which it changes
/// the sum most (compare Chen, Variyath and Abraham 2008). For values that are all 0 or 1 the variance is that of the
/// hypothetical proportion, as in Wilson's interval; for values that are spread over their range the interval is nearly
/// Student's.
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

    /// <summary>Bisection on the rate of the tilting; exactly the largest change if no rate is rejected.</summary>
    private static double FindDistanceAbove(BoundedSample[] groups, double largestChange, double quantile)
    {
        int widest = Enumerable.Range(0, groups.Length)
            .MaxBy(g => (groups[g].Maximum - groups[g].Mean) / groups[g].Count);
        double scale = groups[widest].Count / (groups[widest].Maximum - groups[widest].Mean);
        double step = groups.Max(group => group.LargestGap / group.Count);
        if (double.IsInfinity(scale) || !IsRejected(double.PositiveInfinity, out _))
            return largestChange;
        if (IsRejected(0.0, out double distance))
            return 0.0; // only for a quantile below about 1

        double inside = 0.0, outside = 1.0; // u, for the rate u/(1 − u) in units of the scale
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (inside + outside);
            if (IsRejected(scale * middle / (1.0 - middle), out double change))
                outside = middle;
            else
                (inside, distance) = (middle, change);
        }

        return Math.Min(distance, largestChange);

        bool IsRejected(double rate, out double change)
        {
            double variance = 0.0, thirdMoment = 0.0;
            change = 0.0;
            for (int g = 0; g < groups.Length; g++)
            {
                double n = groups[g].Count;
                (double Shift, double Variance, double ThirdMoment) tilted = groups[g].Tilt(rate / n, g == widest);
                change += tilted.Shift;
                variance += tilted.Variance / n;
                thirdMoment += tilted.ThirdMoment / n / n;
            }

            if (!(variance > 0.0))
                return change > 0.5 * step;
            double skewness = Math.Max(0.0, -thirdMoment / (6.0 * variance) * ((quantile * quantile) - 1.0));
            return change - (0.5 * step) > (quantile * Math.Sqrt(variance)) + skewness;
        }
    }
}
