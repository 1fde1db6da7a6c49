using LatchLab.Numerics;

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

    /// <summary>
    /// P(T &gt; t), with a relative error below 1e-12 for up to 1,000 degrees of freedom and 1e-10 for up to 100,000,
    /// also far in the tail.
    /// </summary>
    /// <param name="t">The value, of magnitude at most 1e150.</param>
    /// <param name="degreesOfFreedom">At least 1, not necessarily whole.</param>
    public static double UpperTail(double t, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1.0);
        if (t < 0.0)
            return 1.0 - UpperTail(-t, degreesOfFreedom);
        double square = t * t, sum = degreesOfFreedom + square;
        return 0.5 * BetaDistribution.LowerTail(0.5 * degreesOfFreedom, 0.5, degreesOfFreedom / sum, square / sum);
    }

    /// <summary>
    /// The t with P(T ≤ t) = probability, with a relative error below 1e-10: Newton's iteration for the logarithm of
    /// the tail as a function of log t, with bisection where it leaves the bracket.
    /// </summary>
    /// <param name="probability">Above 0 and below 1; for tails of at least 1e-100.</param>
    /// <param name="degreesOfFreedom">At least 1, not necessarily whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Quantile(double probability, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1.0);
        double z = NormalDistribution.Quantile(probability);
        if (z == 0.0)
            return 0.0;

        double tail = Math.Min(probability, 1.0 - probability);
        double lower = 0.0, upper = double.PositiveInfinity, t = Math.Abs(z);
        for (int i = 0; i < 1000; i++)
        {
            double upperTail = UpperTail(t, degreesOfFreedom);
            if (upperTail > tail)
                lower = t;
            else
                upper = t;

            double sum = degreesOfFreedom + (t * t);
            double elasticity = BetaDistribution.ComputeFactor(
                0.5 * degreesOfFreedom, 0.5, degreesOfFreedom / sum, t * t / sum) / upperTail;
            double next = t * Elementary.Exp(Elementary.Log(upperTail / tail) / elasticity);
            if (!(next >= lower && next <= upper))
                next = double.IsInfinity(upper) ? 2.0 * t : 0.5 * (lower + upper);
            bool isConverged = Math.Abs(next - t) <= 1e-14 * t;
            t = next;
            if (isConverged)
                break;
        }

        return probability < 0.5 ? -t : t;
    }
}
