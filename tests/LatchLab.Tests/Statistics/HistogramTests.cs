using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

public sealed class HistogramTests
{
    [Fact]
    public void A_quantile_is_correct_within_half_a_bin_width()
        => Gen.Double[0.0, 1e9].Array[1, 60].Sample(numbers =>
        {
            Histogram histogram = Of(numbers);
            double[] sorted = [.. numbers.Order()];
            for (int rank = 1; rank <= numbers.Length; rank++)
            {
                // A bin [a, b) has b ≤ a·33/32, so its midpoint is off by at most (b − a)/2 ≤ a/64.
                double exact = sorted[rank - 1];
                double half = (exact / 64.0) + 1e-309;
                Assert.InRange(histogram.GetValueAtRank(rank, isInteger: false), exact - half, exact + half);
            }
        });

    [Fact]
    public void Integers_below_64_are_exact()
        => Gen.Int[0, 63].Array[1, 60].Sample(numbers =>
        {
            Histogram histogram = Of(numbers.Select(number => (double)number));
            int[] sorted = [.. numbers.Order()];
            for (int rank = 1; rank <= numbers.Length; rank++)
                Assert.Equal(sorted[rank - 1], histogram.GetValueAtRank(rank, isInteger: true));
        });

    [Fact]
    public void Histograms_of_parts_add_up_to_that_of_the_whole()
        => Gen.Select(Gen.Double[0.0, 1e3].Array, Gen.Double[0.0, 1e3].Array).Sample((first, second) =>
        {
            Histogram sum = Of(first);
            foreach ((int interval, long count) in Of(second).BinCounts)
                sum.Add(interval, count);
            Assert.Equal(Of(first.Concat(second)).BinCounts, sum.BinCounts);
            Assert.Equal(first.Length + second.Length, sum.TotalCount);
        });

    [Fact]
    public void A_number_lies_between_the_edges_of_its_bin()
        => Gen.Double[0.0, double.MaxValue].Sample(number =>
        {
            int interval = Histogram.GetBin(number);
            Assert.True(Histogram.GetBinStart(interval) <= number && number < Histogram.GetBinStart(interval + 1));
        });

    [Fact]
    public void A_rank_beyond_the_count_is_rejected()
    {
        Histogram histogram = Of([1.0, 2.0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.GetValueAtRank(3, isInteger: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.GetValueAtRank(0, isInteger: true));
    }

    private static Histogram Of(IEnumerable<double> numbers)
    {
        var histogram = new Histogram();
        foreach (double number in numbers)
            histogram.Add(number);
        return histogram;
    }
}
