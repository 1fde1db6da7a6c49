using System.Globalization;
using CsCheck;
using LatchLab.Sweeps;
using Xunit;

namespace LatchLab.Tests.Sweeps;

public class SweepRangeTests
{
    [Theory]
    [InlineData(0.001, 10, 5, true, "0.001 0.01 0.1 1 10")]
    [InlineData(1e-100, 1e100, 5, true, "1E-100 1E-50 1 1E+50 1E+100")]
    [InlineData(1, 1024, 11, true, "1 2 4 8 16 32 64 128 256 512 1024")]
    [InlineData(8, 1, 4, true, "8 4 2 1")]
    [InlineData(0.1, 0.9, 9, false, "0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9")]
    [InlineData(-0.7, 0.2, 10, false, "-0.7 -0.6 -0.5 -0.4 -0.3 -0.2 -0.1 0 0.1 0.2")]
    [InlineData(0.25, 0.25, 1, false, "0.25")]
    public void A_number_close_to_a_short_decimal_is_that_decimal(
        double from, double to, int points, bool isLogarithmic, string texts)
        => Assert.Equal(texts.Split(' '),
            new SweepRange(from, to, points, isLogarithmic).FormatValues(asIntegers: false));

    [Theory]
    [InlineData(4, 50, 8, true, "4 6 8 12 17 24 35 50")]
    [InlineData(5, 100, 4, false, "5 37 68 100")]
    public void Integers_are_rounded(double from, double to, int points, bool isLogarithmic, string texts)
        => Assert.Equal(texts.Split(' '),
            new SweepRange(from, to, points, isLogarithmic).FormatValues(asIntegers: true));

    [Fact]
    public void Ends_are_exact_and_numbers_between_them_are_correct_within_rounding_errors()
        => Gen.Select(Gen.Double[1e-3, 1e3], Gen.Double[1e-3, 1e3], Gen.Int[2, 60], Gen.Bool).Sample(
            (from, to, points, isLogarithmic) =>
            {
                double[] numbers = [.. new SweepRange(from, to, points, isLogarithmic).FormatValues(asIntegers: false)
                    .Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
                Assert.Equal((from, to), (numbers[0], numbers[^1]));
                for (int i = 1; i < points - 1; i++)
                {
                    double share = (double)i / (points - 1);
                    double expected = isLogarithmic
                        ? from * Math.Pow(to / from, share)
                        : from + ((to - from) * share);

                    // The reference itself has an error of a few ulps of the larger end, or of a power of up to 1e6.
                    Assert.Equal(expected, numbers[i], isLogarithmic ? 3e-12 * expected : 5e-15 * Math.Max(from, to));
                }
            },
            iter: 200);

    [Fact]
    public void A_range_is_inferred_from_its_numbers()
        => Gen.Select(Gen.Double[1e-3, 1e3], Gen.Double[1e-3, 1e3], Gen.Int[5, 60], Gen.Bool).Sample(
            (from, to, points, isLogarithmic) =>
            {
                var range = new SweepRange(from, to, points, isLogarithmic);
                IReadOnlyList<string> texts = range.FormatValues(asIntegers: false);
                SweepRange? found = SweepRange.Infer(texts, asIntegers: false);
                return found is not null && found.FormatValues(asIntegers: false).SequenceEqual(texts);
            },
            iter: 200);

    [Theory]
    [InlineData("5 10 20 50 100", true)]
    [InlineData("1 2 3 4 5", false)]
    [InlineData("5 10", false)]
    [InlineData("0 1 10 100", false)]
    [InlineData("tanh threshold logistic", false)]
    public void Steps_that_are_closer_to_ratios_are_recognised(string texts, bool areRatios)
        => Assert.Equal(areRatios, SweepRange.IsGeometric(texts.Split(' ')));
}
