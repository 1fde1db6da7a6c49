using CsCheck;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// Intervals against exact rational arithmetic: they contain every result and are as narrow as required.
/// </summary>
public class IntervalTests
{
    /// <summary>Numbers whose products and quotients neither overflow nor underflow.</summary>
    private static readonly Gen<double> Moderate = Gen.OneOf(
        Gen.Int[-40, 40].Select(x => x / 8.0),
        Gen.Double[-2.0, 2.0],
        Gen.Select(Gen.Double[-2.0, 2.0], Gen.Int[-100, 100], Math.ScaleB));

    /// <summary>Any finite number; subnormal and very large ones are as frequent as others.</summary>
    private static readonly Gen<double> Any = Gen.OneOf(
        Moderate, Gen.Select(Gen.Double[-2.0, 2.0], Gen.Int[-1074, 1022], Math.ScaleB));

    private static readonly Gen<Interval> ModerateInterval = Intervals(Moderate);

    private static readonly Gen<Interval> AnyInterval = Intervals(Any);

    private static readonly Interval Entire = Interval.Entire;

    [Fact]
    public void Point_operands_give_the_exact_result_or_its_two_neighbours()
        => Gen.Select(Moderate, Moderate, Moderate, Gen.Int[-2, 2]).Sample((a, b, c, ulps) =>
        {
            Interval x = Interval.From(a), y = Interval.From(b), z = Interval.From(c);
            AssertTight(Rational.Of(a) + Rational.Of(b), x + y);
            AssertTight(Rational.Of(a) - Rational.Of(b), x - y);
            AssertTight(Rational.Of(a) * Rational.Of(b), x * y);
            AssertTight(Rational.Of(a) * Rational.Of(a), Interval.Square(x));
            AssertTight(Rational.Of(c) - (Rational.Of(a) * Rational.Of(a)), Interval.FusedNegatedSquareAdd(x, z));
            AssertTight(Rational.Of(a) - (Rational.Of(a) * Rational.Of(a)), Interval.MultiplyByComplement(x));
            AssertTight((Rational.Of(a) * Rational.Of(b)) + Rational.Of(c), Interval.FusedMultiplyAdd(x, y, z));
            if (b != 0.0)
                AssertTight(Rational.Of(a) / Rational.Of(b), x / y);

            double opposite = -(a * b) + (ulps * (Math.BitIncrement(a * b) - (a * b))); // nearly complete cancellation
            AssertTight((Rational.Of(a) * Rational.Of(b)) + Rational.Of(opposite),
                Interval.FusedMultiplyAdd(x, y, Interval.From(opposite)));
        });

    [Fact]
    public void The_result_contains_the_exact_result_of_any_numbers_in_the_operands()
        => Gen.Select(AnyInterval, AnyInterval, AnyInterval, Gen.Int[0, 4].Array[3]).Sample((a, b, c, at) =>
        {
            Rational x = Point(a, at[0]), y = Point(b, at[1]), z = Point(c, at[2]);
            AssertContains(x + y, a + b);
            AssertContains(x - y, a - b);
            AssertContains(x * y, a * b);
            AssertContains(x * x, Interval.Square(a));
            AssertContains(z - (x * x), Interval.FusedNegatedSquareAdd(a, c));
            AssertContains(x - (x * x), Interval.MultiplyByComplement(a));
            AssertContains(Rational.Of(0.0) <= x ? x : Rational.Of(0.0), Interval.Rectify(a));
            AssertContains((x * y) + z, Interval.FusedMultiplyAdd(a, b, c));
            if (y != 0)
                AssertContains(x / y, a / b);
        }, iter: 1000);

    [Fact]
    public void The_endpoints_are_results_of_endpoints()
        => Gen.Select(ModerateInterval, ModerateInterval, ModerateInterval).Sample((a, b, c) =>
        {
            Assert.Equal(HullOfCorners(a, b, (x, y) => x + y), a + b);
            Assert.Equal(HullOfCorners(a, b, (x, y) => x - y), a - b);
            Assert.Equal(HullOfCorners(a, b, (x, y) => x * y), a * b);
            if (!b.Contains(0.0))
                Assert.Equal(HullOfCorners(a, b, (x, y) => x / y), a / b);
            if (!a.Contains(0.0) || !b.Contains(0.0))
            {
                Assert.Equal(HullOfCorners(a, b, (x, y) => Interval.FusedMultiplyAdd(x, y, c)),
                    Interval.FusedMultiplyAdd(a, b, c));
            }
        });

