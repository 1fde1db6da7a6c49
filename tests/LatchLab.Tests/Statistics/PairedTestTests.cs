using System.Numerics;
using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>The tests of paired trials against enumeration, published examples and simulation.</summary>
public sealed class PairedTestTests
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>Small integers, so that ties and zeros occur; 4 stands for ∞.</summary>
    private static readonly Gen<double[]> Differences =
        Gen.Int[-4, 4].Select(d => Math.Abs(d) == 4 ? d * Infinity : d).Array[0, 9];

    private static readonly Gen<double[]> Many = Gen.Int[-20, 20].Select(d => (double)d).Array[55, 80];

    [Fact]
    public void Signed_ranks_of_Darwins_plants_equal_the_published_ones()
    {
        // Heights of crossed less self-fertilised plants in eighths of an inch (Darwin 1876; Fisher 1935). Ranks of the
        // two negative ones: 10 and 14, so that 120 − 24 = 96; 676 of the 2¹⁵ patterns reach it.
        SignedRankTest test = SignedRankTest.Compute([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]);
        Assert.Equal(new(15, 96.0, 676.0 / 32768.0, test.NegativePValue, 24.0), test);
        Assert.Equal(0.020629882812, test.PositivePValue, 1e-12);
    }

    [Fact]
    public void Zeros_are_ranked_and_then_excluded()
    {
        // Sizes 0, 0, 1, 1, 2 have the ranks 1½, 1½, 3½, 3½, 5. Of the 8 sums of the last three, 0, 3½, 3½, 5, 7, 8½,
        // 8½, 12, three are at least 8½ and seven at most.
        Assert.Equal(new SignedRankTest(3, 8.5, 3.0 / 8.0, 7.0 / 8.0, 0.0), SignedRankTest.Compute([0, -1, 2, 0, 1]));
    }

    [Fact]
    public void Exact_p_values_equal_the_enumeration_of_all_signs()
        => Differences.Sample(d =>
        {
            SignedRankTest test = SignedRankTest.Compute(d);
            double[] ranks = [.. d.Where(x => x != 0.0).Select(x => NaiveRank(d, x))];
            double observed = d.Where(x => x > 0.0).Sum(x => NaiveRank(d, x));
            int patterns = 1 << ranks.Length, atLeast = 0, atMost = 0;
            for (int signs = 0; signs < patterns; signs++)
            {
                double sum = ranks.Where((_, i) => (signs >> i & 1) == 1).Sum();
                atLeast += sum >= observed ? 1 : 0;
                atMost += sum <= observed ? 1 : 0;
            }

            Assert.Equal(
                new(ranks.Length, observed, (double)atLeast / patterns, (double)atMost / patterns, test.Median), test);
        });

    [Fact]
    public void Reversing_the_signs_reverses_the_test()
        => Gen.OneOf(Differences, Many).Sample(d =>
        {
            SignedRankTest test = SignedRankTest.Compute(d), turned = SignedRankTest.Compute(d.Select(x => -x));
            return test.PositivePValue == turned.NegativePValue && test.NegativePValue == turned.PositivePValue
                && test.Median == -turned.Median;
        });

    [Fact]
    public void Only_signs_and_the_order_of_magnitudes_matter()
        => Gen.OneOf(Differences, Many).Sample(d =>
        {
            SignedRankTest test = SignedRankTest.Compute(d), cubed = SignedRankTest.Compute(d.Select(x => x * x * x));
            return test with { Median = 0.0 } == cubed with { Median = 0.0 };
        });

    [Fact]
    public void Two_censored_values_do_not_differ()
    {
        Assert.Equal(SignedRankTest.Compute([3, 0, -1, 0]), SignedRankTest.Compute([3, Infinity - Infinity, -1, 0]));
        Assert.Equal(0.0, SignedRankTest.Compute([-Infinity, Infinity]).Median);
        Assert.Equal(Infinity, SignedRankTest.Compute([-1, 2, Infinity, Infinity]).Median);
        Assert.Equal(new SignedRankTest(0, 0.0, 1.0, 1.0, 0.0), SignedRankTest.Compute([0, 0]));
        Assert.Equal(new SignedRankTest(0, 0.0, 1.0, 1.0, 0.0), SignedRankTest.Compute([]));
    }

    [Fact]
    public void The_far_tail_does_not_vanish()
    {
        SignedRankTest fifty = SignedRankTest.Compute(Enumerable.Range(1, 50).Select(i => (double)i));
        Assert.Equal(Math.ScaleB(1.0, -50), fifty.PositivePValue);

        // n = 1,000: mean n(n + 1)/4 = 250,250 and variance n(n + 1)(2n + 1)/24 = 83,458,375; half a rank less.
        SignedRankTest thousand = SignedRankTest.Compute(Enumerable.Range(1, 1000).Select(i => (double)i));
        double z = 250_249.5 / Math.Sqrt(83_458_375.0);
        Assert.Equal(1.0, thousand.PositivePValue / NormalDistribution.UpperTail(z), 1e-12);
        Assert.InRange(thousand.PositivePValue, 1e-170, 1e-160);
    }

    [Fact]
    public void Beyond_fifty_the_normal_approximation_is_close_to_the_exact_distribution()
    {
        // The excess kurtosis of the sum is −2·Σr⁴/(Σr²)² ≈ −3.6/n. Edgeworth's term for it, κ/24·(z³ − 3z)·φ(z), is at
        // most 0.083/n, as |(z³ − 3z)·φ(z)| ≤ 0.551; the terms after it and half a step are of the order of n⁻².
        const int n = 60, total = n * (n + 1) / 2;
        var probability = new double[total + 1];
        probability[0] = 1.0;
        for (int rank = 1; rank <= n; rank++)
        {
            for (int sum = total; sum >= 0; sum--)
                probability[sum] = 0.5 * (probability[sum] + (sum >= rank ? probability[sum - rank] : 0.0));
        }

        var random = new Random(12);
        for (int sample = 0; sample < 100; sample++)
        {
            double[] d = [.. Enumerable.Range(1, n).Select(i => random.Next(2) == 0 ? i : (double)-i)];
            int observed = (int)d.Where(x => x > 0.0).Sum();
            Assert.Equal(probability[observed..].Sum(), SignedRankTest.Compute(d).PositivePValue, 0.09 / n);
        }
    }

    [Theory]
    [InlineData(25)] // exact
    [InlineData(90)] // normal
    public void Without_an_effect_the_p_value_is_uniform(int pairs)
    {
        // 2,000 samples with ties and a zero in every fifth pair: the share below 0.05 has a standard error of 0.0049;
        // five of them. An exact test may stay below 0.05 by the probability of its next value, here less than 0.005.
        var random = new Random(12);
        int positive = 0, negative = 0;
        for (int sample = 0; sample < 2000; sample++)
        {
            SignedRankTest test = SignedRankTest.Compute(Enumerable.Range(0, pairs).Select(i =>
                i % 5 == 0 ? 0.0 : random.Next(1, 31) * (random.Next(2) == 0 ? 0.5 : -0.5)));
            positive += test.PositivePValue <= 0.05 ? 1 : 0;
            negative += test.NegativePValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(positive / 2000.0, 0.045 - 0.0245, 0.05 + 0.0245);
        Assert.InRange(negative / 2000.0, 0.045 - 0.0245, 0.05 + 0.0245);
    }

    [Theory]
    // Sums of binomial coefficients in integer arithmetic, divided at the end.
    [InlineData(8, 2, 0.0546875)]
    [InlineData(150, 86, 0.00001857968069785721171)]
    [InlineData(525, 475, 0.0606071329055186923)]
    [InlineData(600, 400, 1.364232078033009213e-10)]
    [InlineData(50_000, 50_000, 0.5012615631070983699)]
    [InlineData(50_500, 49_500, 0.0007911799394257978222)]
    [InlineData(53_000, 47_000, 1.341968689072597094e-80)]
    public void Sign_tests_equal_integer_arithmetic(int wins, int losses, double p)
    {
        Assert.Equal(1.0, new SignTest(wins, losses).WinsPValue / p, 1e-12);
        Assert.Equal(1.0, new SignTest(losses, wins).LossesPValue / p, 1e-12);
    }

    [Fact]
    public void In_82_years_more_boys_than_girls_were_christened()
    {
        // Arbuthnot 1710, "An argument for divine providence": one half to the power of 82.
        Assert.Equal(1.0, new SignTest(82, 0).WinsPValue / Math.ScaleB(1.0, -82), 1e-14);
        Assert.Equal(1.0, new SignTest(82, 0).LossesPValue);
        Assert.Equal(1.0, new SignTest(0, 0).WinsPValue);
        Assert.Equal(1.0, new SignTest(0, 0).LossesPValue);
        Assert.Equal(0.0, new SignTest(100_000, 0).WinsPValue); // 2⁻¹⁰⁰⁰⁰⁰ is no double
        Assert.Equal(1.0, new SignTest(0, 100_000).WinsPValue);
    }

    [Fact]
    public void Sign_tests_equal_the_enumeration_of_all_signs()
    {
        for (int n = 0; n <= 12; n++)
        {
            for (int wins = 0; wins <= n; wins++)
            {
                int atLeast = Enumerable.Range(0, 1 << n).Count(signs => BitOperations.PopCount((uint)signs) >= wins);
                Assert.Equal((double)atLeast / (1 << n), new SignTest(wins, n - wins).WinsPValue, 1e-15);
            }
        }
    }

    [Fact]
    public void The_upper_and_lower_tails_sum_to_one()
        => Gen.Select(Gen.Int[1, 2000], Gen.Int[0, 2000]).Sample((wins, losses) => Math.Abs(
            new SignTest(wins, losses).WinsPValue + new SignTest(wins - 1, losses + 1).LossesPValue - 1.0) < 1e-13);

    [Fact]
    public void With_equal_magnitudes_signed_ranks_equal_the_sign_test()
        => Gen.Select(Gen.Int[0, 25], Gen.Int[0, 25]).Sample((wins, losses) =>
        {
            SignedRankTest ranks = SignedRankTest.Compute(
                [.. Enumerable.Repeat(2.5, wins), .. Enumerable.Repeat(-2.5, losses)]);
            return Math.Abs((new SignTest(wins, losses).WinsPValue / ranks.PositivePValue) - 1.0) < 1e-13;
        });

    private static double NaiveRank(double[] differences, double x)
        => differences.Count(y => Math.Abs(y) < Math.Abs(x))
            + (0.5 * (differences.Count(y => Math.Abs(y) == Math.Abs(x)) + 1));
}
