using System.Globalization;
using CsCheck;
using LatchLab.Diagnosis;
using LatchLab.Foundation;
using Xunit;

namespace LatchLab.Tests.Diagnosis;

/// <summary>
/// Proven values are rounded down and observed thresholds are rounded up, so that no printed number claims too much.
/// </summary>
public sealed class TableFormatTests
{
    [Theory]
    [InlineData(0.5328395085334776, "0.532839", "0.53284")]
    [InlineData(0.532839975, "0.532839", "0.53284")]
    [InlineData(123456.5, "123456", "123457")]
    [InlineData(0.25, "0.25", "0.25")]
    [InlineData(9.5367431640625e-07, "9.53674E-07", "9.53675E-07")]
    public void Numbers_are_rounded_towards_the_safe_side(double value, string down, string up)
        => Assert.Equal((down, up), (TableFormat.RoundDown(value), TableFormat.RoundUp(value)));

    [Fact]
    public void Six_digits_enclose_the_number()
        => Gen.Double[-8.0, 14.0].Sample(decade =>
        {
            double value = Math.Pow(10.0, decade);
            double down = double.Parse(TableFormat.RoundDown(value), CultureInfo.InvariantCulture);
            double up = double.Parse(TableFormat.RoundUp(value), CultureInfo.InvariantCulture);

            // A unit of the sixth digit is at most 1e-5 of the number. The text of a double has 17 digits, so using it
            // instead of the double moves an end by less than 1e-16 of it.
            return down <= value * (1.0 + 1e-15) && value <= up * (1.0 + 1e-15) && up - down <= 1.0001e-5 * value;
        });

    [Theory]
    [InlineData("0.4449 and 1.282E-78", "0.4449 and 1.282 × 10⁻⁷⁸")]
    [InlineData("1E+20, -1E-05, p < 1e-12", "10²⁰, -10⁻⁵, p < 10⁻¹²")]
    [InlineData("p = 3e-3, p = 1e+0", "p = 0.003, p = 1")]
    [InlineData("(2.5E+06) [-1E+06, 1E+06]", "(2.5 × 10⁶) [-10⁶, 10⁶]")]
    [InlineData("commit 12e4f, x1e5, v2.1e3.4", "commit 12e4f, x1e5, v2.1e3.4")]
    public void Numbers_with_an_exponent_become_powers_of_ten_for_readers(string text, string expected)
        => Assert.Equal(expected, NumberFormat.Typeset(text));

    [Theory]
    [InlineData(0.0, "1")]
    [InlineData(-24.53, "2.222E-11")]
    [InlineData(-10_000.0, "1.135E-4343")] // 10000/ln 10 = 4342.9448
    [InlineData(double.NegativeInfinity, "0")]
    public void An_exponential_has_digits_beyond_the_range_of_numbers(double x, string expected)
        => Assert.Equal(expected, TableFormat.Exponential(x));

    [Fact]
    public void A_vector_that_is_not_shown_in_full_says_how_many_components_it_has()
        => Assert.Equal(
            ("(1, 2, 3)", "(1, 2, 3, … of 4)"),
            (TableFormat.FormatVector([1.0, 2.0, 3.0]), TableFormat.FormatVector([1.0, 2.0, 3.0, 4.0])));
}
