using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>The trend test over ordered groups against all permutations, a published example and simulation.</summary>
public sealed class JonckheereTerpstraTestTests
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>Two to four groups, some empty, with few distinct values so that ties occur.</summary>
    private static readonly Gen<double[][]> Groups =
        Gen.Int[0, 4].Select(x => x == 4 ? Infinity : x).Array[0, 6].Array[2, 4];

    [Fact]
    public void The_example_of_Hollander_and_Wolfe_comes_out_as_worked_by_hand()
    {
        // Hollander and Wolfe (1999), example 6.2: pieces made without, with rough and with exact knowledge of
        // performance. J = 79, mean (18² − 3·6²)/4 = 54; ties of 2, 4, 2 and 3. Variance (12,546 − 1,530 − 258)/72
        // + 360·30/(36·4,896) + 90·22/(8·306) = 150.2868; without ties it would be 153, z = 2.02.
        JonckheereTerpstraTest test = JonckheereTerpstraTest.Compute(
        [
            [[40, 35, 38, 43, 44, 41], [38, 40, 47, 44, 40, 42], [48, 40, 45, 43, 46, 44]],
        ]);
        double variance = (10_758.0 / 72.0) + (10_800.0 / 176_256.0) + (1980.0 / 2448.0);
        Assert.Equal(25.0 / Math.Sqrt(variance), test.Z, 1e-12);
        Assert.Equal(0.0207, test.IncreasingPValue, 0.00005);
        Assert.Equal(0.9793, test.DecreasingPValue, 0.00005);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6 }, 2, 4)]
    [InlineData(new double[] { 1, 1, 2, 2, 2, 3 }, 2, 3)]
    [InlineData(new double[] { 1, 2, 2, Infinity, Infinity, Infinity, 0 }, 1, 4)]
    [InlineData(new double[] { 3, 1, 1, 1, 1, 1, 2 }, 3, 3)]
    [InlineData(new double[] { 2, 1 }, 1, 1)]
    public void Mean_and_variance_are_those_over_all_permutations(double[] values, int second, int third)
    {
        // Groups: values before index `second`, values from there up to `third`, and the rest.
        var counts = new List<double>();
        Permute(values, 0, p => counts.Add(NaiveConcordant(Split(p, second, third))));
        double mean = counts.Average(), deviation = Math.Sqrt(counts.Average(j => (j - mean) * (j - mean)));

        double z = (NaiveConcordant(Split(values, second, third)) - mean) / deviation;
        Assert.Equal(z, JonckheereTerpstraTest.Compute([Split(values, second, third)]).Z, 1e-12);
    }

    [Fact]
    public void For_groups_of_successes_and_failures_it_equals_the_trend_test()
        => Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 9]).Sample((a, b, c, d) =>
        {
            double[][] groups =
            [
                [.. Enumerable.Repeat(1.0, a), .. Enumerable.Repeat(0.0, b)],
                [.. Enumerable.Repeat(1.0, c), .. Enumerable.Repeat(0.0, d)],
            ];
            CochranArmitageTest trend = CochranArmitageTest.Compute([[(0.0, new(a, a + b)), (1.0, new(c, c + d))]]);
            Assert.Equal(trend.Z, JonckheereTerpstraTest.Compute([groups]).Z, 1e-12);
        });

    [Fact]
    public void Reversing_the_order_reverses_the_sign()
        => Groups.Sample(groups =>
        {
            double z = JonckheereTerpstraTest.Compute([groups]).Z;
            double[][] negated = [.. groups.Select(group => group.Select(x => -x).ToArray())];
            Assert.Equal(-z, JonckheereTerpstraTest.Compute([groups.Reverse().ToArray()]).Z, 1e-12);
            Assert.Equal(-z, JonckheereTerpstraTest.Compute([negated]).Z, 1e-12);
            Assert.Equal(JonckheereTerpstraTest.Compute([groups]).IncreasingPValue,
                JonckheereTerpstraTest.Compute([negated]).DecreasingPValue, 1e-12);
        });

    [Fact]
    public void Only_the_order_of_values_matters()
        => Groups.Sample(groups => JonckheereTerpstraTest.Compute([groups])
            == JonckheereTerpstraTest.Compute(
                [groups.Select(group => group.Select(x => double.IsFinite(x) ? x * x : 99.0).ToArray())
                .ToArray()]));

    [Fact]
    public void An_empty_group_changes_nothing()
        => Groups.Sample(
            groups => JonckheereTerpstraTest.Compute([groups])
                == JonckheereTerpstraTest.Compute([[[], .. groups, []]]));

    [Fact]
    public void Strata_add_up()
    {
        double[][] one = [[1, 2, 3], [2, 3, Infinity], [3, Infinity]];
        Assert.Equal(Math.Sqrt(2.0) * JonckheereTerpstraTest.Compute([one]).Z,
            JonckheereTerpstraTest.Compute([one, one]).Z, 1e-12);
        Assert.Equal(0.0, JonckheereTerpstraTest.Compute([one, one.Reverse().ToArray()]).Z, 1e-12);

        // A trend between strata is not a trend within them.
        Assert.Equal(0.0, JonckheereTerpstraTest.Compute([[[1, 2], [1, 2]], [[8, 9], [8, 9]]]).Z);
    }

    [Fact]
    public void Constant_values_have_no_trend()
    {
        Assert.Equal(0.5, JonckheereTerpstraTest.Compute([[[1, 1], [1, 1, 1], [1]]]).IncreasingPValue, 1e-12);
        Assert.Equal(0.5, JonckheereTerpstraTest.Compute([[[Infinity, Infinity], [Infinity]]]).DecreasingPValue, 1e-12);
        Assert.Equal(0.0, JonckheereTerpstraTest.Compute([[[1, 2, 3]]]).Z);
        Assert.Equal(0.0, JonckheereTerpstraTest.Compute([[[1], []], []]).Z);
        Assert.Equal(0.0, JonckheereTerpstraTest.Compute([]).Z);
        Assert.Throws<ArgumentException>(() => JonckheereTerpstraTest.Compute([[[1], [double.NaN]]]));
    }

    [Fact]
    public void Without_a_trend_the_p_value_is_uniform()
    {
        // 2,000 samples of two strata with five groups of ten runs, every fourth censored. The share of p-values below
        // 0.05 has a standard error of 0.0049; the tolerance is five of them.
        var random = new Random(12);
        int falling = 0, growing = 0;
        for (int sample = 0; sample < 2000; sample++)
        {
            JonckheereTerpstraTest test = JonckheereTerpstraTest.Compute([Stratum(), Stratum()]);
            falling += test.DecreasingPValue < 0.05 ? 1 : 0;
            growing += test.IncreasingPValue < 0.05 ? 1 : 0;
        }

        Assert.InRange(falling / 2000.0, 0.05 - 0.0245, 0.05 + 0.0245);
        Assert.InRange(growing / 2000.0, 0.05 - 0.0245, 0.05 + 0.0245);

        double[][] Stratum() => [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 10)
            .Select(_ => random.Next(4) == 0 ? Infinity : random.NextDouble()).ToArray())];
    }

    private static double[][] Split(double[] values, int second, int third)
        => [values[..second], values[second..third], values[third..]];

    /// <summary>
    /// J by its definition: all pairs of a value from an earlier group and a value from a later group.
    /// </summary>
    private static double NaiveConcordant(double[][] groups)
    {
        double concordant = 0.0;
        for (int j = 0; j < groups.Length; j++)
        {
            for (int i = 0; i < j; i++)
            {
                concordant += groups[i].Sum(x => groups[j].Sum(y => x < y ? 1.0 : x == y ? 0.5 : 0.0));
            }
        }

        return concordant;
    }

    private static void Permute(double[] values, int from, Action<double[]> visit)
    {
        if (from == values.Length)
            visit(values);
        for (int i = from; i < values.Length; i++)
        {
            (values[from], values[i]) = (values[i], values[from]);
            Permute(values, from + 1, visit);
            (values[from], values[i]) = (values[i], values[from]);
        }
    }
}
