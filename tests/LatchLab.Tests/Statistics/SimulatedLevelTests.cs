using LatchLab.Numerics;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>
/// The level of the intervals of means and trends by simulation of trials with skewed values, many ties and rare
/// failures: how often the 99 % interval lies wholly above and wholly below the true value, beside the plain interval
/// of Student.
/// </summary>
public sealed class SimulatedLevelTests
{
    private const ulong Seed = 1994;

    /// <summary>Samples of each distribution in the fast tests and for the documented tables.</summary>
    private const int FewSamples = 50, ManySamples = 10_000;

    private static readonly int[] Sizes = [30, 60, 100, 300];

    /// <summary>Errors in 0 … 1 and differences of errors in −1 … 1, with the range.</summary>
    private static readonly (double Minimum, SimulatedDistribution Values)[] Means =
    [
        (0.0, new(new(0.8, 0.0), new(0.2, 0.5))),
        (0.0, new(new(0.5, 0.0), new(0.5, 0.5))),
        (0.0, new(new(0.9, 0.0), new(0.1, 1.0))),
        (0.0, new(new(0.98, 0.0), new(0.02, 1.0))),
        (0.0, new(new(0.7, 0.0), new(0.2, 0.25), new(0.1, 0.5))),
        (0.0, new(new(0.98, 0.0, 0.02), new(0.02, 1.0))),
        (0.0, new(new(0.9, 0.0, 0.02), new(0.1, 0.5))),
        (0.0, new(new(0.5, 0.0), new(0.5, 0.0, 0.5))),
        (0.0, new(new DistributionPart(1.0, 0.0, 1.0))),
        (-1.0, new(new(0.9, 0.0), new(0.05, 0.5), new(0.05, -0.5))),
        (-1.0, new(new(0.9, 0.0), new(0.1, 0.5))),
        (-1.0, new(new(0.9, 0.0), new(0.09, 0.1), new(0.01, -0.9))),
        (-1.0, new(new(0.9, 0.0), new(0.1, -0.5, 0.5))),
        (-1.0, new(new DistributionPart(1.0, -0.3, 0.3))),
    ];

    private static readonly SimulatedDistribution Always0 = new(new DistributionPart(1.0, 0.0));

    private static readonly SimulatedDistribution Symmetric = new(new(0.5, -1.0), new(0.5, 1.0));

    private static readonly SimulatedDistribution Continuous = new(new DistributionPart(1.0, 0.0, 1.0));

    private static readonly SimulatedDistribution Presentations =
        new(new(0.5, 1.0), new(0.2, 2.0), new(0.1, 3.0), new(0.2, double.PositiveInfinity));

    /// <summary>Groups in their order.</summary>
    private static readonly (string Name, SimulatedDistribution[] Groups)[] Trends =
    [
        ("2 × 20 % failures", [Failures(0.2), Failures(0.2)]),
        ("3 × 2 % failures", [Failures(0.02), Failures(0.02), Failures(0.02)]),
        ("3 × 20 % failures", [Failures(0.2), Failures(0.2), Failures(0.2)]),
        ("3 × 50 % failures", [Failures(0.5), Failures(0.5), Failures(0.5)]),
        ("3 × 0 … 1", [Continuous, Continuous, Continuous]),
        ($"5 × {Presentations}", [Presentations, Presentations, Presentations, Presentations, Presentations]),
        ($"0, then {Symmetric}", [Always0, Symmetric]),
        ("10 %, 30 % failures", [Failures(0.1), Failures(0.3)]),
        ("2 %, 10 % failures", [Failures(0.02), Failures(0.1)]),
        ("0 %, 10 % failures", [Failures(0.0), Failures(0.1)]),
        ("5 %, 95 % failures", [Failures(0.05), Failures(0.95)]),
    ];

    private static readonly int[][] GroupSizes = [[20], [30], [100], [10, 30, 60]];

    [Fact]
    public void Intervals_of_means_keep_their_level()
        => Assert.All(Means.Index(), mean =>
            Assert.All(Sizes, n => SimulateMean(mean.Index, n, FewSamples).AssertLevel()));

    [Fact]
    public void Students_interval_does_not()
    {
        // 98 % of the samples' values are below 0.02, and 0.98³⁰ = 0.545 of the samples contain no other.
        Assert.InRange(SimulateMean(5, 30, FewSamples).PlainBelow, FewSamples * 0.35, FewSamples * 0.75);
    }

    [Fact]
    public void Intervals_of_trends_keep_their_level()
        => Assert.All(Trends.Index(), trend =>
            Assert.All(GroupSizes, sizes => SimulateTrend(trend.Index, sizes, FewSamples).AssertLevel()));

