using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>Statistics against published examples, their definitions and simulation.</summary>
public sealed class StatisticsTests
{
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)] // Newcombe 1998, "Two-sided confidence intervals for the single proportion"
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_intervals_equal_the_published_ones(int successes, int trials, double lower, double upper)
    {
        var p = new Proportion(successes, trials);
        Assert.Equal(lower, p.Lower, 0.00005);
        Assert.Equal(upper, p.Upper, 0.00005);
    }

    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)] // Newcombe 1998, "Interval estimation for the difference", method 10
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    public void Intervals_of_a_difference_equal_the_published_ones(
        int a, int m, int b, int n, double lower, double upper)
    {
        (double _, double low, double high) = Proportion.ComputeDifference(new(a, m), new(b, n));
        Assert.Equal(lower, low, 0.00005);
        Assert.Equal(upper, high, 0.00005);
    }

    [Theory]
    [InlineData(0.02, 18)]
    [InlineData(0.3, 18)]
    [InlineData(0.5, 200)]
    [InlineData(0.95, 100)]
    public void Wilson_intervals_have_approximately_their_nominal_coverage(double p, int trials)
    {
        // Exact coverage by enumeration. Wilson's interval is known to stay above 0.83 in the worst corner (p near 0
        // and few trials) and above 0.92 elsewhere (Brown, Cai, DasGupta 2001).
        double coverage = 0.0, probability = Math.Pow(1.0 - p, trials);
        for (int k = 0; k <= trials; k++)
        {
            var proportion = new Proportion(k, trials);
            if (proportion.Lower <= p && p <= proportion.Upper)
                coverage += probability;
            probability *= (double)(trials - k) / (k + 1) * p / (1.0 - p);
        }

        Assert.InRange(coverage, 0.92, 1.0);
    }

    [Theory]
    [InlineData(0.0, 0.5)]
    // Abramowitz and Stegun, table 26.1; further digits from erfc in 30-digit arithmetic.
    [InlineData(1.0, 0.15865525393145705)]
    [InlineData(1.499, 0.0669368160296974483)]
    [InlineData(1.501, 0.066677780784400026)] // the two methods meet at 1.5
    [InlineData(2.999, 0.0013543365337271067)]
    [InlineData(3.001, 0.001345472825084966)]
    [InlineData(5.0, 2.866515718791939e-7)]
    [InlineData(10.0, 7.619853024160525e-24)]
    [InlineData(-1.0, 0.8413447460685429)]
    public void Tails_of_the_normal_distribution_equal_the_tables(double z, double tail)
        => Assert.Equal(1.0, NormalDistribution.UpperTail(z) / tail, 1e-13);

    [Fact]
    public void The_trend_test_equals_its_definition_worked_by_hand()
    {
        // Scores 0, 1, 2 with 5, 3 and 1 successes of 10. S = Σ r·x − R·mean(x) = 5 − 9·1 = −4; the variance of a sum
        // of 9 scores drawn from the 30 without replacement is R(N − R)/(N²(N − 1))·(NΣx² − (Σx)²) with Σx² = 50,
        // Σx = 30: 9·21/(900·29)·(1500 − 900) = 4.344827…; z = −4/2.084425… = −1.918994….
        CochranArmitageTest test = CochranArmitageTest.Compute(
            [[(0.0, new(5, 10)), (1.0, new(3, 10)), (2.0, new(1, 10))]]);
        Assert.Equal(-4.0 / Math.Sqrt(9.0 * 21.0 / (900.0 * 29.0) * 600.0), test.Z, 12);
        Assert.Equal(NormalDistribution.UpperTail(-test.Z), test.DecreasingPValue);
    }

    [Fact]
    public void A_trend_between_strata_is_not_a_trend_within_them()
        => Assert.Equal(0.0, CochranArmitageTest.Compute(
            [
                [(0.0, new Proportion(9, 10)), (1.0, new Proportion(9, 10))],
                [(2.0, new Proportion(1, 10)), (3.0, new Proportion(1, 10))],
            ]).Z, 12);

    [Fact]
    public void Without_successes_or_without_failures_there_is_no_trend()
    {
        Assert.Equal(0.5, CochranArmitageTest.Compute([[(0.0, new(0, 10)), (1.0, new(0, 10))]]).DecreasingPValue, 12);
        Assert.Equal(0.5, CochranArmitageTest.Compute([[(0.0, new(10, 10)), (1.0, new(10, 10))]]).IncreasingPValue, 12);
    }

    [Fact]
    public void Without_a_trend_the_p_value_is_uniform()
    {
        // 2,000 simulated tables without a trend: the share below 0.05 has a standard error of 0.0049; five of them.
        var random = new Random(12);
        int significant = 0;
        for (int n = 0; n < 2000; n++)
        {
            var groups = Enumerable.Range(0, 6)
                .Select(i => (
                    (double)i,
                    new Proportion(Enumerable.Range(0, 40).Count(_ => random.NextDouble() < 0.3), 40)))
                .ToList();
            significant += CochranArmitageTest.Compute([groups]).DecreasingPValue < 0.05 ? 1 : 0;
        }

        Assert.InRange(significant / 2000.0, 0.05 - 0.0245, 0.05 + 0.0245);
    }
}
