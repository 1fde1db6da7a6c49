using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>Intervals of paired outcomes against published numbers, their definitions and exact cases.</summary>
public sealed class PairedIntervalTests
{
    private const double Z = 2.5758293035489004; // of 99 %

    private static readonly Gen<PairedOutcomes> Outcomes =
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 100])
            .Select((wins, losses, ties) => new PairedOutcomes(wins, losses, ties))
            .Where(pairs => pairs.Wins + pairs.Losses + pairs.Ties > 0);

    [Fact]
    public void Intervals_equal_the_published_ones()
    {
        // Complete response before and after therapy: Fagerland, Lydersen and Laake 2017, chapter 8, in percent.
        Estimate newcombe = new PairedProportions(59, 6, 16, 80).ComputeNewcombeInterval(0.95);
        Assert.Equal(-10.0 / 161.0, newcombe.Value, 1e-15);
        Assert.Equal(-0.1186, newcombe.Lower, 0.00005);
        Assert.Equal(-0.0046, newcombe.Upper, 0.00005);
        Estimate tango = new PairedOutcomes(6, 16, 139).ComputeInterval(0.95, isCorrected: false);
        Assert.Equal(-0.1240, tango.Lower, 0.00005);
        Assert.Equal(-0.0054, tango.Upper, 0.00005);
    }

    [Fact]
    public void Without_wins_and_losses_the_ends_solve_a_quadratic()
    {
        const double n = 30.0, square = Z * Z;
        Estimate tango = new PairedOutcomes(0, 0, 30).ComputeInterval(0.99, isCorrected: false);
        Assert.Equal(square / (n + square), tango.Upper, 1e-12);

        // (n·δ − 1)² = z²·n·δ·(1 − δ)
        double half = n + (0.5 * n * square), upper =
            (half + Math.Sqrt((half * half) - (n * n) - (n * square))) / ((n * n) + (n * square));
        Estimate corrected = new PairedOutcomes(0, 0, 30).ComputeNetWins(0.99);
        Assert.Equal(0.0, corrected.Value);
        Assert.Equal(upper, corrected.Upper, 1e-12);
        Assert.Equal(-upper, corrected.Lower, 1e-12);
    }

    [Fact]
    public void With_wins_only_the_interval_ends_at_1()
    {
        const double n = 30.0, square = Z * Z;
        Estimate tango = new PairedOutcomes(30, 0, 0).ComputeInterval(0.99, isCorrected: false);
        Assert.Equal((n - square) / (n + square), tango.Lower, 1e-12);
        Assert.Equal(1.0, tango.Upper);
        Estimate corrected = new PairedOutcomes(30, 0, 0).ComputeNetWins(0.99);
        Assert.Equal((1.0, 1.0), (corrected.Value, corrected.Upper));
        Assert.InRange(corrected.Lower, 0.0, tango.Lower);
    }

    [Fact]
    public void The_ends_satisfy_the_definition()
        => Outcomes.Sample(
            pairs =>
            {
                // Elsewhere the excess changes its sign; near an end by at least 1e-6 for a distance of 1e-6.
                Estimate tango = pairs.ComputeInterval(0.99, isCorrected: false);
                Estimate corrected = pairs.ComputeNetWins(0.99);
                foreach ((Estimate interval, bool isCorrected) in ((Estimate, bool)[])
                    [(tango, false), (corrected, true)])
                {
                    if (interval.Upper < 1.0 - 1e-5)
                    {
                        Assert.True(Excess(pairs, interval.Upper + 1e-5, isCorrected) > 0.0);
                        Assert.True(Excess(pairs, interval.Upper - 1e-5, isCorrected) < 0.0);
                    }
                }
            },
            iter: 100);

    [Fact]
    public void Exchanging_the_sides_reverses_the_interval()
        => Outcomes.Sample(pairs =>
        {
            Estimate interval = pairs.ComputeNetWins(0.99);
            Estimate reversed = new PairedOutcomes(pairs.Losses, pairs.Wins, pairs.Ties).ComputeNetWins(0.99);
            return reversed.Lower == -interval.Upper && reversed.Upper == -interval.Lower;
        });

    [Fact]
    public void The_interval_contains_Tangos_and_grows_with_the_confidence()
        => Gen.Select(Outcomes, Gen.Double[0.5, 0.9999]).Sample((pairs, confidence) =>
        {
            Estimate interval = pairs.ComputeNetWins(confidence);
            Assert.True(Contains(interval, pairs.ComputeInterval(confidence, isCorrected: false)));
            Assert.True(Contains(pairs.ComputeNetWins(0.5 * (1.0 + confidence)), interval));
        });

    [Fact]
    public void A_difference_of_paired_proportions_is_that_of_wins_and_losses()
        => Assert.Equal(new PairedOutcomes(7, 3, 50).ComputeNetWins(0.99),
            new PairedProportions(20, 7, 3, 30).ComputeDifference(0.99));

    [Fact]
    public void Without_pairs_the_difference_is_unknown_and_negative_counts_are_rejected()
    {
        Assert.Equal(Estimate.Unknown, new PairedOutcomes(0, 0, 0).ComputeNetWins(0.99));
        Assert.Equal(Estimate.Unknown, new PairedProportions(0, 0, 0, 0).ComputeDifference(0.99));
        Assert.Equal(Estimate.Unknown, new PairedProportions(0, 0, 0, 0).ComputeNewcombeInterval(0.99));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedOutcomes(-1, 0, 3).ComputeNetWins(0.99));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedProportions(3, 0, 0, -1).ComputeDifference(0.99));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedOutcomes(1, 0, 3).ComputeNetWins(1.0));
    }

    private static bool Contains(Estimate outer, Estimate inner)
        => outer.Lower <= inner.Lower && outer.Upper >= inner.Upper;

    /// <summary>
    /// How far n·δ − (wins − losses) exceeds its critical value; the likelihood is maximized by search.
    /// </summary>
    private static double Excess(PairedOutcomes pairs, double delta, bool isCorrected)
    {
        double n = pairs.Wins + pairs.Losses + pairs.Ties;
        double low = Math.Max(0.0, -delta), high = 0.5 * (1.0 - delta); // the range of P(loss)
        for (int i = 0; i < 200; i++)
        {
            double left = low + ((high - low) / 3.0), right = high - ((high - low) / 3.0);
            if (LogLikelihood(left) < LogLikelihood(right))
                low = left;
            else
                high = right;
        }

        double loss = 0.5 * (low + high), win = loss + delta, tie = 1.0 - win - loss;
        double variance = Moment(2), thirdMoment = Moment(3);
        double excess = (n * delta) - (pairs.Wins - pairs.Losses) - (Z * Math.Sqrt(n * variance));
        return isCorrected
            ? excess - 1.0 - Math.Max(0.0, -thirdMoment / variance * ((Z * Z) - 1.0) / 6.0)
            : excess;

        double Moment(int power)
            => (win * Math.Pow(1.0 - delta, power)) + (tie * Math.Pow(-delta, power))
                + (loss * Math.Pow(-1.0 - delta, power));

        double LogLikelihood(double q)
            => Term(pairs.Wins, q + delta) + Term(pairs.Losses, q) + Term(pairs.Ties, 1.0 - delta - (2.0 * q));

        static double Term(int count, double probability)
            => count == 0 ? 0.0 : count * Math.Log(Math.Max(0.0, probability));
    }
}
