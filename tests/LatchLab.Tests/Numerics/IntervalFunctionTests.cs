using System.Numerics;
using CsCheck;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// Enclosures of tanh, exp and log against a reference of 190 bits: they contain the exact value and are narrow.
/// </summary>
public class IntervalFunctionTests
{
    /// <summary>
    /// Numbers of both signs and all magnitudes, with more of those where the functions are strongly curved.
    /// </summary>
    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Double[-1.0, 1.0],
        Gen.Double[-30.0, 30.0],
        Gen.Double[-760.0, 720.0],
        Gen.Select(Gen.Double[-2.0, 2.0], Gen.Int[-1074, 1022], Math.ScaleB),
        Gen.Int[-16, 16].Select(x => x / 8.0));

    private static readonly Gen<double> Positive = Gen.OneOf(
        Number.Select(Math.Abs),
        Gen.Select(Gen.Double[-1.0, 1.0], Gen.Int[-60, 0], (x, power) => 1.0 + Math.ScaleB(x, power)))
        .Where(x => x > 0.0);

    // The largest widths found among 20,000 points in each of several ranges are 3, 5 and 8 ulp. Two is the smallest
    // possible width where the exact value lies close to a double.
    private const int TanhUlps = 4, ExpUlps = 6, LogUlps = 10;

    [Fact]
    public void Tanh_is_contained_within_four_ulp()
        => Number.Sample(x => AssertBounds(Tanh(x), Interval.Tanh(Interval.From(x)), TanhUlps), iter: 2000);

    [Fact]
    public void Exp_is_contained_within_six_ulp()
        => Number.Where(x => Math.Abs(x) < 800.0).Sample(
            x => AssertBounds(Exp(x), Interval.Exp(Interval.From(x)), ExpUlps), iter: 2000);

    [Fact]
    public void Log_is_contained_within_ten_ulp()
        => Positive.Sample(x => AssertBounds(Log(x), Interval.Log(Interval.From(x)), LogUlps), iter: 2000);

    [Fact]
    public void Bounds_narrower_by_one_ulp_would_be_invalid_somewhere()
    {
        AssertNotTooWide(Tanh, Interval.Tanh);
        AssertNotTooWide(Exp, Interval.Exp);
        AssertNotTooWide(Log, Interval.Log);
    }

    [Fact]
    public void The_parts_of_ln_2_agree_with_its_series()
    {
        // ln 2 = 2·Σ (1/3)^(2j+1)/(2j + 1); the terms from N on are bounded by a geometric series with ratio 1/9.
        const int terms = 60;
        Rational sum = 0, power = (Rational)2 / 3;
        for (int j = 0; j < terms; j++, power /= 9)
            sum += power / ((2 * j) + 1);
        Rational rest = power / ((2 * terms) + 1) * 9 / 8, high = Rational.Of(IntervalFunctions.Ln2High);
        Assert.True(high + Rational.Of(IntervalFunctions.Ln2Low.Lower) <= sum);
        Assert.True(sum + rest <= high + Rational.Of(IntervalFunctions.Ln2Low.Upper));
        Assert.Equal(0, Real.Of(IntervalFunctions.Ln2High).Digits % (1 << 11)); // 53 − 42 zeros at the end
    }

    [Fact]
    public void An_interval_contains_the_images_of_its_points()
        => Gen.Select(Number, Number, Gen.Double[0.0, 1.0]).Sample((a, b, share) =>
        {
            Interval x = Interval.Hull(Interval.From(a), Interval.From(b));
            double point = Math.Clamp(a + (share * (b - a)), x.Lower, x.Upper);
            AssertContains(Tanh(point), Interval.Tanh(x));
            if (Math.Abs(point) < 800.0)
                AssertContains(Exp(point), Interval.Exp(x));
            if (point > 0.0)
                AssertContains(Log(point), Interval.Log(x));
        }, iter: 1000);

    [Fact]
    public void Tanh_stays_within_one_and_exp_above_zero()
    {
        Interval line = Interval.Entire;
        Assert.Equal(new Interval(-1.0, 1.0), Interval.Tanh(line));
        Assert.Equal(new Interval(0.0, double.PositiveInfinity), Interval.Exp(line));
        Assert.Equal(line, Interval.Log(new(0.0, double.PositiveInfinity)));
        Assert.Equal(new Interval(Math.BitDecrement(1.0), 1.0), Interval.Tanh(Interval.From(double.PositiveInfinity)));
        Number.Sample(x => Interval.Tanh(Interval.From(x)) is var t && new Interval(-1.0, 1.0).Contains(t)
            && t == -Interval.Tanh(Interval.From(-x)) && Interval.Exp(Interval.From(x)).Lower >= 0.0);
    }

    [Fact]
    public void Exact_values_have_zero_width()
    {
        Assert.Equal(Interval.From(0.0), Interval.Tanh(Interval.From(0.0)));
        Assert.Equal(Interval.From(1.0), Interval.Exp(Interval.From(0.0)));
        Assert.Equal(Interval.From(0.0), Interval.Log(Interval.From(1.0)));
    }

    /// <summary>
    /// Bounds of tanh x from the reference, or from its series where |x| is too small for 256 binary places.
    /// </summary>
    private static (Rational Lower, Rational Upper) Tanh(double x)
    {
        if (Math.Abs(x) > 1e-15)
            return Around(Reference.Tanh(x));
        Rational exact = Rational.Of(x), cubic = exact - (exact * exact * exact / 3); // the next term has the sign of x
        return x > 0.0 ? (cubic, exact) : (exact, cubic);
    }

    private static (Rational Lower, Rational Upper) Exp(double x) => Around(Reference.Exp(x));

    private static (Rational Lower, Rational Upper) Log(double x) => Around(Reference.Log(x));

    /// <summary>The reference value ± its own error.</summary>
    private static (Rational Lower, Rational Upper) Around(Real value)
    {
        Real size = new(BigInteger.Abs(value.Digits), value.Exponent - 190);
        return (Rational.Of(value) - Rational.Of(size), Rational.Of(value) + Rational.Of(size));
    }

    private static void AssertBounds((Rational Lower, Rational Upper) truth, Interval bounds, int ulps)
    {
        AssertContains(truth, bounds);
        double end = bounds.Lower;
        for (int i = 0; i < ulps && end < bounds.Upper; i++)
            end = Math.BitIncrement(end);
        Assert.True(end >= bounds.Upper, $"{bounds} is wider than {ulps} ulp");
    }

    private static void AssertContains((Rational Lower, Rational Upper) truth, Interval bounds)
        => Assert.True(IsWithin(truth, bounds.Lower, bounds.Upper), $"{bounds} does not contain the truth");

    /// <summary>
    /// Whether the exact value may lie within the bounds; the error of the reference counts in their favour.
    /// </summary>
    private static bool IsWithin((Rational Lower, Rational Upper) truth, double lower, double upper)
        => truth.Upper.IsWithin(lower, double.PositiveInfinity) && truth.Lower.IsWithin(double.NegativeInfinity, upper);

    private static void AssertNotTooWide(
        Func<double, (Rational Lower, Rational Upper)> truth, Func<Interval, Interval> bounds)
    {
        var random = new Random(1994);
        bool lowerFails = false, upperFails = false;
        for (int i = 0; i < 100; i++)
        {
            double x = 0.1 + (5.0 * random.NextDouble());
            Interval y = bounds(Interval.From(x));
            lowerFails |= !IsWithin(truth(x), Math.BitIncrement(y.Lower), double.PositiveInfinity);
            upperFails |= !IsWithin(truth(x), double.NegativeInfinity, Math.BitDecrement(y.Upper));
        }

        Assert.True(lowerFails && upperFails);
    }
}