    [Fact]
    public void Wider_operands_give_wider_results()
        => Gen.Select(ModerateInterval, ModerateInterval, ModerateInterval, Moderate, Moderate).Sample(
            (a, b, c, more, further) =>
        {
            Interval wide = Interval.Hull(a, Interval.From(more)), other = Interval.Hull(b, Interval.From(further));
            return wide.Contains(a)
                && (wide + other).Contains(a + b)
                && (wide - other).Contains(a - b)
                && (wide * other).Contains(a * b)
                && (wide / other).Contains(a / b)
                && Interval.Square(wide).Contains(Interval.Square(a))
                && Interval.FusedNegatedSquareAdd(wide, c).Contains(Interval.FusedNegatedSquareAdd(a, c))
                && Interval.MultiplyByComplement(wide).Contains(Interval.MultiplyByComplement(a))
                && Interval.Rectify(wide).Contains(Interval.Rectify(a))
                && Interval.FusedMultiplyAdd(wide, other, c).Contains(Interval.FusedMultiplyAdd(a, b, c));
        });

    /// <summary>Products of an interval with itself treat its two factors as independent numbers.</summary>
    [Fact]
    public void Operations_with_one_variable_are_tight_where_products_are_not()
    {
        Interval half = new(-0.5, 0.5), one = Interval.From(1.0);
        Assert.Equal(new Interval(-0.25, 0.25), half * half);
        Assert.Equal(new Interval(0.0, 0.25), Interval.Square(half));
        Assert.Equal(new Interval(0.75, 1.25), Interval.FusedMultiplyAdd(-half, half, one));
        Assert.Equal(new Interval(0.75, 1.0), Interval.FusedNegatedSquareAdd(half, one));
        var unit = new Interval(0.25, 0.75);
        Assert.Equal(new Interval(-0.3125, 0.6875), Interval.FusedMultiplyAdd(-unit, unit, unit));
        Assert.Equal(new Interval(0.1875, 0.25), Interval.MultiplyByComplement(unit));
    }

    [Fact]
    public void Operations_with_one_variable_are_never_wider_than_products()
        => Gen.Select(ModerateInterval, ModerateInterval).Sample((a, c)
            => (a * a).Contains(Interval.Square(a))
                && Interval.FusedMultiplyAdd(-a, a, c).Contains(Interval.FusedNegatedSquareAdd(a, c))
                && Interval.FusedMultiplyAdd(-a, a, a).Contains(Interval.MultiplyByComplement(a)));

    [Fact]
    public void A_square_root_is_the_exact_one_or_its_two_neighbours()
        => Any.Select(Math.Abs).Sample(a =>
        {
            Interval root = Interval.Sqrt(Interval.From(a));
            Rational lower = Rational.Of(root.Lower), upper = Rational.Of(root.Upper), square = Rational.Of(a);
            Assert.True(root.Lower >= 0.0 && lower * lower <= square && square <= upper * upper);
            bool isKept = a >= 1e-288 && lower * lower == square;
            Assert.True(isKept ? root.Width == 0.0 : root.Upper <= Math.BitIncrement(Math.BitIncrement(root.Lower)));
        });

    [Fact]
    public void Products_and_quotients_of_tiny_numbers_keep_their_sign()
    {
        Interval tiny = Interval.From(1e-200), huge = Interval.From(1e200);
        Assert.Equal(new Interval(0.0, double.Epsilon), tiny * tiny);
        Assert.Equal(new Interval(-double.Epsilon, 0.0), tiny * -tiny);
        Assert.Equal(new Interval(0.0, double.Epsilon), tiny / huge);
        Assert.Equal(new Interval(double.MaxValue, double.PositiveInfinity), huge * huge);
        Assert.Equal(new Interval(double.NegativeInfinity, -double.MaxValue), huge / -tiny);
    }

    [Fact]
    public void Unbounded_or_undefined_results_have_infinite_endpoints()
    {
        var positive = new Interval(1.0, double.PositiveInfinity);
        var a = new Interval(2.0, 3.0);
        Assert.Equal(new Interval(0.0, double.PositiveInfinity), positive / positive);
        Assert.Equal(Interval.From(0.0), Interval.From(0.0) * Entire);
        Assert.Equal(a, Interval.FusedMultiplyAdd(Entire, Interval.From(0.0), a));
        Assert.Equal(Entire, positive - positive);
        Assert.Equal(Entire, Interval.From(1.0) / new Interval(0.0, 1.0));
        Assert.Equal(Entire, Interval.From(1.0) / new Interval(-1.0, 0.0));
        Assert.Equal(Entire, Interval.Sqrt(new Interval(-double.Epsilon, 1.0)));
        Assert.Equal(Entire, Interval.Log(new Interval(-double.Epsilon, 1.0)));
        Assert.Equal(Entire, Interval.From(double.NaN));
        Assert.Equal(new Interval(double.MaxValue, double.PositiveInfinity), Interval.From(double.PositiveInfinity));
        Assert.Equal(new Interval(double.NegativeInfinity, double.MinValue), Interval.From(double.NegativeInfinity));
    }

