using CsCheck;
using LatchLab.Numerics;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

public sealed class RankVarianceShareTests
{
    [Fact]
    public void Two_separate_groups_of_three_have_27_of_35_of_the_variance_of_ranks()
    {
        // Ranks 1, 2, 3 and 4, 5, 6: between 2·3·1.5² = 13.5, in all 35/2.
        double[] values = [0.1, 0.7, 0.2, 0.8, 0.3, double.PositiveInfinity];
        Assert.Equal(27.0 / 35.0, RankVarianceShare.Compute(values, [0, 1, 0, 1, 0, 1]), 1e-15);
    }

    [Fact]
    public void Groups_of_equal_mean_ranks_have_no_share_and_constant_groups_all()
    {
        Assert.Equal(0.0, RankVarianceShare.Compute([1.0, 2.0, 3.0, 4.0], [0, 1, 1, 0]));
        Assert.Equal(1.0, RankVarianceShare.Compute([5.0, 5.0, 2.0, 2.0, 7.0], [1, 1, 0, 0, 2]), 1e-15);
    }

    [Fact]
    public void Equal_values_and_a_single_group_have_no_share_and_the_p_value_1()
    {
        Assert.Equal(double.NaN, RankVarianceShare.Compute([3.0, 3.0, 3.0], [0, 1, 1]));
        Assert.Equal(double.NaN, RankVarianceShare.Compute([1.0, 2.0, 3.0], [0, 0, 0]));
        Assert.Equal(1.0, RankVarianceShare.ComputePValue([3.0, 3.0, 3.0], [0, 1, 1], CreateDraws(1)));
    }

    [Fact]
    public void Without_ties_it_is_the_statistic_of_Kruskal_and_Wallis_divided_by_n_minus_1()
        => Gen.Select(Gen.Shuffle(Enumerable.Range(1, 12).ToArray()), Gen.Int[0, 2].Array[12])
            .Where(sample => sample.Item2.Distinct().Count() > 1)
            .Sample((ranks, groups) =>
            {
                double sum = Enumerable.Range(0, 3).Where(groups.Contains).Sum(group =>
                {
                    int[] own = [.. ranks.Where((_, i) => groups[i] == group)];
                    return Math.Pow(own.Sum(), 2.0) / own.Length;
                });
                double statistic = (12.0 / (12 * 13) * sum) - (3 * 13);
                // H is the difference of numbers up to 78, each accurate to a few ulps.
                Assert.Equal(
                    statistic / 11, RankVarianceShare.Compute([.. ranks.Select(rank => 10.0 * rank)], groups), 1e-13);
            }, iter: 200);

    [Fact]
    public void The_p_value_is_the_share_of_assignments_that_are_at_least_as_separate()
    {
        // Of the 20 assignments of six values to two groups of three, two are separate. Four deviations of 1,999 draws.
        double pValue = RankVarianceShare.ComputePValue(
            [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [0, 0, 0, 1, 1, 1], CreateDraws(3));
        Assert.Equal(0.1, pValue, 4.0 * Math.Sqrt(0.1 * 0.9 / RankVarianceShare.Permutations));
        Assert.Equal(1.0, RankVarianceShare.ComputePValue([1.0, 2.0, 3.0], [0, 1, 2], CreateDraws(3)));
    }

    private static UniformStream CreateDraws(ulong seed)
        => new TrialRandom(seed, RandomWord: 0, Trial: 0).CreateUniformStream(Purpose.Tuning);
}
