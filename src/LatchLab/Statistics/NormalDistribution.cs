using LatchLab.Numerics;

namespace LatchLab.Statistics;

/// <summary>
/// The standard normal distribution. It uses the exponential of <see cref="Elementary"/>, so results are bitwise equal
/// on all platforms.
/// </summary>
public static class NormalDistribution
{
    private const double InverseSqrtTwoPi = 0.3989422804014327;

    /// <summary>P(N &gt; z), with a relative error of at most 1e-13, also far in the tail.</summary>
    public static double UpperTail(double z)
    {
        if (double.IsNaN(z))
            return double.NaN;
        if (z < 0.0)
            return 1.0 - UpperTail(-z);
        double density = InverseSqrtTwoPi * Elementary.Exp(-0.5 * z * z);
        return z < 1.5 ? 0.5 - (density * EvaluateSeries(z)) : density * EvaluateContinuedFraction(z);
    }

    /// <summary>
    /// The z with P(N ≤ z) = probability, by Newton's iteration for the logarithm of the tail, which is concave: from
    /// above it decreases to the root. The absolute error is below 1e-14.
    /// </summary>
    /// <param name="probability">Above 0 and below 1; for tails of at least 1e-300.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside this range.</exception>
    public static double Quantile(double probability)
    {
        if (probability is not (> 0.0 and < 1.0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(probability), probability, "A probability of a quantile is above 0 and below 1.");
        }

        double tail = Math.Min(probability, 1.0 - probability);
        double z = Math.Sqrt(Math.Max(0.0, -2.0 * Elementary.Log(2.0 * tail))); // P(N > z) ≤ ½·exp(−z²/2)
        for (int i = 0; i < 60; i++)
        {
            double upperTail = UpperTail(z), density = InverseSqrtTwoPi * Elementary.Exp(-0.5 * z * z);
            double step = Elementary.Log(upperTail / tail) * upperTail / density;
            z += step;
            if (Math.Abs(step) <= 1e-15 * z)
                break;
        }

        return probability < 0.5 ? -z : z;
    }

    /// <summary>z + z³/3 + z⁵/15 + … : the integral of the density from 0 to z, divided by the density at z.</summary>
    private static double EvaluateSeries(double z)
    {
        double term = z, sum = z;
        for (int n = 1; term > 1e-17 * sum; n++)
        {
            term *= z * z / ((2 * n) + 1);
            sum += term;
        }

        return sum;
    }

    /// <summary>
    /// 1/(z + 1/(z + 2/(z + 3/(z + …)))): Laplace's continued fraction for the ratio of tail to density.
    /// </summary>
    private static double EvaluateContinuedFraction(double z)
    {
        double tail = z;
        for (int n = 160; n >= 1; n--)
            tail = z + (n / tail);
        return 1.0 / tail;
    }
}