    [Fact]
    public void NaN_gives_the_entire_line_for_every_operation()
    {
        Interval one = Interval.From(1.0);
        Interval[] unknown = [new(double.NaN, 1.0), new(-1.0, double.NaN), new(double.NaN, double.NaN)];
        foreach (Interval nan in unknown)
        {
            foreach (Interval other in new[] { one, -one, Interval.From(0.0), new(-1.0, 2.0) })
            {
                Assert.Equal(Entire, nan + other);
                Assert.Equal(Entire, other - nan);
                Assert.Equal(Entire, nan * other);
                Assert.Equal(Entire, other * nan);
                Assert.Equal(Entire, other / nan);
                Assert.Equal(Entire, Interval.FusedMultiplyAdd(other, nan, other));
                Assert.Equal(Entire, Interval.FusedMultiplyAdd(other, other, nan));
            }

            Assert.Equal(Entire, nan / one);
            Assert.Equal(Entire, Interval.Square(nan));
            Assert.Equal(Entire, Interval.Sqrt(nan));
            Assert.Equal(Entire, Interval.Hull(one, nan));
            foreach (Interval image in new[] { Interval.Tanh(nan), Interval.Exp(nan), Interval.Log(nan) })
                Assert.Equal(Entire, image);
        }
    }

    [Fact]
    public void An_undecided_comparison_gives_the_hull_of_both_branches()
    {
        Interval then = Interval.From(1.0), otherwise = Interval.From(5.0), zero = Interval.From(0.0);
        Interval Choose(Interval a, Interval b) => Interval.WhereLess(a, b, then, otherwise);
        Assert.Equal(then, Choose(new(-2.0, -1.0), zero));
        Assert.Equal(otherwise, Choose(new(0.0, 1.0), zero));
        Assert.Equal(new Interval(1.0, 5.0), Choose(new(-1.0, 0.0), zero));
        Assert.Equal(new Interval(1.0, 5.0), Choose(new(double.NaN, double.NaN), zero));
        Assert.True(Interval.AnyLess(new(-2.0, -1.0), zero));
        Assert.True(Interval.AnyLess(new(-1.0, 3.0), zero));
        Assert.True(Interval.AnyLess(new(double.NaN, double.NaN), zero));
        Assert.False(Interval.AnyLess(new(0.0, 3.0), zero));
    }

    [Fact]
    public void Intervals_are_sets()
    {
        var a = new Interval(1.0, 3.0);
        Assert.True(a.Contains(1.0) && a.Contains(3.0));
        Assert.False(a.Contains(Math.BitIncrement(3.0)) || a.Contains(double.NaN));
        Assert.True(a.Contains(a) && a.Contains(new Interval(1.0, 2.0)) && !a.Contains(new Interval(0.0, 2.0)));
        Assert.Equal(new Interval(1.0, 9.0), Interval.Hull(a, new(4.0, 9.0)));
        Assert.Equal((2.0, 2.0, 3.0), (a.Width, a.Midpoint, a.Magnitude));
        Assert.Equal(4.0, new Interval(-4.0, 3.0).Magnitude);
        Assert.Equal(0.0, Entire.Midpoint);
        Assert.Equal(double.Epsilon, Interval.From(double.Epsilon).Midpoint);
        Assert.Equal(new Interval(0.0, 9.0), Interval.Square(new(-3.0, 2.0)));
        Assert.Equal(new Interval(4.0, 9.0), Interval.Square(new(-3.0, -2.0)));
    }

    /// <summary>Random intervals: one in four is a point, and one in four contains 0 where possible.</summary>
    private static Gen<Interval> Intervals(Gen<double> endpoints)
        => Gen.Select(endpoints, endpoints, Gen.Int[0, 3], (a, b, kind) =>
        kind == 0 ? Interval.From(a) : Interval.Hull(Interval.From(kind == 1 ? -a : a), Interval.From(b)));

    private static Rational Point(Interval a, int quarters)
        => Rational.Of(a.Lower) + ((Rational.Of(a.Upper) - Rational.Of(a.Lower)) * quarters / 4);

    private static Interval HullOfCorners(Interval a, Interval b, Func<Interval, Interval, Interval> operation)
        => (from x in new[] { a.Lower, a.Upper }
            from y in new[] { b.Lower, b.Upper }
            select operation(Interval.From(x), Interval.From(y))).Aggregate(Interval.Hull);

    private static void AssertContains(Rational exact, Interval result)
        => Assert.True(exact.IsWithin(result.Lower, result.Upper), $"{result} lies beside the exact result");

    private static void AssertTight(Rational exact, Interval result)
    {
        AssertContains(exact, result);
        bool isNumber = exact.IsWithin(result.Lower, result.Lower) || exact.IsWithin(result.Upper, result.Upper);
        Assert.Equal(isNumber ? result.Lower : Math.BitIncrement(result.Lower), result.Upper);
    }
}
