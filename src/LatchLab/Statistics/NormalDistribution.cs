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
