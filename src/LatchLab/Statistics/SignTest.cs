namespace LatchLab.Statistics;

/// <summary>
/// Exact sign test of paired trials (Arbuthnot 1710). For pairs of successes and failures it is the test of McNemar
/// (1947). Under the null hypothesis the wins among the pairs that differ are binomial with probability ½.
/// </summary>
/// <param name="Wins">Pairs that the first side won, 0 or more.</param>
/// <param name="Losses">Pairs that the first side lost, 0 or more; ties count for neither side.</param>
public readonly record struct SignTest(int Wins, int Losses)
{
    /// <summary>One-sided p-value for more wins than losses.</summary>
    public double WinsPValue => ComputeUpperTail(Wins, (long)Wins + Losses);

    /// <summary>One-sided p-value for more losses than wins.</summary>
    public double LossesPValue => ComputeUpperTail(Losses, (long)Wins + Losses);

    /// <summary>
    /// P(X ≥ k) of a binomial X with n trials of probability ½. Terms are computed from the centre outwards by the
    /// ratios (n − j)/(j + 1) of neighbouring terms. All terms are positive, so there is no cancellation. They
    /// underflow after at most 20·√n steps, so the relative error is below 2e-12 for n up to 100,000 unless the tail
    /// underflows.
    /// </summary>
    internal static double ComputeUpperTail(long k, long n)
    {
        if (2 * k <= n)
            return 1.0 - ComputeUpperTail(n - k + 1, n); // at least ½

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
