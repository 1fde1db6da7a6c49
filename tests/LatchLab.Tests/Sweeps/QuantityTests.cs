using CsCheck;
using LatchLab.Numerics;
using LatchLab.Statistics;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Reports;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>
/// Report quantities computed from the totals of a configuration, compared with those computed from its outcomes.
/// </summary>
public sealed class QuantityTests
{
    private const int Budget = 3000, TestSequences = 200;

    [Fact]
    public void Totals_do_not_depend_on_the_order_of_trials()
        => Trials().Array[1, 50].Sample(outcomes =>
        {
            ConfigurationResult forwards = CreateResult(outcomes), backwards = CreateResult([.. outcomes.Reverse()]);
            Assert.All(Quantity.All,
                quantity => Assert.Equal(quantity.Evaluate(forwards), quantity.Evaluate(backwards)));
        });

    [Fact]
    public void The_mean_error_and_its_interval_are_those_of_the_single_errors()
        => Trials().Array[3, 50].Sample(outcomes =>
        {
            double[] errors = [.. outcomes.Select(outcome => outcome.TestError).Where(double.IsFinite)];
            Estimate estimate = Quantity.TestError.Evaluate(CreateResult(outcomes));
            if (errors.Length < 3 || errors.Distinct().Count() == 1)
                return;
            double mean = errors.Average();
            double deviation = Math.Sqrt(errors.Sum(error => (error - mean) * (error - mean)) / (errors.Length - 1));
            double half = StudentDistribution.TwoSided95Quantile(errors.Length - 1) * deviation
                / Math.Sqrt(errors.Length);

            // About fifty roundings of numbers up to 1; the squares of integers are exact in the totals.
            Assert.Equal(mean, estimate.Value, 1e-14);
            Assert.Equal(Math.Max(0.0, mean - half), estimate.Lower, 1e-7);
            Assert.Equal(Math.Min(1.0, mean + half), estimate.Upper, 1e-7);
        });

    [Fact]
    public void Trials_that_did_not_converge_rank_after_all_others()
    {
        Outcome[] outcomes =
        [
            .. Enumerable.Range(1, 4).Select(i => new Outcome(StopReason.Converged, 10 * i, 0, 0.0)),
            .. Enumerable.Range(1, 5).Select(_ => new Outcome(StopReason.BudgetExhausted, Budget, 0, 0.0)),
        ];
        Estimate censored = Quantity.Presentations.Evaluate(CreateResult(outcomes));
        Assert.True(censored.IsCensored);
        Assert.Equal((Budget, double.PositiveInfinity), (censored.Value, censored.Upper));
        Estimate known = Quantity.Presentations.Evaluate(CreateResult(outcomes[..7]));
        Assert.False(known.IsCensored);
        Assert.Equal(40.0, known.Value);
    }

    [Fact]
    public void The_median_of_five_trials_or_fewer_has_an_unbounded_interval()
    {
        Outcome[] outcomes =
            [.. Enumerable.Range(1, 6).Select(i => new Outcome(StopReason.Converged, 10 * i, 0, 0.0))];
        Estimate five = Quantity.Presentations.Evaluate(CreateResult(outcomes[..5])),
            six = Quantity.Presentations.Evaluate(CreateResult(outcomes));
        Assert.Equal(new Estimate(30.0, 0.0, double.PositiveInfinity), five);
        Assert.Equal(new Estimate(30.0, 10.0, 60.0), six); // 1 − 2·2⁻⁶ is 97 %
    }

    [Fact]
    public void Trials_that_agree_are_no_more_certain_than_one_test()
    {
        Outcome[] outcomes =
        [
            .. Enumerable.Range(0, 4).Select(_ => new Outcome(StopReason.Converged, 1, 0, 0.0) { TestError = 0.0 }),
        ];
        Assert.Equal(
            new Estimate(0.0, 0.0, new Proportion(0, TestSequences).Upper),
            Quantity.TestError.Evaluate(CreateResult(outcomes)));
    }

