using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>Holm's procedure and p-values that invert intervals.</summary>
public sealed class MultipleTestingTests
{
    private static readonly Gen<double[]> PValues = Gen.Double[0.0, 0.2].Array[1, 10];

    [Fact]
    public void Adjusted_p_values_equal_those_worked_by_hand()
    {
        // Ascending: 4·0.005, 3·0.01, 2·0.03 and 1·0.04, which must not be below 0.06.
        double[] adjusted = HolmProcedure.AdjustPValues([0.01, 0.04, 0.03, 0.005]);
        Assert.Equal([0.03, 0.06, 0.06, 0.02], adjusted);
        Assert.Equal([true, false, false, true], HolmProcedure.Reject([0.01, 0.04, 0.03, 0.005], 0.05));
        Assert.Equal([1.0, 1.0], HolmProcedure.AdjustPValues([0.9, 0.8]));
        Assert.Empty(HolmProcedure.AdjustPValues([]));
    }

    [Fact]
    public void The_procedure_equals_its_steps()
        => Gen.Select(PValues, Gen.Double[0.001, 0.3]).Sample((pValues, level) =>
        {
            var expected = new bool[pValues.Length];
            int[] order = [.. Enumerable.Range(0, pValues.Length).OrderBy(i => pValues[i])];
            for (int step = 0; step < order.Length; step++)
            {
                if (pValues[order[step]] * (order.Length - step) > level)
                    break;
                expected[order[step]] = true;
            }

            Assert.Equal(expected, HolmProcedure.Reject(pValues, level));
        });

    [Fact]
    public void P_values_outside_0_to_1_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => HolmProcedure.AdjustPValues([0.5, double.NaN]));
        Assert.Throws<ArgumentException>(() => HolmProcedure.Reject([1.1], 0.05));
    }

    [Theory]
    [InlineData(20, 30, 0.5)]
    [InlineData(30, 30, 0.5)]
    [InlineData(50, 100, 0.25)]
    public void Inverting_Wilsons_interval_gives_the_p_value_of_the_score_test(int k, int n, double threshold)
    {
        double score = ((double)k / n - threshold) / Math.Sqrt(threshold * (1.0 - threshold) / n);
        double expected = NormalDistribution.UpperTail(score);

        // 1 − α is rounded to 2⁻⁵³, relatively 1e-16/α.
        double tolerance = 1e-10 * expected + 1e-16;
        Assert.Equal(expected, IntervalTest.PValueAbove(Wilson(k, n), threshold), tolerance);
        Assert.Equal(expected, IntervalTest.PValueBelow(Wilson(n - k, n), 1.0 - threshold), tolerance);
    }

    [Fact]
    public void An_estimate_on_the_other_side_or_at_the_threshold_has_the_p_value_1()
    {
        Assert.Equal(1.0, IntervalTest.PValueAbove(Wilson(10, 30), 0.5));
        Assert.Equal(1.0, IntervalTest.PValueAbove(Wilson(15, 30), 0.5));
        Assert.Equal(1.0, IntervalTest.PValueBelow(Wilson(20, 30), 0.5));
        Assert.Equal(1.0, IntervalTest.PValueBelow(_ => Estimate.Unknown, 0.5));
    }

    [Fact]
    public void The_smallest_p_value_is_that_of_the_largest_confidence()
        => Assert.Equal(5e-13, IntervalTest.PValueAbove(Wilson(1000, 1000), 0.5));

    [Fact]
    public void The_p_value_is_below_the_level_exactly_where_the_interval_lies_on_the_side()
        => Gen.Select(Gen.Double[0.0, 1.0].Array[5, 40], Gen.Double[0.2, 0.8], Gen.Double[0.001, 0.5]).Sample(
            (values, threshold, level) =>
            {
                Estimate At(double confidence) => MeanInterval.Compute(values, confidence, 0.0, 1.0);
                bool isAbove = At(1.0 - (2.0 * level)).Lower > threshold;
                double pValue = IntervalTest.PValueAbove(At, threshold);
                if (Math.Abs(pValue - level) > 1e-9)
                    Assert.Equal(isAbove, pValue < level);
            },
            iter: 50);

    private static Func<double, Estimate> Wilson(int successes, int trials)
        => confidence =>
        {
            (double lower, double upper) = Proportion.ComputeWilsonInterval(successes, trials, confidence);
            return new((double)successes / trials, lower, upper);
        };
}
