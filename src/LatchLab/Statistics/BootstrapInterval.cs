using LatchLab.Numerics;

namespace LatchLab.Statistics;

/// <summary>
/// A statistic of a sample with its 95 % percentile bootstrap interval (Efron 1979). The sample of n values is
/// resampled B times with replacement. The ends of the interval are the k-th smallest and the k-th largest of the B
/// statistics, with k = ⌊(B + 1)/40⌋ (Efron and Tibshirani 1993, section 12.5): the 50th from either side for B =
/// 2,000. The ends are not interpolated: each is the statistic of a resample, possibly +∞. The interval is not exact:
/// for the mean of n normal values its coverage is the probability that |t| with n − 1 degrees of freedom is below
/// 1.96·√(1 − 1/n).
/// </summary>
/// <param name="Estimate">The statistic of the sample itself.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
public readonly record struct BootstrapInterval(double Estimate, double Lower, double Upper)
{
    /// <summary>The default number of resamples.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>The smallest number of resamples: the ends are the smallest and the largest statistic.</summary>
    public const int MinResamples = 39;

    /// <summary>
    /// Estimates the mean. If all values are equal, the estimate and both ends equal that value exactly.
    /// </summary>
    /// <param name="sample">At least one value, in any order, all finite.</param>
    /// <param name="seed">The seed of the random numbers; equal seeds and values give bitwise equal results.</param>
    /// <param name="resamples">Number B of resamples, at least <see cref="MinResamples"/>.</param>
    /// <exception cref="ArgumentException">The sample is empty or contains a value that is not finite.</exception>
    public static BootstrapInterval EstimateMean(IEnumerable<double> sample, ulong seed,
        int resamples = DefaultResamples)
        => EstimateStatistic(sample, double.IsFinite, ComputeMean, seed, resamples);

    /// <summary>
    /// Estimates the median; for an even number of values it is the mean of the middle two. A value of +∞ is censored
    /// and greater than all finite values. The estimate and the ends are +∞ where censored values reach the middle.
    /// </summary>
    /// <param name="sample">At least one value, in any order, each finite or +∞.</param>
    /// <param name="seed">The seed of the random numbers; equal seeds and values give bitwise equal results.</param>
    /// <param name="resamples">Number B of resamples, at least <see cref="MinResamples"/>.</param>
    /// <exception cref="ArgumentException">The sample is empty or contains NaN or −∞.</exception>
    public static BootstrapInterval EstimateMedian(IEnumerable<double> sample, ulong seed,
        int resamples = DefaultResamples)
        => EstimateStatistic(sample, value => value > double.NegativeInfinity, ComputeMedian, seed, resamples);

    /// <param name="sample">The values.</param>
    /// <param name="isValid">Whether the statistic is defined for a value.</param>
    /// <param name="statistic">Computes the statistic from the ascending values and the count of each.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="resamples">Number B of resamples.</param>
    private static BootstrapInterval EstimateStatistic(
        IEnumerable<double> sample,
        Func<double, bool> isValid,
        Func<double[], int[], double> statistic,
        ulong seed,
        int resamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, MinResamples);
        double[] sorted = [.. sample.Order()];
        if (sorted.Length == 0 || !sorted.All(isValid))
            throw new ArgumentException("The sample is empty or contains an invalid value.", nameof(sample));

        var counts = new int[sorted.Length];
        Array.Fill(counts, 1);
        double estimate = statistic(sorted, counts);
        var resampledStatistics = new double[resamples];
        for (int resample = 0; resample < resamples; resample++)
        {
            DrawCounts(seed, resample, counts);
            resampledStatistics[resample] = statistic(sorted, counts);
        }

        Array.Sort(resampledStatistics);
        int k = (resamples + 1) / 40;
        return new(estimate, resampledStatistics[k - 1], resampledStatistics[^k]);
    }

    /// <summary>Counts how often each of the n values is drawn in a resample.</summary>
    private static void DrawCounts(ulong seed, int resample, int[] counts)
    {
        Scalar purposeWord = Scalar.FromBits(RandomNumbers.PurposeWord(Purpose.Resampling, item: 0));
        Scalar configurationWord = Scalar.FromBits(0), resampleWord = Scalar.FromBits((ulong)resample);
        int n = counts.Length;
        Array.Clear(counts);
        for (int i = 0; i < n; i += 2)
        {
            RandomNumbers.GenerateUniforms(
                seed, Scalar.FromBits((ulong)(i / 2)), purposeWord, configurationWord, resampleWord, out Scalar first,
                out Scalar second);

            // At most (1 − 2⁻⁵²)·n, which remains below n after rounding.
            counts[(int)(first.Value * n)]++;
            if (i + 1 < n)
                counts[(int)(second.Value * n)]++;
        }
    }

    /// <summary>Sums differences from the smallest value, so that equal values cause no rounding error.</summary>
    private static double ComputeMean(double[] sorted, int[] counts)
    {
        double sum = 0.0;
        for (int i = 0; i < sorted.Length; i++)
            sum += counts[i] * (sorted[i] - sorted[0]);
        return sorted[0] + (sum / sorted.Length);
    }

    private static double ComputeMedian(double[] sorted, int[] counts)
    {
        return (0.5 * ValueAtRank((sorted.Length - 1) / 2)) + (0.5 * ValueAtRank(sorted.Length / 2));

        double ValueAtRank(int rank)
        {
            int i = 0;
            for (int resampledStatistics = counts[0]; resampledStatistics <= rank; resampledStatistics += counts[i])
                i++;
            return sorted[i];
        }
    }
}
