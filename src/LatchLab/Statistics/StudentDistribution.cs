namespace LatchLab.Statistics;

/// <summary>Student's t distribution, for confidence intervals of the mean of a small sample.</summary>
public static class StudentDistribution
{
    // For few degrees of freedom, where the expansion is not accurate: the published table, to eight digits.
    private static readonly double[] FirstQuantiles = [12.706205, 4.3026527, 3.1824463, 2.7764451, 2.5705818];

    /// <summary>
    /// The quantile of the two-sided 95 % interval: for up to 5 degrees of freedom from the published table, then by an
    /// asymptotic expansion around the quantile of the normal distribution (Abramowitz and Stegun 1964, 26.7.5), which
    /// is too small by at most 0.1 %.
    /// </summary>
    /// <param name="degreesOfFreedom">Degrees of freedom, at least 1.</param>
    public static double TwoSided95Quantile(long degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        if (degreesOfFreedom <= FirstQuantiles.Length)
            return FirstQuantiles[degreesOfFreedom - 1];
        const double z = Proportion.NormalQuantile975, z2 = z * z;
        const double first = z * (z2 + 1.0) / 4.0;
        const double second = z * ((((5.0 * z2) + 16.0) * z2) + 3.0) / 96.0;
        const double third = z * ((((((3.0 * z2) + 19.0) * z2) + 17.0) * z2) - 15.0) / 384.0;
        double inverseDegrees = 1.0 / degreesOfFreedom;
        return z + (inverseDegrees * (first + (inverseDegrees * (second + (inverseDegrees * third)))));
    }
}
