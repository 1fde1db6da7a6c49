using System.Globalization;
using CsCheck;
using LatchLab.Diagnosis;
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
}
