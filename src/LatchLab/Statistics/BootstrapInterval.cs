using LatchLab.Numerics;

namespace LatchLab.Statistics;

/// <summary>
/// A statistic of a sample with its 95 % interval by the percentiles of the bootstrap (Efron 1979). The sample of n is
/// drawn anew B times, n values each, with replacement; the k-th smallest and the k-th largest of the B statistics are
/// the ends, with k = ⌊(B + 1)/40⌋ (Efron and Tibshirani 1993, section 12.5): the 50th from either side for B = 2,000.
/// Nothing is interpolated, so that each end is a value that a resample gave, +∞ too. It is no exact interval: that of
/// the mean of n normal values covers it as often as |Student's t with n − 1 degrees| stays below 1.96·√(1 − 1/n).
/// </summary>
/// <param name="Estimate">The statistic of the sample itself.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
public readonly record struct BootstrapInterval(double Estimate, double Lower, double Upper)
{
    /// <summary>Number of resamples where nothing else is asked for.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>Fewest resamples: with them the ends are the smallest and the largest statistic.</summary>
    public const int MinResamples = 39;

    /// <summary>The mean; of equal values it is that value, to the last bit, and so are the ends.</summary>
    /// <param name="sample">At least one value, in any order, all finite.</param>
    /// <param name="seed">The key of the random numbers: same seed and values, same bits.</param>
    /// <param name="resamples">B, at least <see cref="MinResamples"/>.</param>
    /// <exception cref="ArgumentException">The sample is empty or holds a value that is not finite.</exception>
    public static BootstrapInterval EstimateMean(IEnumerable<double> sample, ulong seed,
        int resamples = DefaultResamples)
        => EstimateStatistic(sample, double.IsFinite, ComputeMean, seed, resamples);

    /// <summary>
    /// The median; of an even number the mean of the middle two. A value of +∞ is a censored one, later than all that
    /// are finite: estimate and ends are +∞ where censored values reach the middle.
    /// </summary>
    /// <param name="sample">At least one value, in any order, each finite or +∞.</param>
    /// <param name="seed">The key of the random numbers: same seed and values, same bits.</param>
    /// <param name="resamples">B, at least <see cref="MinResamples"/>.</param>
    /// <exception cref="ArgumentException">The sample is empty or holds NaN or −∞.</exception>
    public static BootstrapInterval EstimateMedian(IEnumerable<double> sample, ulong seed,
        int resamples = DefaultResamples)
        => EstimateStatistic(sample, value => value > double.NegativeInfinity, ComputeMedian, seed, resamples);

    /// <param name="sample">The values.</param>
    /// <param name="isValid">Which values the statistic is defined for.</param>
    /// <param name="statistic">From the values in ascending order and how often each of them was drawn.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="resamples">B.</param>
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
            throw new ArgumentException("An empty sample, or a value without a place in it.", nameof(sample));

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

    /// <summary>Counts how often each of the n values is drawn, by the numbers of (seed, purpose, resample).</summary>
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

            // At most (1 − 2⁻⁵²)·n, which is a number below n also when it is rounded.
            counts[(int)(first.Value * n)]++;
            if (i + 1 < n)
                counts[(int)(second.Value * n)]++;
        }
    }

    /// <summary>Counted from the smallest value on, so that equal values leave nothing to round.</summary>
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
