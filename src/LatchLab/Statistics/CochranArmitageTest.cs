namespace LatchLab.Statistics;

/// <summary>
/// Tests for a trend in frequencies over ordered scores (Cochran 1954, Armitage 1955): whether success becomes less or
/// more frequent as the score increases. Several strata are combined by the extension of Mantel (1963).
/// </summary>
/// <param name="Z">
/// Standardised statistic; positive if success increases with the score, 0 if the data do not vary.
/// </param>
public readonly record struct CochranArmitageTest(double Z)
{
    /// <summary>One-sided p-value for a frequency that decreases with the score.</summary>
    public double DecreasingPValue => NormalDistribution.UpperTail(-Z);

    /// <summary>One-sided p-value for a frequency that increases with the score.</summary>
    public double IncreasingPValue => NormalDistribution.UpperTail(Z);

    /// <summary>Tests all strata together.</summary>
    /// <param name="strata">Each a list of groups with their scores; only trends within a stratum count.</param>
    public static CochranArmitageTest Compute(IEnumerable<IReadOnlyList<(double Score, Proportion Group)>> strata)
    {
        double deviation = 0.0, variance = 0.0;
        foreach (var groups in strata)
        {
            double n = 0.0, successes = 0.0, scoreSum = 0.0, squaredScoreSum = 0.0, successScoreSum = 0.0;
            foreach ((double score, Proportion group) in groups)
            {
                n += group.Trials;
                successes += group.Successes;
                scoreSum += group.Trials * score;
                squaredScoreSum += group.Trials * score * score;
                successScoreSum += group.Successes * score;
            }

            if (n < 2.0)
                continue;

            // Given the number of successes, their scores are drawn without replacement (hypergeometric).
            deviation += successScoreSum - (successes * scoreSum / n);
            variance += successes * (n - successes) / (n * n * (n - 1.0))
                * ((n * squaredScoreSum) - (scoreSum * scoreSum));
        }

        return new(variance > 0.0 ? deviation / Math.Sqrt(variance) : 0.0);
    }
}
