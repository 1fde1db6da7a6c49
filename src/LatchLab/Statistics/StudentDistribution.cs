namespace LatchLab.Statistics;

/// <summary>Student's t distribution, for confidence intervals of the mean of a small sample.</summary>
public static class StudentDistribution
{
    /// <summary>
    /// The quantile of the two-sided 95 % interval, by an asymptotic expansion around the quantile of the normal
    /// distribution (Abramowitz and Stegun 1964, 26.7.5). It is too small by at most 4 % for 2 degrees of freedom, 1 %
    /// for 3, and 0.1 % for 6 or more.
    /// </summary>
    /// <param name="degreesOfFreedom">Degrees of freedom, at least 2.</param>
    public static double TwoSided95Quantile(long degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 2);
        const double z = Proportion.NormalQuantile975, z2 = z * z;
        const double first = z * (z2 + 1.0) / 4.0;
        const double second = z * ((((5.0 * z2) + 16.0) * z2) + 3.0) / 96.0;
        const double third = z * ((((((3.0 * z2) + 19.0) * z2) + 17.0) * z2) - 15.0) / 384.0;
        double inverseDegrees = 1.0 / degreesOfFreedom;
        return z + (inverseDegrees * (first + (inverseDegrees * (second + (inverseDegrees * third)))));
    }
}
