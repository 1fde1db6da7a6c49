using CsCheck;
using LatchLab.Experiments;
using Xunit;

namespace LatchLab.Tests.Experiments;

public sealed class CellTotalsTests
{
    private static readonly Gen<double> Numbers = Gen.OneOf(Gen.Double[1e-300, 1e6], Gen.Const(0.0));

    [Fact]
    public void A_number_lies_in_its_interval_and_intervals_are_in_nearly_equal_ratios()
        => Gen.Double[1e-300, 1e300].Sample(number =>
        {
            int interval = Histogram.IntervalOf(number);
            double least = Histogram.LeastOf(interval), next = Histogram.LeastOf(interval + 1);
            Assert.True(least <= number && number < next);
            Assert.InRange(next / least, 1.0 + (1.0 / 64.0), 1.0 + (1.0 / 32.0));
        });

    [Fact]
    public void Quantiles_are_those_of_the_numbers_to_1_6_per_cent_and_of_small_whole_numbers_exactly()
        => Gen.Select(Numbers.Array[1, 50], Gen.Int[0, 63].Array[1, 50], Gen.Double.Unit).Sample((many, whole, share) =>
        {
            double[] ordered = [.. many.Order()];
            int rank = 1 + (int)(share * (many.Length - 1));
            double found = Of(many).OfRank(rank, isWhole: false);
            Assert.InRange(found, ordered[rank - 1] * (1.0 - 0.016), ordered[rank - 1] * (1.0 + 0.016));
            int wholeRank = 1 + (int)(share * (whole.Length - 1));
            Assert.Equal(
                whole.Order().ElementAt(wholeRank - 1),
                Of([.. whole.Select(number => (double)number)]).OfRank(wholeRank, isWhole: true));
        });

    [Fact]
    public void Histograms_of_parts_add_up_and_intervals_ascend()
        => Gen.Select(Numbers.Array[0, 50], Numbers.Array[0, 50]).Sample((first, second) =>
        {
            Histogram sum = Of(first), all = Of([.. second, .. first]);
            foreach ((int interval, long count) in Of(second).Counts)
                sum.Add(interval, count);
            Assert.Equal(all.Counts, sum.Counts);
            Assert.Equal((all.Total, all.Counts.Sum(interval => interval.Value)), (sum.Total, sum.Total));
            int[] intervals = [.. all.Counts.Select(interval => interval.Key)];
            Assert.Equal(intervals.Order(), intervals);
        });

    [Fact]
    public void Totals_count_what_is_known_of_each_trial()
    {
        var totals = new CellTotals(sequences: 20, testSequences: 200);
        totals.Add(new(Ending.Converged, 60, 20, 0.1) { TrainingError = 0.0, FreshError = 0.03, FreshCost = 0.2 });
        totals.Add(new(Ending.Stuck, 500, 0, 0.1) { TrainingError = 0.25, FreshError = 0.5, FreshCost = 0.4 });
        totals.Add(new(Ending.Diverged, 40, 0, double.NaN));
        Assert.Equal([1, 0, 1, 1], Enum.GetValues<Ending>().Select(ending => totals[ending]));
        Assert.Equal(3, totals.Trials);
        Assert.Equal((2, 106, (6 * 6) + (100 * 100)), (totals.Tested, totals.TestWrong, totals.TestWrongSquared));
        Assert.Equal((2, 5, 600, 20),
            (totals.Reviewed, totals.TrainingWrong, totals.Presentations, totals.JudgingPresentations));
        Assert.Equal((1, 2), (totals.PresentationsToConvergence.Total, totals.TestCost.Total));
    }

    private static Histogram Of(double[] numbers)
    {
        var histogram = new Histogram();
        foreach (double number in numbers)
            histogram.Add(number);
        return histogram;
    }
}
