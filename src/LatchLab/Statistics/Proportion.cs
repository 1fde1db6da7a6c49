namespace LatchLab.Statistics;

/// <summary>A number of successes in a number of trials, with 95 % intervals.</summary>
/// <param name="Successes">0 … <paramref name="Trials"/>.</param>
/// <param name="Trials">At least 1.</param>
public readonly record struct Proportion(int Successes, int Trials)
{
    /// <summary>The two-sided 95 % point of the normal distribution.</summary>
    public const double NormalQuantile975 = 1.959963984540054;

    /// <summary>Successes / trials.</summary>
    public double Frequency => (double)Successes / Trials;

    /// <summary>Lower end of the interval of Wilson (1927).</summary>
    public double Lower => ComputeWilsonInterval(Successes, Trials).Lower;

    /// <summary>Upper end of the interval of Wilson (1927).</summary>
    public double Upper => ComputeWilsonInterval(Successes, Trials).Upper;

    /// <summary>The interval of Wilson (1927) of a frequency, which need not be that of whole successes.</summary>
    /// <param name="successes">The frequency times the number of trials, 0 … <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    public static (double Lower, double Upper) ComputeWilsonInterval(double successes, double trials)
        => ComputeScoreInterval(successes, trials, NormalQuantile975);

    /// <summary>The interval of Wilson (1927) with another confidence.</summary>
    /// <param name="successes">The frequency times the number of trials, 0 … <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="confidence">At least 0 and below 1; two-sided.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static (double Lower, double Upper) ComputeWilsonInterval(
        double successes, double trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1.0);
        ThrowIfOutside(successes, trials);
        return ComputeScoreInterval(successes, trials, ConfidenceLevel.NormalQuantile(confidence));
    }

    /// <summary>
    /// The exact interval of Clopper and Pearson (1934): each end is the probability at which the tail that contains
    /// the observed number has probability (1 − confidence)/2, so that it errs on either side at most that often.
    /// </summary>
    /// <param name="successes">0 … <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="confidence">At least 0 and below 1; two-sided.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static (double Lower, double Upper) ComputeExactInterval(int successes, int trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ThrowIfOutside(successes, trials);
        double tail = ConfidenceLevel.TailProbability(confidence);
        return (LowerEnd(successes), 1.0 - LowerEnd(trials - successes));

        // P(Bin(n, p) ≥ k) = I_p(k, n − k + 1)
        double LowerEnd(int k) => k == 0 ? 0.0 : BetaDistribution.Quantile(k, trials - k + 1.0, tail);
    }

    private static void ThrowIfOutside(double successes, double trials)
    {
        if (!(successes >= 0.0 && successes <= trials))
        {
            throw new ArgumentOutOfRangeException(
                nameof(successes), successes, "Successes are at least 0 and at most the number of trials.");
        }
    }

    private static (double Lower, double Upper) ComputeScoreInterval(double successes, double trials, double z)
    {
        double square = z * z;
        double centre = (successes + (0.5 * square)) / (trials + square);
        double halfWidth = z / (trials + square)
            * Math.Sqrt((successes * (trials - successes) / trials) + (0.25 * square));
        return (successes == 0.0 ? 0.0 : centre - halfWidth, successes == trials ? 1.0 : centre + halfWidth);
    }

    /// <summary>The sum of two counts.</summary>
    public static Proportion operator +(Proportion a, Proportion b)
        => new(a.Successes + b.Successes, a.Trials + b.Trials);

    /// <summary>
    /// Difference of two independent proportions with the interval of Newcombe (1998, method 10), which combines the
    /// two Wilson intervals.
    /// </summary>
    public static (double Difference, double Lower, double Upper) ComputeDifference(Proportion a, Proportion b)
    {
        static double Hypotenuse(double x, double y) => Math.Sqrt((x * x) + (y * y));
        double p = a.Frequency, q = b.Frequency;
        return (p - q, p - q - Hypotenuse(p - a.Lower, b.Upper - q), p - q + Hypotenuse(a.Upper - p, q - b.Lower));
    }
}
