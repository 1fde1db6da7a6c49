namespace LatchLab.Statistics;

/// <summary>Outcomes of paired trials in which each of two algorithms succeeds or fails.</summary>
/// <param name="Both">Pairs in which both succeed, 0 or more.</param>
/// <param name="FirstOnly">Pairs in which only the first succeeds, 0 or more.</param>
/// <param name="SecondOnly">Pairs in which only the second succeeds, 0 or more.</param>
/// <param name="Neither">Pairs in which both fail, 0 or more.</param>
public readonly record struct PairedProportions(int Both, int FirstOnly, int SecondOnly, int Neither)
{
    /// <summary>
    /// P(first) − P(second) with the corrected score interval of <see cref="PairedOutcomes"/>: pairs with equal
    /// outcomes are ties. Unknown without pairs.
    /// </summary>
    /// <param name="confidence">At least 0 and below 1; two-sided.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or the confidence is outside its range.</exception>
    public Estimate ComputeDifference(double confidence)
    {
        ThrowIfInvalid();
        return new PairedOutcomes(FirstOnly, SecondOnly, Both + Neither).ComputeNetWins(confidence);
    }

    /// <summary>
    /// P(first) − P(second) with the interval of Newcombe (1998, “Improved confidence intervals for the difference
    /// between binomial proportions based on paired data”, method 10), for comparison with published numbers: the
    /// distances to the ends of the two Wilson intervals are combined like the sides of a triangle, with the
    /// correlation φ of the outcomes, corrected for continuity. It is too short where φ is near 1. Unknown without
    /// pairs.
    /// </summary>
    /// <param name="confidence">At least 0 and below 1; two-sided.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or the confidence is outside its range.</exception>
    public Estimate ComputeNewcombeInterval(double confidence)
    {
        ThrowIfInvalid();
        double n = (double)Both + FirstOnly + SecondOnly + Neither;
        if (n == 0.0)
            return Estimate.Unknown;
        double first = (double)Both + FirstOnly, second = (double)Both + SecondOnly;
        (double firstLower, double firstUpper) = Proportion.ComputeWilsonInterval(first, n, confidence);
        (double secondLower, double secondUpper) = Proportion.ComputeWilsonInterval(second, n, confidence);
        double p = first / n, q = second / n, difference = ((double)FirstOnly - SecondOnly) / n;
        double correlation = ComputeCorrelation(n, first, second);

        return new(
            difference,
            Math.Max(-1.0, difference - ThirdSide(p - firstLower, secondUpper - q, correlation)),
            Math.Min(1.0, difference + ThirdSide(firstUpper - p, q - secondLower, correlation)));

        static double ThirdSide(double x, double y, double cosine)
            => Math.Sqrt(Math.Max(0.0, (x * x) - (2.0 * cosine * x * y) + (y * y)));
    }

    private void ThrowIfInvalid()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Both);
        ArgumentOutOfRangeException.ThrowIfNegative(FirstOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(SecondOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(Neither);
    }

    /// <summary>φ; a positive numerator is reduced by n/2, at most to 0. 0 if all outcomes of a side agree.</summary>
    private double ComputeCorrelation(double n, double first, double second)
    {
        double product = first * (n - first) * second * (n - second);
        double determinant = ((double)Both * Neither) - ((double)FirstOnly * SecondOnly);
        if (determinant > 0.0)
            determinant = Math.Max(0.0, determinant - (0.5 * n));
        return product > 0.0 ? determinant / Math.Sqrt(product) : 0.0;
    }
}
