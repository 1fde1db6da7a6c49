namespace LatchLab.Statistics;

/// <summary>
/// Exact sign test of paired trials (Arbuthnot 1710), which for pairs of successes and failures is McNemar's (1947):
/// if neither side is better, the wins among the pairs that differ are binomial with probability ½.
/// </summary>
/// <param name="Wins">Pairs that the first side won, 0 or more.</param>
/// <param name="Losses">Pairs that the first side lost, 0 or more; pairs without a winner count for neither.</param>
public readonly record struct SignTest(int Wins, int Losses)
{
    /// <summary>One-sided p-value for more wins than losses: that of so many wins or more.</summary>
    public double WinsPValue => UpperTail(Wins, (long)Wins + Losses);

    /// <summary>One-sided p-value for more losses than wins: that of so many losses or more.</summary>
    public double LossesPValue => UpperTail(Losses, (long)Wins + Losses);

    /// <summary>
    /// P(X ≥ k) of a binomial X with n trials of probability ½, by the ratios (n − j)/(j + 1) of neighbouring terms
    /// from the centre outwards: sums of positive terms only, so that nothing cancels. The terms underflow after 20·√n
    /// steps at most, so that the relative error is below 2e-12 for n up to 100,000, unless the tail itself underflows.
    /// </summary>
    private static double UpperTail(long k, long n)
    {
        if (2 * k <= n)
            return 1.0 - UpperTail(n - k + 1, n); // at least ½

        double term = 1.0, halfSum = 0.0, tailSum = 0.0; // in units of the central term
        for (long j = (n + 1) / 2; j <= n && term > 0.0; j++)
        {
            halfSum += term;
            if (j >= k)
                tailSum += term;
            term *= (double)(n - j) / (j + 1);
        }

        // An even n has one central term, an odd n one in each half.
        return tailSum / ((2.0 * halfSum) - (n % 2 == 0 ? 1.0 : 0.0));
    }
}
