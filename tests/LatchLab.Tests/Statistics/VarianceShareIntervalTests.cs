using LatchLab.Numerics;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

public sealed class VarianceShareIntervalTests
{
    private const ulong Seed = 1994;

    private const int Samples = 10_000;

    private static readonly int[] Sizes = [12, 20, 50, 100];

    private static readonly SimulatedDistribution Low = new(new DistributionPart(1.0, 0.0, 1.0)),
        High = new(new DistributionPart(1.0, 1.0, 2.0)),
        Mostly = new(new(0.7, 0.0, 1.0), new(0.3, 1.0, 2.0)),
        Rarely = new(new(0.3, 0.0, 1.0), new(0.7, 1.0, 2.0)),
        Extreme = new(new(0.5, -1.0, 0.0), new(0.5, 1.0, 2.0)),
        Failing = new(new(0.5, 0.0, 1.0), new(0.5, double.PositiveInfinity));

    /// <summary>The values of each group.</summary>
    private static readonly (string Name, SimulatedDistribution[] Groups)[] Cases =
    [
        ("2 groups alike", [Low, Low]),
        ("3 groups alike", [Low, Low, Low]),
        ("2 groups, 30 % and 70 % above 1", [Mostly, Rarely]),
        ("3 groups, 30 %, 30 % and 70 % above 1", [Mostly, Mostly, Rarely]),
        ("3 groups, 0, 30 % and 100 % above 1", [Low, Mostly, High]),
        ("2 groups, one about the other", [Low, Extreme]),
        ("3 groups, one of which fails in 50 %", [Low, Low, Failing]),
        ("2 groups, one of which fails in 50 %", [Low, Failing]),
    ];

    [Fact]
    public void The_lower_end_is_above_0_if_the_t_test_of_two_groups_rejects_at_half_the_level()
    {
        // η² = t²/(t² + n − 2) of two groups.
        const int n = 20;
        double t = StudentDistribution.Quantile(1.0 - (0.5 * LevelTable.Level), n - 2);
        Assert.Equal(0.0, Compute(0.999 * t).Lower);
        Assert.NotEqual(0.0, Compute(1.001 * t).Lower);

        static Estimate Compute(double t)
            => VarianceShareInterval.Compute(t * t / ((t * t) + n - 2), n, groups: 2, LevelTable.Confidence);
    }

    [Fact]
    public void Squared_correlations_of_normal_samples_have_intervals_that_err_as_often_as_nominal()
    {
        const int n = 20, samples = 2000;
        const double truth = 0.3, tail = 0.1;
        int above = 0, below = 0;
        double firstAbove = FindFirst(share => Compute(share).Lower > truth),
            lastBelow = FindFirst(share => Compute(share).Upper >= truth);
        for (int sample = 0; sample < samples; sample++)
        {
            var stream = new UniformStream(Seed, Purpose.Resampling, 0, n, (uint)sample);
            double[] x = Draw(stream), y = [.. Draw(stream).Zip(x, (other, regressor)
                => (Math.Sqrt(1.0 - truth) * other) + (Math.Sqrt(truth) * regressor))];
            double share = Math.Pow(Covary(x, y), 2.0) / (Covary(x, x) * Covary(y, y));
            above += share > firstAbove ? 1 : 0;
            below += share < lastBelow ? 1 : 0;
        }

        // Four standard deviations of a binomial number.
        double margin = 4.0 * Math.Sqrt(samples * tail * (1.0 - tail));
        Assert.InRange(above, (samples * tail) - margin, (samples * tail) + margin);
        Assert.InRange(below, (samples * tail) - margin, (samples * tail) + margin);

        static Estimate Compute(double share)
            => VarianceShareInterval.Compute(share, n, groups: 2, 1.0 - (2.0 * tail));

        static double[] Draw(UniformStream stream)
            => [.. Enumerable.Range(0, n).Select(_ => NormalDistribution.Quantile(stream.Next() + 1e-17))];

        static double Covary(double[] a, double[] b)
            => a.Zip(b, (left, right) => (left - a.Average()) * (right - b.Average())).Sum();
    }

    [Fact]
    public void Groups_that_agree_more_than_by_chance_have_the_upper_end_of_chance()
    {
        Estimate interval = VarianceShareInterval.Compute(0.01, values: 21, groups: 3, LevelTable.Confidence);
        Assert.Equal(0.0, interval.Lower);
        Assert.Equal(
            VarianceShareInterval.Compute(0.1, values: 21, groups: 3, LevelTable.Confidence).Upper, interval.Upper);
    }

    [Fact]
    public void Nothing_is_known_of_an_undefined_share_or_without_a_second_value_in_a_group()
    {
        Assert.Equal(
            (0.0, 1.0), VarianceShareInterval.Compute(double.NaN, 9, 3, LevelTable.Confidence) is var undefined
                ? (undefined.Lower, undefined.Upper) : default);
        Assert.Equal(new Estimate(1.0, 0.0, 1.0), VarianceShareInterval.Compute(1.0, 3, 3, LevelTable.Confidence));
    }

    [Fact]
    public void The_documented_levels_of_shares_are_measured()
    {
        SlowTests.SkipUnlessRequested();
        LevelTable.AssertDocumented(Cases.Select(one =>
            $"| {one.Name} | {string.Join(" | ", Sizes.Select(n => Simulate(one.Groups, n)))} |"));
    }

    /// <summary>The percentages of intervals wholly above and wholly below the true share.</summary>
    private static string Simulate(SimulatedDistribution[] groups, int n)
    {
        double truth = ComputeShare(groups);
        double firstAbove = FindFirst(share => Compute(share).Lower > truth),
            lastBelow = FindFirst(share => Compute(share).Upper >= truth);
        int above = 0, below = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            var stream = new UniformStream(Seed, Purpose.Resampling, groups.Length, (uint)n, (uint)sample);
            int[] drawn;
            do
            {
                drawn = [.. Enumerable.Range(0, n).Select(_ => (int)(stream.Next() * groups.Length))];
            }
            while (drawn.Distinct().Count() < groups.Length);
            double share = RankVarianceShare.Compute(
                [.. drawn.Select(group => groups[group].Draw(stream, 1)[0])], drawn);
            above += share > firstAbove ? 1 : 0;
            below += share < lastBelow ? 1 : 0;
        }

        return FormattableString.Invariant($"{100.0 * above / Samples:0.00}, {100.0 * below / Samples:0.00}");

        Estimate Compute(double share)
            => VarianceShareInterval.Compute(share, n, groups.Length, LevelTable.Confidence);
    }

    /// <summary>The smallest share with a property that all larger ones have; 1 if none has it.</summary>
    private static double FindFirst(Func<double, bool> holds)
    {
        double lower = 0.0, upper = 1.0;
        if (holds(lower))
            return lower;
        for (int i = 0; i < 24; i++)
            (lower, upper) = 0.5 * (lower + upper) is var middle && holds(middle) ? (lower, middle) : (middle, upper);
        return upper;
    }

    /// <summary>
    /// The share of equally frequent groups: the variance of the ranks of all values is (1 − Σ p³)/12 with the
    /// probabilities p of single values.
    /// </summary>
    private static double ComputeShare(SimulatedDistribution[] groups)
    {
        double between = groups.Average(
            group => Math.Pow(0.5 * groups.Average(other => other.NetConcordance(group)), 2.0));
        double ties = groups.SelectMany(group => group.Parts).Where(part => part.Low == part.High)
            .GroupBy(part => part.Low).Sum(parts => Math.Pow(parts.Sum(part => part.Probability) / groups.Length, 3.0));
        return between / ((1.0 - ties) / 12.0);
    }
}
