using LatchLab.Numerics;

namespace LatchLab.Statistics;

/// <summary>
/// The beta distribution: its distribution function is the regularized incomplete beta function I_x(a, b), from which
/// those of Student's t and of the binomial follow. It uses the functions of <see cref="Elementary"/>, so results are
/// bitwise equal on all platforms.
/// </summary>
public static class BetaDistribution
{
    private const double InverseTwoPi = 0.15915494309189535;

    /// <summary>I_x(a, b): the probability of a value below x, with a relative error below 1e-12.</summary>
    /// <param name="a">First parameter, above 0 and at most 1e6.</param>
    /// <param name="b">Second parameter, above 0 and at most 1e6.</param>
    /// <param name="x">0 … 1.</param>
    /// <param name="complement">1 − x, given apart because the subtraction loses digits near 1.</param>
    public static double LowerTail(double a, double b, double x, double complement)
    {
        if (!(x > 0.0))
            return 0.0;
        if (!(complement > 0.0))
            return 1.0;

        // The continued fraction converges fast below the mean, about.
        return x * (a + b + 2.0) <= a + 1.0
            ? ComputeFactor(a, b, x, complement) / a * EvaluateContinuedFraction(a, b, x)
            : 1.0 - (ComputeFactor(a, b, x, complement) / b * EvaluateContinuedFraction(b, a, complement));
    }

    /// <summary>
    /// The x with I_x(a, b) = probability, by Newton's iteration, with bisection where it leaves the bracket.
    /// </summary>
    /// <param name="a">First parameter, at least 1 and at most 1e6.</param>
    /// <param name="b">Second parameter, at least 1 and at most 1e6.</param>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Quantile(double a, double b, double probability)
    {
        double lower = 0.0, upper = 1.0, x = a / (a + b);
        for (int i = 0; i < 200; i++)
        {
            double tail = LowerTail(a, b, x, 1.0 - x);
            if (tail < probability)
                lower = x;
            else
                upper = x;

            // Newton's iteration for log I as a function of log x, which is concave.
            double elasticity = ComputeFactor(a, b, x, 1.0 - x) / ((1.0 - x) * tail);
            double next = x * Elementary.Exp(Elementary.Log(probability / tail) / elasticity);
            if (!(next > lower && next < upper))
                next = 0.5 * (lower + upper);
            if (Math.Abs(next - x) <= 1e-15 * x)
                return next;
            x = next;
        }

        return x;
    }

    /// <summary>
    /// x^a·(1 − x)^b/B(a, b), by Stirling's formula with its remainder, so that no large logarithms cancel (Loader
    /// 2000).
    /// </summary>
    internal static double ComputeFactor(double a, double b, double x, double complement)
    {
        double n = a + b;
        double exponent = ComputeDeviance(a, n * x) + ComputeDeviance(b, n * complement);
        double remainder = StirlingRemainder(n) - StirlingRemainder(a) - StirlingRemainder(b);
        return Math.Sqrt(a * b / n * InverseTwoPi) * Elementary.Exp(remainder - exponent);
    }

    /// <summary>k·log(k/m) + m − k, without cancellation where k and m are close.</summary>
    private static double ComputeDeviance(double k, double m)
    {
        double v = (k - m) / (k + m);
        if (Math.Abs(v) > 0.1)
            return (k * Elementary.Log(k / m)) + m - k;

        // log(k/m) = 2·artanh v, and k = m·(1 + v)/(1 − v).
        double sum = (k - m) * v, term = 2.0 * k * v, square = v * v;
        for (int j = 3; ; j += 2)
        {
            term *= square;
            double next = sum + (term / j);
            if (next == sum)
                return sum;
            sum = next;
        }
    }

    /// <summary>log Γ(z) − ((z − ½)·log z − z + ½·log 2π): 1/(12z) − …, for small z by recurrence.</summary>
    private static double StirlingRemainder(double z)
    {
        double sum = 0.0;
        for (; z < 15.0; z += 1.0)
            sum += ((z + 0.5) * Elementary.Log((z + 1.0) / z)) - 1.0;

        double w = 1.0 / (z * z);
        return sum + ((1.0 / 12.0) - (w * ((1.0 / 360.0) - (w * ((1.0 / 1260.0) - (w * ((1.0 / 1680.0)
            - (w * ((1.0 / 1188.0) - (w * 691.0 / 360360.0)))))))))) / z;
    }

    /// <summary>
    /// The continued fraction of I_x(a, b)·a·B(a, b)/(x^a·(1 − x)^b), by the algorithm of Lentz (1976).
    /// </summary>
    private static double EvaluateContinuedFraction(double a, double b, double x)
    {
        double c = 1.0, d = 1.0 / (1.0 - ((a + b) * x / (a + 1.0))), value = d;
        for (int m = 1; ; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1.0) * (a + (2 * m)));
            d = 1.0 / (1.0 + (even * d));
            c = 1.0 + (even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1.0));
            d = 1.0 / (1.0 + (odd * d));
            c = 1.0 + (odd / c);
            value *= d * c;
            if (Math.Abs((d * c) - 1.0) <= 1e-15)
                return value;
        }
    }
}
