using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Power;
using Xunit;

namespace LatchLab.Tests.Paper;

/// <summary>
/// Simulated data sets: draws whose quantity equals its threshold, and what is known of a claim in advance.
/// </summary>
public sealed class PowerTests
{
    private const double Threshold = 0.25;

    private static readonly PartRule Error = new("error", Statistic.Mean, Side.Below, Threshold, 0.02),
        Growth = new("trend", Statistic.Trend, Side.Above, 0.0, 0.05),
        Difference = new("difference", Statistic.MeanDifference, Side.Above, 0.0, 0.02);

    [Theory]
    [InlineData(new[] { 0.0, 0.0, 0.1, 0.5 })]
    [InlineData(new[] { 0.4, 0.5, 0.5, 0.45 })]
    [InlineData(new[] { 0.0, 0.0, 0.0 })] // all trials agree: only the ends of the range give another mean
    public void Null_draws_have_the_threshold_as_their_mean(double[] trials)
    {
        var sample = new NullSample(new("part", Error, [trials]));
        double[] values = Draw(sample, 40_000)[0];
        HashSet<double> support = [.. trials, 0.0, 1.0];
        Assert.All(values, value => Assert.Contains(value, support));

        // Five standard errors of a mean of values in 0 … 1 with this mean.
        double error = Math.Sqrt(Threshold * (1.0 - Threshold) / values.Length);
        Assert.InRange(values.Average(), Threshold - (5.0 * error), Threshold + (5.0 * error));
    }

    [Fact]
    public void Null_draws_keep_ties_more_often_than_any_other_value()
    {
        // Nine differences in ten are 0, and the others are positive: the weights of the positive ones fall until the
        // single trial of either end balances them.
        double[] trials = [.. Enumerable.Repeat(0.0, 90), .. Enumerable.Repeat(0.3, 10)];
        double[] values = Draw(new NullSample(new("part", Difference, [trials])), 40_000)[0];
        Assert.InRange(values.Count(value => value == 0.0) / 40_000.0, 0.85, 1.0);
        Assert.InRange(values.Average(), -0.01, 0.01);
    }

    [Fact]
    public void Null_draws_of_a_trend_come_from_all_lengths_together()
    {
        double[][] groups = Draw(new NullSample(new("part", Growth, [[1.0, 1.0], [2.0, 2.0]])), 20_000);
        double error = 0.5 / Math.Sqrt(20_000);
        foreach (double[] group in groups)
            Assert.InRange(group.Average(), 1.5 - (5.0 * error), 1.5 + (5.0 * error));
    }

    [Fact]
    public void A_claim_far_from_its_threshold_needs_few_trials_and_one_at_its_threshold_is_too_close()
    {
        SlowTests.SkipUnlessRequested();
        var row = new ClaimRow("8-error", 8, "Performs well.", "", "figure-4", Formula.All, "length", Error);
        double[] low = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.0 : 0.1)];
        double[] atThreshold = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.0 : 0.5)];
        var simulation = new ClaimSimulation(seed: 1, dataSets: 200, threads: 1);
        (ClaimPower decided, SimulatedClaim errors) = simulation.Simulate(
            new(row, [new("a", Error, [low]), new("b", Error, [low])]), 30, CancellationToken.None);
        (ClaimPower close, _) = simulation.Simulate(
            new(row, [new("a", Error, [low]), new("b", Error, [atThreshold])]), 30, CancellationToken.None);
        Assert.Equal("8-error trials=60", decided.FormatLine());
        Assert.Equal("8-error too-close", close.FormatLine());

        // α/2 = 0.005 a part; five standard errors of 200 data sets.
        Assert.InRange(errors.FalselyReproduced.Frequency, 0.0, 0.005 + (5.0 * Math.Sqrt(0.005 / 200.0)));
        Assert.InRange(errors.FalselyNotReproduced.Frequency, 0.0, 0.005 + (5.0 * Math.Sqrt(0.005 / 200.0)));
    }

    [Theory]
    [InlineData("8-error", "claim-power.txt:1: '8-error' is not a new claim of the table with trials=N, " +
        "more-than=N or too-close")]
    [InlineData("8-eror trials=30", "claim-power.txt:1: '8-eror trials=30' is not a new claim of the table with " +
        "trials=N, more-than=N or too-close")]
    [InlineData("8-error trials=0", "claim-power.txt:1: '8-error trials=0' is not a new claim of the table with " +
        "trials=N, more-than=N or too-close")]
    public void A_damaged_file_of_needed_trials_is_rejected_with_its_line(string line, string expected)
    {
        var exception = Assert.Throws<ValidationException>(() => ClaimPower.Parse([line, "", "# a comment"]));
        Assert.Equal(expected, Assert.Single(exception.Errors).ToString());
    }

    private static double[][] Draw(NullSample sample, int trials)
        => [.. sample.Draw(trials, new TrialRandom(Seed: 1, RandomWord: 0, Trial: 0)
            .CreateUniformStream(Purpose.Resampling)).Groups];
}