    [Fact]
    public void The_documented_levels_of_means_are_measured()
    {
        SlowTests.SkipUnlessRequested();
        LevelTable.AssertDocumented(Means.Index().Select(mean => FormatRow(
            mean.Item.Values.ToString(), Sizes.Select(n => SimulateMean(mean.Index, n, ManySamples)))));
    }

    [Fact]
    public void The_documented_levels_of_trends_are_measured()
    {
        SlowTests.SkipUnlessRequested();
        LevelTable.AssertDocumented(Trends.Index().Select(trend => FormatRow(
            trend.Item.Name, GroupSizes.Select(sizes => SimulateTrend(trend.Index, sizes, ManySamples)))));
    }

    /// <summary>The larger error of the plain interval, that of the interval, and the ratio of their widths.</summary>
    private static string FormatRow(string name, IEnumerable<Counts> columns)
        => $"| {name} | {string.Join(" | ", columns.Select(counts => counts.AssertLevel().ToString()))} |";

    private static SimulatedDistribution Failures(double probability)
        => new(new(1.0 - probability, 0.0), new(probability, double.PositiveInfinity));

    private static Counts SimulateMean(int index, int n, int samples)
    {
        (double minimum, SimulatedDistribution distribution) = Means[index];
        double t = StudentDistribution.Quantile(1.0 - LevelTable.Level, n - 1.0), expected = distribution.Mean;
        var counts = new Counts(samples);
        for (int sample = 0; sample < samples; sample++)
        {
            var stream = new UniformStream(Seed, Purpose.Resampling, index, (uint)n, (uint)sample);
            double[] values = distribution.Draw(stream, n);
            BoundedSample moments = BoundedSample.Create(values, minimum, 1.0);
            counts.Add(expected, MeanInterval.Compute(values, LevelTable.Confidence, minimum, 1.0),
                moments.Mean, t * Math.Sqrt(moments.Variance / n));
        }

        return counts;
    }

    private static Counts SimulateTrend(int index, int[] sizes, int samples)
    {
        SimulatedDistribution[] groups = Trends[index].Groups;
        int[] n = [.. groups.Select((_, g) => sizes[g % sizes.Length])];
        double concordance = 0.0, pairs = 0.0;
        for (int g = 0; g < n.Length; g++)
        {
            for (int h = g + 1; h < n.Length; h++)
            {
                pairs += n[g] * n[h];
                concordance += n[g] * n[h] * groups[g].NetConcordance(groups[h]);
            }
        }

        var counts = new Counts(samples);
        for (int sample = 0; sample < samples; sample++)
        {
            var stream = new UniformStream(Seed, Purpose.Resampling, 100 + index, (uint)sizes[0], (uint)sample);
            double[][] values = [.. groups.Select((group, g) => group.Draw(stream, n[g]))];
            (double theta, BoundedSample[] components) = ConcordanceTrend.ComputeComponents(values);
            double t = StudentDistribution.Quantile(
                1.0 - LevelTable.Level, ConcordanceTrend.ComputeDegreesOfFreedom(components));
            counts.Add(concordance / pairs, ConcordanceTrend.Compute(values, LevelTable.Confidence), theta,
                t * Math.Sqrt(components.Sum(group => group.Variance / group.Count)));
        }

        return counts;
    }

    /// <summary>Intervals wholly above and wholly below the true value, and the sums of their widths.</summary>
    private sealed class Counts(int samples)
    {
        public int Above { get; private set; }

        public int Below { get; private set; }

        public int PlainAbove { get; private set; }

        public int PlainBelow { get; private set; }

        private double Width { get; set; }

        private double PlainWidth { get; set; }

        public Counts AssertLevel()
        {
            Assert.InRange(Above, 0, LevelTable.LargestCount(samples));
            Assert.InRange(Below, 0, LevelTable.LargestCount(samples));
            return this;
        }

        public override string ToString()
            => FormattableString.Invariant(
                $"{Percent(PlainAbove, PlainBelow)} → {Percent(Above, Below)}, × {Width / PlainWidth:0.00}");

        public void Add(double expected, Estimate interval, double estimate, double plainHalfWidth)
        {
            // An end that equals the true value up to rounding does not exclude it.
            const double rounding = 1e-12;
            Above += interval.Lower > expected + rounding ? 1 : 0;
            Below += interval.Upper < expected - rounding ? 1 : 0;
            PlainAbove += estimate - plainHalfWidth > expected + rounding ? 1 : 0;
            PlainBelow += estimate + plainHalfWidth < expected - rounding ? 1 : 0;
            Width += interval.Upper - interval.Lower;
            PlainWidth += 2.0 * plainHalfWidth;
        }

        private string Percent(int above, int below)
            => FormattableString.Invariant($"{100.0 * Math.Max(above, below) / samples:0.00}");
    }
}