    [Fact]
    public void A_root_mean_square_error_is_in_the_units_of_the_label()
    {
        Outcome[] outcomes =
        [
            .. Enumerable.Range(0, 9).Select(_ => new Outcome(StopReason.Converged, 1, 0, 0.0)
            {
                TestError = 0.0,
                TestCost = 0.25,
            }),
        ];
        ConfigurationResult result = CreateResult(outcomes) with { RootMeanSquareErrorScale = 12.0 };
        Estimate cost = Quantity.TestCost.Evaluate(result), error = Quantity.RootMeanSquareError.Evaluate(result);
        Assert.Equal(12.0 * Math.Sqrt(cost.Value), error.Value);
        Assert.Equal(6.0, error.Value, 6.0 * 0.008); // half a bin width of the histogram, before the square root
    }

    [Fact]
    public void Success_rates_have_Wilson_intervals()
    {
        Outcome[] outcomes =
        [
            .. Enumerable.Range(0, 20).Select(
                i => new Outcome(i < 7 ? StopReason.Converged : StopReason.Stuck, 1, 0, 0.0)),
        ];
        var wilson = new Proportion(7, 20);
        Assert.Equal(
            new Estimate(wilson.Frequency, wilson.Lower, wilson.Upper),
            Quantity.Success.Evaluate(CreateResult(outcomes)));
    }

    [Fact]
    public void Without_trials_there_are_no_estimates()
        => Assert.All(Quantity.All, quantity => Assert.True(double.IsNaN(quantity.Evaluate(CreateResult([])).Value)));

    [Theory] // Student's t, two-sided 95 %, from published tables
    [InlineData(2, 4.303, 0.04)]
    [InlineData(3, 3.182, 0.01)]
    [InlineData(6, 2.447, 0.001)]
    [InlineData(10, 2.228, 0.001)]
    [InlineData(30, 2.042, 0.001)]
    [InlineData(120, 1.980, 0.001)]
    public void Students_t_equals_the_published_tables(int degrees, double expected, double relative)
        => Assert.Equal(1.0, StudentDistribution.TwoSided95Quantile(degrees) / expected, relative);

    [Fact]
    public void The_interval_of_the_median_has_its_nominal_coverage()
    {
        // 25 uniform numbers in 0 … 999 have the median 499.5. With 2,000 samples, three standard errors are 1.5 %.
        const int samples = 2000;
        int covered = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            UniformStream uniforms = new TrialRandom(5, 1, sample).CreateUniformStream(Purpose.Search);
            Estimate estimate = Quantity.Presentations.Evaluate(CreateResult([.. Enumerable.Range(0, 25).Select(
                _ => new Outcome(StopReason.Converged, (int)(1000.0 * uniforms.Next()), 0, 0.0))]));

            // The median ± half a bin of the histogram.
            covered += estimate.Lower <= 507.0 && estimate.Upper >= 492.0 ? 1 : 0;
        }

        Assert.InRange((double)covered / samples, 0.95 - 0.015, 1.0);
    }

    private static Gen<Outcome> Trials()
        => Gen.Select(
            Gen.Enum<StopReason>(), Gen.Int[1, Budget], Gen.Int[0, TestSequences], Gen.Bool,
            (stopReason, presentations, incorrect, isTested) => new Outcome(stopReason, presentations, 30, 0.1)
            {
                TestError = isTested ? (double)incorrect / TestSequences : double.NaN,
                TestCost = isTested ? 0.001 * incorrect : double.NaN,
            });

    private static ConfigurationResult CreateResult(IReadOnlyList<Outcome> outcomes)
    {
        var totals = new ConfigurationTotals(trainingSequences: 30, TestSequences);
        foreach (Outcome outcome in outcomes)
            totals.Add(outcome);
        return new([("rule.presentations", $"{Budget}")], totals);
    }
}
