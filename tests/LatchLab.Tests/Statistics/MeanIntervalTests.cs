using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>The interval of a bounded mean against its definition and exact cases.</summary>
public sealed class MeanIntervalTests
{
    private const double Infinity = double.PositiveInfinity;

    // Many ties, as among the errors of trials.
    private static readonly Gen<double[]> Samples =
        Gen.OneOf(Gen.Const(0.0), Gen.Const(0.5), Gen.Double[0.0, 1.0]).Array[2, 40];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void If_all_values_agree_the_interval_is_that_of_values_that_may_have_remained_unseen(double value)
    {
        // (n − 1)·Δ² = t²·Δ·(E − Δ) with the distance E to the end of the range
        const int n = 30;
        double t = StudentDistribution.Quantile(0.995, n - 1), factor = t * t / (n - 1 + (t * t));
        Estimate interval = MeanInterval.Compute([.. Enumerable.Repeat(value, n)], 0.99, 0.0, 1.0);
        Assert.Equal(value, interval.Value);
        Assert.Equal(value - (value * factor), interval.Lower, 1e-12);
        Assert.Equal(value + ((1.0 - value) * factor), interval.Upper, 1e-12);
    }

    [Fact]
    public void The_ends_satisfy_the_definition()
        => Samples.Sample(
            values =>
            {
                // The excess changes by about 1 for a change of 1 of the hypothetical mean.
                Estimate interval = MeanInterval.Compute(values, 0.99, 0.0, 1.0);
                if (interval.Upper < 1.0 - 1e-7)
                {
                    Assert.True(Excess(values, interval.Upper + 1e-7) > 0.0);
                    Assert.True(Excess(values, interval.Upper - 1e-7) < 0.0);
                }

                double[] mirrored = [.. values.Select(value => 1.0 - value)];
                if (interval.Lower > 1e-7)
                {
                    Assert.True(Excess(mirrored, 1.0 - interval.Lower + 1e-7) > 0.0);
                    Assert.True(Excess(mirrored, 1.0 - interval.Lower - 1e-7) < 0.0);
                }
            },
            iter: 200);

    [Fact]
    public void The_interval_lies_in_the_range_contains_the_mean_and_grows_with_the_confidence()
        => Gen.Select(Samples, Gen.Double[0.0, 0.9999]).Sample((values, confidence) =>
        {
            Estimate interval = MeanInterval.Compute(values, confidence, 0.0, 1.0);
            Estimate wider = MeanInterval.Compute(values, 0.5 * (1.0 + confidence), 0.0, 1.0);
            Assert.Equal(values.Average(), interval.Value, 1e-14);
            Assert.InRange(interval.Lower, 0.0, interval.Value);
            Assert.InRange(interval.Upper, interval.Value, 1.0);
            Assert.True(wider.Lower <= interval.Lower && wider.Upper >= interval.Upper);
        });

    [Fact]
    public void The_order_of_the_values_does_not_change_a_bit_and_the_scale_changes_only_the_scale()
        => Samples.Sample(values =>
        {
            Estimate interval = MeanInterval.Compute(values, 0.99, 0.0, 1.0);
            Assert.Equal(interval, MeanInterval.Compute([.. values.Reverse()], 0.99, 0.0, 1.0));

            // By a power of 2, and without an offset, which would round.
            Estimate scaled = MeanInterval.Compute([.. values.Select(value => 1024.0 * value)], 0.99, 0.0, 1024.0);
            Assert.Equal(1024.0 * interval.Lower, scaled.Lower, 1e-9);
            Assert.Equal(1024.0 * interval.Upper, scaled.Upper, 1e-9);
        });

    [Fact]
    public void The_interval_approaches_Students_for_many_values()
    {
        double[] values = [.. Enumerable.Range(0, 10_000).Select(i => i / 9_999.0)];
        Estimate interval = MeanInterval.Compute(values, 0.99, 0.0, 1.0);

        // The value at the end that is added has a share of 1e-4 and a squared distance of ¼, three times the variance:
        // 1.5e-4 in the width; the tilting decreases the variance by a similar amount.
        double student = StudentDistribution.Quantile(0.995, 9_999) / Math.Sqrt(12.0 * 10_000);
        Assert.InRange((interval.Upper - 0.5) / student, 0.999, 1.001);
        Assert.InRange((0.5 - interval.Lower) / student, 0.999, 1.001);
    }

    [Fact]
    public void A_single_value_says_little_and_none_says_nothing()
    {
        Assert.Equal(Estimate.Unknown, MeanInterval.Compute([], 0.99, 0.0, 1.0));
        Estimate single = MeanInterval.Compute([0.5], 0.99, 0.0, 1.0);
        Assert.InRange(single.Lower, 0.0, 0.01);
        Assert.InRange(single.Upper, 0.99, 1.0);
    }

    [Fact]
    public void Invalid_values_and_ranges_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => MeanInterval.Compute([0.1, double.NaN], 0.99, 0.0, 1.0));
        Assert.Throws<ArgumentException>(() => MeanInterval.Compute([0.1, 1.1], 0.99, 0.0, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanInterval.Compute([0.1], 0.99, 1.0, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanInterval.Compute([0.1], 0.99, 0.0, Infinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanInterval.Compute([0.1, 0.2], 1.0, 0.0, 1.0));
    }

    [Fact]
    public void A_restricted_mean_counts_censored_values_as_the_limit()
    {
        Assert.Equal(MeanInterval.Compute([3.0, 5.0, 5.0], 0.99, 0.0, 5.0),
            RestrictedMean.Compute([3.0, Infinity, 7.0], 5.0, 0.99));
        Assert.Throws<ArgumentException>(() => RestrictedMean.Compute([double.NaN], 5.0, 0.99));
        Assert.Throws<ArgumentException>(() => RestrictedMean.Compute([-1.0], 5.0, 0.99));
        Assert.Throws<ArgumentOutOfRangeException>(() => RestrictedMean.Compute([1.0], Infinity, 0.99));
    }

    /// <summary>How far a mean above that of the sample exceeds its critical value, from the weights themselves.</summary>
    private static double Excess(double[] values, double mean)
    {
        double n = values.Length, t = StudentDistribution.Quantile(0.995, n - 1.0);
        double[] extended = [.. values, 1.0];
        double low = -500.0, high = 5000.0; // the rate at which the weighted mean is the hypothetical one
        for (int i = 0; i < 200; i++)
        {
            double rate = 0.5 * (low + high);
            (low, high) = Moment(rate, 1) < 0.0 ? (rate, high) : (low, rate);
        }

        double variance = Moment(low, 2) * n / (n - 1.0), thirdMoment = Moment(low, 3);
        double[] sorted = [.. values.Order()];
        double gap = sorted.Zip(sorted.Skip(1), (a, b) => b - a).Max();
        double critical = (t * Math.Sqrt(variance / n))
            + Math.Max(0.0, -thirdMoment / variance * ((t * t) - 1.0) / (6.0 * n));
        return mean - values.Average() - (0.5 * gap / n) - critical;

        double Moment(double rate, int power)
            => extended.Sum(value => Math.Exp(rate * (value - 1.0)) * Math.Pow(value - mean, power))
                / extended.Sum(value => Math.Exp(rate * (value - 1.0)));
    }
}
