using CsCheck;
using LatchLab.Numerics;
using LatchLab.Statistics;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Tests.Statistics;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Summaries from totals, compared with those from the outcomes and with direct computations.</summary>
public sealed class OutcomeSummaryTests
{
    private const int Budget = 3000, TestSequences = 200, Sequences = 30;

    [Fact]
    public void Totals_do_not_depend_on_the_order_of_trials()
        => Trials().Array[1, 50].Sample(outcomes =>
        {
            OutcomeSummary forwards = FromTotals(outcomes), backwards = FromTotals([.. outcomes.Reverse()]);
            Assert.Equal(Estimates(forwards), Estimates(backwards));
        });

    [Fact]
    public void Outcomes_and_their_totals_have_the_same_summary_but_for_the_bins_of_medians()
        => Trials().Array[1, 50].Sample(outcomes =>
        {
            OutcomeSummary totals = FromTotals(outcomes), memory = OutcomeSummary.Create(Configuration, outcomes);
            Assert.Equal(
                (totals.Success, totals.TestError, totals.TrainingError, totals.Trials, totals.TrainingPresentations),
                (memory.Success, memory.TestError, memory.TrainingError, memory.Trials, memory.TrainingPresentations));
            Assert.All(Enum.GetValues<StopReason>(), reason => Assert.Equal(totals[reason], memory[reason]));
            AssertWithinBins(totals.Presentations, memory.Presentations);
            AssertWithinBins(totals.TestCost, memory.TestCost);
        });

    [Fact]
    public void The_median_is_the_least_value_that_half_of_the_trials_do_not_exceed()
        => Gen.Int[1, 60].Array[1, 50].Sample(values =>
        {
            Outcome[] outcomes = [.. values.Select(value => new Outcome(StopReason.Converged, value, 0, 0.0))];
            double expected = values.Order().First(value => 2 * values.Count(other => other <= value) >= values.Length);
            Assert.Equal(expected, FromTotals(outcomes).Presentations.Value);
            Assert.Equal(expected, OutcomeSummary.Create(Configuration, outcomes).Presentations.Value);
        });

    [Fact]
    public void The_mean_error_and_its_interval_are_those_of_the_single_errors()
        => Trials().Array[2, 50].Sample(outcomes =>
        {
            double[] errors = [.. outcomes.Select(outcome => outcome.TestError).Where(double.IsFinite)];
            Estimate estimate = FromTotals(outcomes).TestError;
            if (errors.Length < 2 || errors.Distinct().Count() == 1)
                return;
            double mean = errors.Average();
            double deviation = Math.Sqrt(errors.Sum(error => (error - mean) * (error - mean)) / (errors.Length - 1));
            double half = StudentDistribution.TwoSided95Quantile(errors.Length - 1) * deviation
                / Math.Sqrt(errors.Length);

            // About fifty roundings of numbers up to 1, times Student's quantile, at most 12.7; the totals are exact.
            Assert.Equal(mean, estimate.Value, 1e-14);
            Assert.Equal(Math.Max(0.0, mean - half), estimate.Lower, 1e-12);
            Assert.Equal(Math.Min(1.0, mean + half), estimate.Upper, 1e-12);
        });

    [Fact]
    public void Trials_that_did_not_converge_rank_after_all_others()
    {
        Outcome[] outcomes =
        [
            .. Enumerable.Range(1, 4).Select(i => new Outcome(StopReason.Converged, 10 * i, 0, 0.0)),
            .. Enumerable.Range(1, 5).Select(_ => new Outcome(StopReason.BudgetExhausted, Budget, 0, 0.0)),
        ];
        Estimate censored = FromTotals(outcomes).Presentations;
        Assert.True(censored.IsCensored);
        Assert.Equal((Budget, double.PositiveInfinity), (censored.Value, censored.Upper));
        Estimate known = FromTotals(outcomes[..7]).Presentations;
        Assert.False(known.IsCensored);
        Assert.Equal(40.0, known.Value);
    }

