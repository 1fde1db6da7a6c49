using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>Intervals of proportions with any confidence against their definitions and published numbers.</summary>
public sealed class ProportionIntervalTests
{
    private static readonly Gen<(int Successes, int Trials)> Counts =
        Gen.Int[1, 300].SelectMany(n => Gen.Int[0, n].Select(k => (k, n)));

    [Fact]
    public void At_95_percent_it_is_the_interval_without_confidence()
        => Counts.Sample((k, n) =>
        {
            (double lower, double upper) = Proportion.ComputeWilsonInterval(k, n, 0.95);
            Assert.Equal(new Proportion(k, n).Lower, lower, 1e-14);
            Assert.Equal(new Proportion(k, n).Upper, upper, 1e-14);
        });

    [Fact]
    public void The_ends_of_Wilsons_interval_have_the_score_of_the_confidence()
        => Counts.Sample((k, n) =>
        {
            const double z = 2.5758293035489004;
            (double lower, double upper) = Proportion.ComputeWilsonInterval(k, n, 0.99);
            if (k > 0)
                Assert.Equal(z, ((double)k / n - lower) / Math.Sqrt(lower * (1.0 - lower) / n), 1e-9);
            if (k < n)
                Assert.Equal(z, (upper - (double)k / n) / Math.Sqrt(upper * (1.0 - upper) / n), 1e-9);
        });

    [Theory]
    [InlineData(13, 16, 0.5435, 0.9595)] // Fagerland, Lydersen and Laake 2017, chapter 2
    [InlineData(10, 10, 0.6915, 1.0)]
    [InlineData(0, 10, 0.0, 0.3085)]
    public void Exact_intervals_equal_the_published_ones(int successes, int trials, double lower, double upper)
    {
        (double low, double high) = Proportion.ComputeExactInterval(successes, trials, 0.95);
        Assert.Equal(lower, low, 0.00005);
        Assert.Equal(upper, high, 0.00005);
    }

    [Fact]
    public void At_the_ends_of_the_exact_interval_the_tails_have_their_probability()
        => Counts.Sample((k, n) =>
        {
            (double lower, double upper) = Proportion.ComputeExactInterval(k, n, 0.99);
            Assert.Equal(k == 0 ? 0.0 : lower, lower);
            Assert.Equal(k == n ? 1.0 : upper, upper);

            // The subtraction from 1 leaves an absolute error of 1e-16 in an end of at least 1.6e-5.
            if (k > 0)
                Assert.Equal(0.005, AtLeast(k, n, lower), 1e-11);
            if (k < n)
                Assert.Equal(0.005, AtLeast(n - k, n, 1.0 - upper), 1e-11);
        });

    [Fact]
    public void Invalid_arguments_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.ComputeWilsonInterval(1, 0, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.ComputeWilsonInterval(3, 2, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.ComputeWilsonInterval(double.NaN, 2, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.ComputeWilsonInterval(1, 2, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.ComputeExactInterval(-1, 2, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.ComputeExactInterval(1, 2, -0.1));
    }

    private static double AtLeast(int k, int n, double p)
        => Enumerable.Range(k, n - k + 1).Sum(i => BinomialProbability.Of(i, n, p));
}
