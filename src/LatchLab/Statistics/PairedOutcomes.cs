namespace LatchLab.Statistics;

/// <summary>Outcomes of paired trials, each of which the first algorithm wins, loses or ties.</summary>
/// <remarks>
/// The interval contains the differences δ that a score test does not reject (Tango 1998): wins − losses is compared
/// with its variance for the most likely probabilities whose difference is δ. Tango's own interval errs on one side
/// more often than (1 − confidence)/2, by a factor of 2 and more where wins or losses are rare. Two corrections make
/// the test conservative: wins − losses must exceed its critical value by one more win (Edwards 1948), and the critical
/// value includes the skewness under the hypothesis where it makes large deviations likely, by the first term of the
/// expansion of Cornish and Fisher (1937).
/// </remarks>
/// <param name="Wins">0 or more.</param>
/// <param name="Losses">0 or more.</param>
/// <param name="Ties">0 or more.</param>
public readonly record struct PairedOutcomes(int Wins, int Losses, int Ties)
{
    /// <summary>P(win) − P(loss) with its interval; unknown without pairs.</summary>
    /// <param name="confidence">At least 0 and below 1; two-sided.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or the confidence is outside its range.</exception>
    public Estimate ComputeNetWins(double confidence) => ComputeInterval(confidence, isCorrected: true);

    /// <summary>The interval of Tango (1998) itself, or the corrected one.</summary>
    internal Estimate ComputeInterval(double confidence, bool isCorrected)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Wins);
        ArgumentOutOfRangeException.ThrowIfNegative(Losses);
        ArgumentOutOfRangeException.ThrowIfNegative(Ties);
        double z = ConfidenceLevel.NormalQuantile(confidence), wins = Wins, losses = Losses, n = wins + losses + Ties;
        return n == 0.0
            ? Estimate.Unknown
            : new((wins - losses) / n, -FindUpperEnd(losses, wins, n, z, isCorrected),
                FindUpperEnd(wins, losses, n, z, isCorrected));
    }

    /// <summary>By bisection between the estimate and 1, to adjacent numbers; exactly 1 if 1 is not rejected.</summary>
    private static double FindUpperEnd(double wins, double losses, double n, double z, bool isCorrected)
    {
        double inside = (wins - losses) / n, outside = 1.0, middle;
        if (!IsRejected(outside))
            return outside;
        while ((middle = 0.5 * (inside + outside)) != inside && middle != outside)
        {
            if (IsRejected(middle))
                outside = middle;
            else
                inside = middle;
        }

        return inside;

        bool IsRejected(double delta)
        {
            // The most likely P(loss) under the hypothesis is the larger root of A·q² + B·q + C with A = 2·n.
            double b = (((2.0 * n) - wins + losses) * delta) - wins - losses, c = -losses * delta * (1.0 - delta);
            double loss = (Math.Sqrt(Math.Max(0.0, (b * b) - (8.0 * n * c))) - b) / (4.0 * n);

            // Central moments of a pair, which is 1, 0 or −1.
            double square = (2.0 * loss) + delta, variance = square - (delta * delta);
            double deviation = (n * delta) - (wins - losses);
            if (!(variance > 0.0))
                return deviation > (isCorrected ? 1.0 : 0.0);
            double critical = z * Math.Sqrt(n * variance);
            if (!isCorrected)
                return deviation > critical;
            double thirdMoment = delta - (3.0 * delta * square) + (2.0 * delta * delta * delta);
            return deviation - 1.0
                > critical + Math.Max(0.0, -thirdMoment / (6.0 * variance) * ((z * z) - 1.0));
        }
    }
}