    [Fact]
    public void The_median_of_five_trials_or_fewer_has_an_unbounded_interval()
    {
        Outcome[] outcomes =
            [.. Enumerable.Range(1, 6).Select(i => new Outcome(StopReason.Converged, 10 * i, 0, 0.0))];
        Estimate five = FromTotals(outcomes[..5]).Presentations,
            six = FromTotals(outcomes).Presentations;
        Assert.Equal(new Estimate(30.0, 0.0, double.PositiveInfinity), five);
        Assert.Equal(new Estimate(30.0, 10.0, 60.0), six); // 1 − 2·2⁻⁶ is 97 %
    }

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 0.675)] // the interval of two equal errors is not a point
    [InlineData(30, 0.0)]
    public void The_interval_of_trials_that_agree_is_that_of_the_widest_distribution_with_their_mean(
        int trials, double error)
    {
        Outcome[] outcomes =
        [
            .. Enumerable.Repeat(new Outcome(StopReason.Converged, 1, 0, 0.0) { TestError = error }, trials),
        ];
        (double lower, double upper) = Proportion.ComputeWilsonInterval(error * trials, trials);
        Assert.Equal(new Estimate(error, lower, upper), FromTotals(outcomes).TestError);
        Assert.True(lower <= error && error < upper);
    }

    [Theory]
    [InlineData(8, 0.5)]
    [InlineData(20, 0.3)]
    [InlineData(50, 0.1)]
    public void The_interval_of_a_mean_error_covers_it_where_trials_either_learn_or_stay_at_chance(
        int trials, double failing)
    {
        // The least favourable errors in practice: 0 for trials that learn, 0.5 for the others. Student's interval of
        // such a mixture is known to fall short of 95 % by some percent when few trials fail (0.1 · 50 = 5 expected).
        const int samples = 4000;
        int covered = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            UniformStream uniforms = new TrialRandom(6, 1, sample).CreateUniformStream(Purpose.Search);
            Estimate estimate = FromTotals([.. Enumerable.Range(0, trials).Select(_ => new Outcome(
                StopReason.Stuck, 1, 0, 0.0) { TestError = uniforms.Next() < failing ? 0.5 : 0.0 })]).TestError;
            covered += estimate.Lower <= 0.5 * failing && 0.5 * failing <= estimate.Upper ? 1 : 0;
        }

        Assert.InRange((double)covered / samples, 0.85, 1.0);
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
        OutcomeSummary summary = FromTotals(outcomes) with { RootMeanSquareErrorScale = 12.0 };
        Assert.Equal(12.0 * Math.Sqrt(summary.TestCost.Value), summary.RootMeanSquareError.Value);
        Assert.Equal(6.0, summary.RootMeanSquareError.Value, 6.0 * 0.008); // half a bin, before the square root
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
            FromTotals(outcomes).Success);
    }

    [Fact]
    public void Without_trials_there_are_no_estimates()
        => Assert.All(Estimates(FromTotals([])), estimate => Assert.Equal(Estimate.Unknown, estimate));

    [Theory] // Student's t, two-sided 95 %, from published tables
    [InlineData(1, 12.706, 0.001)]
    [InlineData(2, 4.303, 0.001)]
    [InlineData(5, 2.571, 0.001)]
    [InlineData(6, 2.447, 0.001)]
    [InlineData(10, 2.228, 0.001)]
    [InlineData(30, 2.042, 0.001)]
    [InlineData(120, 1.980, 0.001)]
    public void Students_t_equals_the_published_tables(int degrees, double expected, double relative)
        => Assert.Equal(1.0, StudentDistribution.TwoSided95Quantile(degrees) / expected, relative);

    [Theory] // the largest d with Σ_{k<d} (n over k) ≤ 2.5 % of 2ⁿ, by whole numbers
    [InlineData(6, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(12, 3)]
    [InlineData(30, 10)]
    [InlineData(40, 14)]
    [InlineData(100, 40)]
    [InlineData(1_000, 469)]
    public void The_ranks_of_the_interval_of_a_median_are_those_of_the_sign_test(int trials, int lower)
    {
        Estimate estimate = Estimate.OfMedian(rank => rank, trials, double.NaN);
        Assert.Equal((lower, trials + 1 - lower), (estimate.Lower, estimate.Upper));
    }

    [Fact]
    public void The_interval_of_a_median_covers_95_percent_and_the_next_ranks_do_not()
        => Gen.Int[6, 1_000].Sample(trials =>
        {
            var lower = (int)Estimate.OfMedian(rank => rank, trials, double.NaN).Lower;
            Assert.True(ProbabilityBelow(lower) <= 0.025);
            Assert.True(ProbabilityBelow(lower + 1) > 0.025);

            double ProbabilityBelow(int count)
                => Enumerable.Range(0, count).Sum(k => BinomialProbability.Of(k, trials, 0.5));
        });

    [Fact]
    public void The_interval_of_the_median_has_its_nominal_coverage()
    {
        // 25 uniform numbers in 0 … 999 have the median 499.5. With 2,000 samples, three standard errors are 1.5 %.
        const int samples = 2000;
        int covered = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            UniformStream uniforms = new TrialRandom(5, 1, sample).CreateUniformStream(Purpose.Search);
            Estimate estimate = FromTotals([.. Enumerable.Range(0, 25).Select(
                _ => new Outcome(StopReason.Converged, (int)(1000.0 * uniforms.Next()), 0, 0.0))]).Presentations;

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

    private static Estimate[] Estimates(OutcomeSummary summary) =>
    [
        summary.Success, summary.TestError, summary.TrainingError, summary.Presentations, summary.TestCost,
        summary.RootMeanSquareError,
    ];

    private static void AssertWithinBins(Estimate binned, Estimate exact)
    {
        Assert.Equal(exact.IsCensored, binned.IsCensored);
        foreach ((double a, double b) in new[]
        {
            (exact.Value, binned.Value), (exact.Lower, binned.Lower), (exact.Upper, binned.Upper),
        })
        {
            if (!a.Equals(b))
                Assert.Equal(a, b, Math.Abs(a) / 64.0); // half of one of 32 bins in an octave
        }
    }

    private static TrainingConfiguration Configuration { get; } = CreateConfiguration();

    private static TrainingConfiguration CreateConfiguration()
    {
        TrainingConfiguration sample = ContractConfigurations.Of("latch", "back-propagation")[0];
        return sample with
        {
            Task = (GeneratedTask)sample.Task with { Sequences = Sequences },
            ConvergenceRule = new() { TestSequences = TestSequences },
            Limits = new() { Presentations = Budget },
        };
    }

    private static OutcomeSummary FromTotals(IReadOnlyList<Outcome> outcomes)
    {
        var totals = new OutcomeTotals(Sequences, TestSequences);
        foreach (Outcome outcome in outcomes)
            totals.Add(outcome);
        return OutcomeSummary.Create(totals, Budget);
    }
}
