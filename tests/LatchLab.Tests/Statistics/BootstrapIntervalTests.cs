using CsCheck;
using LatchLab.Numerics;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>The bootstrap against its definition, exact cases and its coverage by simulation.</summary>
public sealed class BootstrapIntervalTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly Gen<double[]> Samples = Gen.Double[-10.0, 10.0].Array[1, 12];

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.1, 2)]
    [InlineData(-1.0 / 3.0, 17)]
    public void Equal_values_give_an_interval_of_zero_width(double value, int n)
    {
        double[] sample = [.. Enumerable.Repeat(value, n)];
        Assert.Equal(new BootstrapInterval(value, value, value), BootstrapInterval.EstimateMean(sample, seed: 1));
        Assert.Equal(new BootstrapInterval(value, value, value), BootstrapInterval.EstimateMedian(sample, seed: 1));
    }

    [Fact]
    public void If_all_values_are_censored_so_is_the_median()
        => Assert.Equal(new(Infinity, Infinity, Infinity),
            BootstrapInterval.EstimateMedian([Infinity, Infinity], seed: 1));

    [Fact]
    public void Small_samples_give_the_ends_worked_by_hand()
    {
        // The sum of three draws from {0, 0, 1} is 0 with probability 8/27 and 3 with 1/27, both above 1/40.
        Assert.Equal(new BootstrapInterval(1.0 / 3.0, 0.0, 1.0),
            BootstrapInterval.EstimateMean([0.0, 1.0, 0.0], 1994, 20_000));

        // The median of five draws is the smallest value if at least three draws are: P(Bin(5, 1/5) ≥ 3) = 0.058. It is
        // censored with P(Bin(5, 2/5) ≥ 3) = 0.317. Both are again above 1/40; with {1, 2, 3, 4, ∞}, ∞ is the last of
        // five.
        Assert.Equal(new(3.0, 1.0, Infinity),
            BootstrapInterval.EstimateMedian([Infinity, 2.0, 3.0, 1.0, Infinity], 1994, 20_000));

        // With nine values, P(Bin(9, 1/9) ≥ 5) = 0.0014 and P(Bin(9, 2/9) ≥ 5) = 0.0371, so the ends are the second
        // value and the eighth. One censored value of nine does not reach the interval.
        Assert.Equal(
            new(5.0, 2.0, 8.0),
            BootstrapInterval.EstimateMedian([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, Infinity], 1994, 20_000));
    }

    [Fact]
    public void The_median_of_an_even_count_is_the_mean_of_two_and_infinite_if_either_is()
    {
        Assert.Equal(2.5, BootstrapInterval.EstimateMedian([4.0, 1.0, 3.0, 2.0], seed: 1).Estimate);
        Assert.Equal(Infinity, BootstrapInterval.EstimateMedian([Infinity, 1.0, Infinity, 2.0], seed: 1).Estimate);
    }

    [Fact]
    public void The_interval_equals_its_definition()
        => Gen.Select(Samples, Gen.ULong, Gen.Int[39, 130]).Sample(
            (sample, seed, resamples) =>
            {
                BootstrapInterval mean = BootstrapInterval.EstimateMean(sample, seed, resamples);
                BootstrapInterval naiveMean = Naive(sample, s => s.Average(), seed, resamples);

                // Two summation orders of at most 12 numbers of at most 20, each within 12 roundings of 2⁻⁵³·240.
                Assert.Equal(naiveMean.Estimate, mean.Estimate, 1e-12);
                Assert.Equal(naiveMean.Lower, mean.Lower, 1e-12);
                Assert.Equal(naiveMean.Upper, mean.Upper, 1e-12);
                Assert.Equal(Naive(sample, Middle, seed, resamples),
                    BootstrapInterval.EstimateMedian(sample, seed, resamples));
            },
            iter: 50);

    [Fact]
    public void The_order_of_the_values_does_not_matter()
        => Gen.Select(Samples, Gen.ULong).Sample(
            (sample, seed) => BootstrapInterval.EstimateMean(sample, seed, 99)
                == BootstrapInterval.EstimateMean(sample.Reverse(), seed, 99)
                && BootstrapInterval.EstimateMedian(sample, seed, 99)
                    == BootstrapInterval.EstimateMedian(sample.Reverse(), seed, 99),
            iter: 50);

    [Fact]
    public void The_median_of_an_odd_count_commutes_with_increasing_maps()
        => Gen.Select(Samples.Where(sample => sample.Length % 2 == 1), Gen.ULong).Sample(
            (sample, seed) =>
            {
                // The map doubles a value and maps values above 10 to infinity, so that they become censored.
                static double Map(double x) => x > 5.0 ? Infinity : 2.0 * x;
                BootstrapInterval plain = BootstrapInterval.EstimateMedian(sample, seed, 99);
                return new BootstrapInterval(Map(plain.Estimate), Map(plain.Lower), Map(plain.Upper))
                    == BootstrapInterval.EstimateMedian(sample.Select(Map), seed, 99);
            },
            iter: 50);

    [Fact]
    public void A_seed_gives_fixed_bits_and_another_seed_differs()
    {
        double[] sample = [3.1, 4.1, 5.9, 2.6, 5.3, 5.8, 9.7, 9.3, 2.3, 8.4];
        Assert.Equal(new BootstrapInterval(5.65, 4.07, 7.3), BootstrapInterval.EstimateMean(sample, seed: 1994));
        Assert.NotEqual(BootstrapInterval.EstimateMean(sample, seed: 1994),
            BootstrapInterval.EstimateMean(sample, seed: 1995));
    }

    [Fact]
    public void Invalid_samples_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => BootstrapInterval.EstimateMean([], seed: 1));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.EstimateMean([1.0, Infinity], seed: 1));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.EstimateMedian([1.0, double.NaN], seed: 1));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.EstimateMedian([1.0, -Infinity], seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.EstimateMean([1.0], seed: 1, resamples: 38));
    }

    [Fact]
    public void The_interval_of_a_mean_has_its_theoretical_coverage()
    {
        // 40 normal values: P(|t₃₉| < 1.96·√(39/40)) = 0.93977. The share of 1,000 has a standard error of 0.0075; five
        // of them, and 0.005 for resampled means that are not quite normal.
        double coverage = Coverage(n: 40, (sample, seed, b) => BootstrapInterval.EstimateMean(sample, seed, b));
        Assert.InRange(coverage, 0.93977 - 0.0425, 0.93977 + 0.0425);
    }

    [Fact]
    public void The_interval_of_a_median_has_its_theoretical_coverage()
    {
        // The median of a resample is at most the i-th of n = 25 values with F = P(Bin(25, i/25) ≥ 13). The lower end
        // is at most the i-th if 10 of 399 resamples are: P(Bin(399, F) ≥ 10). With i values below the true median
        // (Bin(25, ½)), the interval lies above it where the lower end is not at most the i-th. The upper end misses
        // equally often.
        const int n = 25;
        double miss = 0.0;
        for (int i = 0; i <= n; i++)
            miss += Binomial(n, 0.5, i) * (1.0 - AtLeast(399, AtLeast(n, (double)i / n, 13), 10));
        double expected = 1.0 - (2.0 * miss);

        double coverage = Coverage(n, (sample, seed, b) => BootstrapInterval.EstimateMedian(sample, seed, b));
        Assert.InRange(expected, 0.93, 0.97);
        Assert.InRange(coverage, expected - 0.035, expected + 0.035); // five standard errors of √(0.05·0.95/1000)
    }

    /// <summary>
    /// The share of 1,000 samples of n standard normal values whose interval, from 399 resamples, contains 0.
    /// </summary>
    private static double Coverage(int n, Func<double[], ulong, int, BootstrapInterval> interval)
    {
        var random = new Random(12);
        int covered = 0;
        for (ulong seed = 0; seed < 1000; seed++)
        {
            double[] sample = [.. Enumerable.Range(0, n).Select(_ =>
                Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()))];
            BootstrapInterval bootstrap = interval(sample, seed, 399);
            covered += bootstrap.Lower <= 0.0 && 0.0 <= bootstrap.Upper ? 1 : 0;
        }

        return covered / 1000.0;
    }

    /// <summary>A naive implementation of the definition, resample by resample.</summary>
    private static BootstrapInterval Naive(double[] sample, Func<double[], double> statistic, ulong seed, int resamples)
    {
        double[] ascending = [.. sample.Order()];
        double[] statistics = [.. Enumerable.Range(0, resamples)
            .Select(b => statistic([.. sample.Select((_, i) => ascending[(int)(Uniform(i, b) * sample.Length)])]))
            .Order()];
        int k = (resamples + 1) / 40;
        return new(statistic(ascending), statistics[k - 1], statistics[resamples - k]);

        double Uniform(int i, int b)
        {
            RandomNumbers.GenerateUniforms(
                seed, Scalar.FromBits((ulong)(i / 2)), Scalar.FromBits(7), Scalar.FromBits(0),
                Scalar.FromBits((ulong)b), out Scalar even, out Scalar odd);
            return i % 2 == 0 ? even.Value : odd.Value;
        }
    }

    private static double Middle(double[] sample)
    {
        double[] ascending = [.. sample.Order()];
        return (ascending[(sample.Length - 1) / 2] + ascending[sample.Length / 2]) / 2.0;
    }

    private static double AtLeast(int n, double p, int k)
        => Enumerable.Range(k, n + 1 - k).Sum(i => Binomial(n, p, i));

    private static double Binomial(int n, double p, int k)
    {
        double probability = Math.Pow(p, k) * Math.Pow(1.0 - p, n - k);
        for (int i = 1; i <= k; i++)
            probability *= (double)(n + 1 - i) / i;
        return probability;
    }
}
