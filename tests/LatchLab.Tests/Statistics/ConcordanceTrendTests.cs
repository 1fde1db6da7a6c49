using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>The trend over ordered groups against its definition and exact cases.</summary>
public sealed class ConcordanceTrendTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly Gen<double[][]> Groups =
        Gen.OneOf(Gen.Int[0, 3].Select(i => (double)i), Gen.Const(Infinity)).Array[1, 12].Array[2, 5];

    [Fact]
    public void The_estimate_and_the_components_equal_their_definitions()
        => Groups.Sample(groups =>
        {
            (double theta, BoundedSample[] components) = ConcordanceTrend.ComputeComponents(groups);
            double n = groups.Sum(group => group.Length), pairs = 0.0, sum = 0.0;
            for (int g = 0; g < groups.Length; g++)
            {
                double[] own = [.. groups[g].Select(value => SignSum(groups, g, value))];
                pairs += 0.5 * own.Length * (n - own.Length);
                sum += 0.5 * own.Sum();
            }

            Assert.Equal(sum / pairs, theta, 1e-13);
            for (int g = 0; g < groups.Length; g++)
            {
                double weight = groups[g].Length / pairs;
                double[] own = [.. groups[g].Select(value => weight * SignSum(groups, g, value))];
                Assert.Equal(own.Average(), components[g].Mean, 1e-13);
                if (own.Length > 1)
                {
                    double mean = own.Average(), squares = own.Sum(value => (value - mean) * (value - mean));
                    Assert.Equal(squares / (own.Length - 1.0), components[g].Variance, 1e-13);
                }

                Assert.Equal(weight * (n - own.Length), components[g].Maximum, 1e-13);
            }
        });

    [Fact]
    public void The_interval_contains_the_estimate_and_grows_with_the_confidence()
        => Gen.Select(Groups, Gen.Double[0.0, 0.999]).Sample((groups, confidence) =>
        {
            Estimate trend = ConcordanceTrend.Compute(groups, confidence);
            Estimate wider = ConcordanceTrend.Compute(groups, 0.5 * (1.0 + confidence));
            Assert.InRange(trend.Lower, -1.0, trend.Value);
            Assert.InRange(trend.Upper, trend.Value, 1.0);
            Assert.True(wider.Lower <= trend.Lower && wider.Upper >= trend.Upper);
        });

    [Fact]
    public void Reversing_the_groups_reverses_the_trend_and_only_the_order_of_values_counts()
        => Groups.Sample(groups =>
        {
            Estimate trend = ConcordanceTrend.Compute(groups, 0.99);
            Estimate reversed = ConcordanceTrend.Compute([.. groups.Reverse()], 0.99);
            Assert.Equal(-trend.Value, reversed.Value, 1e-12);
            Assert.Equal(-trend.Upper, reversed.Lower, 1e-12);
            Assert.Equal(-trend.Lower, reversed.Upper, 1e-12);
            double[][] mapped = [.. groups.Select(group => group.Select(value => Math.Exp(value) + 7.0).ToArray())];
            Assert.Equal(trend, ConcordanceTrend.Compute(mapped, 0.99));
        });

    [Fact]
    public void Perfect_separation_of_two_groups_leaves_the_values_that_may_have_remained_unseen()
    {
        const int n = 30;
        double t = StudentDistribution.Quantile(0.995, n - 1), square = t * t;
        double[] early = [.. Enumerable.Range(0, n).Select(i => (double)i)];
        Estimate trend = ConcordanceTrend.Compute([early, [.. early.Select(value => value + 100.0)]], 0.99);
        Assert.Equal((1.0, 1.0), (trend.Value, trend.Upper));
        Assert.Equal(1.0 - (2.0 * square / (n - 1 + square)), trend.Lower, 1e-12);
    }

    [Fact]
    public void If_all_values_are_tied_the_trend_is_open()
    {
        double[] censored = [.. Enumerable.Repeat(Infinity, 30)];
        Estimate trend = ConcordanceTrend.Compute([censored, censored, censored], 0.99);
        Assert.Equal(0.0, trend.Value);
        Assert.InRange(trend.Upper, 0.1, 0.2); // ⅔·t²/(29 + t²) with t = 2.756
        Assert.Equal(-trend.Upper, trend.Lower);
    }

    [Fact]
    public void A_clear_trend_over_five_groups_is_found()
    {
        double[][] groups = [.. Enumerable.Range(0, 5).Select(g =>
            Enumerable.Range(0, 30).Select(i => i % 10 < 2 * g ? Infinity : i).ToArray())];
        Assert.True(ConcordanceTrend.Compute(groups, 0.99).Lower > 0.0);
    }

    [Fact]
    public void Fewer_than_two_groups_have_no_trend_and_NaN_is_rejected()
    {
        Assert.Equal(Estimate.Unknown, ConcordanceTrend.Compute([], 0.99));
        Assert.Equal(Estimate.Unknown, ConcordanceTrend.Compute([[], [1.0, 2.0]], 0.99));
        Assert.Throws<ArgumentException>(() => ConcordanceTrend.Compute([[1.0], [double.NaN]], 0.99));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConcordanceTrend.Compute([[1.0], [2.0]], 1.0));
    }

    private static double SignSum(double[][] groups, int own, double value)
        => groups.Index().Where(group => group.Index != own).Sum(group =>
            group.Item.Sum(other => Math.Sign(value.CompareTo(other)) * (group.Index < own ? 1 : -1)));
}
