using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>
/// The exact level of the intervals of paired proportions, by enumeration of all tables: the largest probability that
/// the 99 % interval lies wholly on one side of the true difference, over the other two probabilities.
/// </summary>
public sealed class PairedIntervalLevelTests
{
    private static readonly double[] Differences = [0.0, 0.05, 0.1, 0.25, 0.5, 0.8];

    private static readonly (string Name, Func<PairedProportions, Estimate> Compute)[] Methods =
    [
        ("Newcombe, method 10", table => table.ComputeNewcombeInterval(LevelTable.Confidence)),
        ("Tango", table => new PairedOutcomes(table.FirstOnly, table.SecondOnly, table.Both + table.Neither)
            .ComputeInterval(LevelTable.Confidence, isCorrected: false)),
        ("corrected score interval", table => table.ComputeDifference(LevelTable.Confidence)),
    ];

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(20)]
    public void The_corrected_interval_keeps_its_level(int n)
        => Assert.All(Differences, difference =>
        {
            (double above, double below) = LargestErrors(n, difference, Methods[2].Compute);
            Assert.InRange(above, 0.0, LevelTable.Level);
            Assert.InRange(below, 0.0, LevelTable.Level);
        });

    [Fact]
    public void The_plain_intervals_exceed_theirs()
    {
        // Without second successes and with a correlation near 1, Newcombe's interval errs if no first success occurs
        // alone: 0.9³⁰ = 0.042 for 30 pairs with a difference of 0.1, less some tables with a smaller correlation.
        Assert.InRange(LargestErrors(30, 0.1, Methods[0].Compute).Below, 0.03, 0.0424);
        Assert.InRange(LargestErrors(20, 0.5, Methods[1].Compute).Below, 0.01, 0.02);
    }

    [Fact]
    public void The_documented_levels_are_exact()
    {
        SlowTests.SkipUnlessRequested();
        LevelTable.AssertDocumented(Methods.Select(method =>
        {
            var cells = ((int[])[30, 60, 100]).Select(n =>
            {
                (double Above, double Below)[] errors =
                    [.. Differences.Select(difference => LargestErrors(n, difference, method.Compute))];
                double largest = errors.Max(error => Math.Max(error.Above, error.Below));
                return FormattableString.Invariant($"{100.0 * largest:0.00}");
            });
            return $"| {method.Name} | {string.Join(" | ", cells)} |";
        }));
    }

    /// <summary>The largest probabilities of an interval wholly above, and wholly below, the difference.</summary>
    private static (double Above, double Below) LargestErrors(
        int n, double difference, Func<PairedProportions, Estimate> compute)
    {
        double[] logFactorials = new double[n + 1];
        for (int i = 2; i <= n; i++)
            logFactorials[i] = logFactorials[i - 1] + Math.Log(i);
        List<PairedProportions> above = [], below = [];
        for (int both = 0; both <= n; both++)
        {
            for (int first = 0; both + first <= n; first++)
            {
                for (int second = 0; both + first + second <= n; second++)
                {
                    var table = new PairedProportions(both, first, second, n - both - first - second);
                    Estimate interval = compute(table);
                    if (interval.Lower > difference)
                        above.Add(table);
                    else if (interval.Upper < difference)
                        below.Add(table);
                }
            }
        }

        double largestAbove = 0.0, largestBelow = 0.0;
        foreach (double q in (double[])[0.0, 0.003, 0.01, 0.03, 0.1, 0.2, 0.4, 0.7, 1.0])
        {
            foreach (double common in (double[])[0.0, 0.05, 0.2, 0.5, 0.8, 1.0])
            {
                double second = 0.5 * (1.0 - difference) * q, rest = 1.0 - difference - (2.0 * second);
                double[] probabilities = [rest * common, second + difference, second, rest * (1.0 - common)];
                double Probability(PairedProportions table) => Math.Exp(
                    logFactorials[n] + Term(table.Both, probabilities[0]) + Term(table.FirstOnly, probabilities[1])
                    + Term(table.SecondOnly, probabilities[2]) + Term(table.Neither, probabilities[3]));
                double Term(int count, double probability)
                    => count == 0 ? 0.0 : (count * Math.Log(Math.Max(0.0, probability))) - logFactorials[count];
                largestAbove = Math.Max(largestAbove, above.Sum(Probability));
                largestBelow = Math.Max(largestBelow, below.Sum(Probability));
            }
        }

        return (largestAbove, largestBelow);
    }
}
