using LatchLab.Numerics;

namespace LatchLab.Statistics;

/// <summary>
/// One-sided tests that invert a two-sided, equal-tailed interval: the p-value is the smallest (1 − confidence)/2 at
/// which the interval lies wholly on one side of a threshold, so that the test and the interval always agree.
/// </summary>
public static class IntervalTest
{
    private const double SmallestAlpha = 1e-12;

    /// <summary>
    /// The p-value for a quantity above the threshold, at least 5e-13; 1 if no interval lies above it.
    /// </summary>
    /// <param name="intervalAtConfidence">The interval, wider for a larger confidence.</param>
    /// <param name="threshold">The threshold.</param>
    public static double PValueAbove(Func<double, Estimate> intervalAtConfidence, double threshold)
        => FindPValue(confidence => intervalAtConfidence(confidence).Lower > threshold);

    /// <summary>
    /// The p-value for a quantity below the threshold, at least 5e-13; 1 if no interval lies below it.
    /// </summary>
    /// <param name="intervalAtConfidence">The interval, wider for a larger confidence.</param>
    /// <param name="threshold">The threshold.</param>
    public static double PValueBelow(Func<double, Estimate> intervalAtConfidence, double threshold)
        => FindPValue(confidence => intervalAtConfidence(confidence).Upper < threshold);

    /// <summary>
    /// Bisection on log α. The number returned is one at which the interval was found to lie on the side, so that a
    /// level below it is never reported as reached.
    /// </summary>
    private static double FindPValue(Func<double, bool> isOnSide)
    {
        if (!isOnSide(0.0))
            return 1.0;
        double outside = Elementary.Log(SmallestAlpha), onSide = 0.0; // log α
        if (isOnSide(1.0 - SmallestAlpha))
            return 0.5 * SmallestAlpha;
        for (int i = 0; i < 50; i++)
        {
            double middle = 0.5 * (outside + onSide);
            if (isOnSide(1.0 - Elementary.Exp(middle)))
                onSide = middle;
            else
                outside = middle;
        }

        return 0.5 * Elementary.Exp(onSide);
    }
}
