using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// Errors against the high-precision <see cref="Reference"/>, and the points where a result is exact.
/// </summary>
public class ElementaryTests
{
    private static readonly int Points = SlowTests.Choose(fast: 10_000, slow: 100_000);
    private const double SmallestNormal = 2.2250738585072014E-308;

    private static double Tanh(double x) => Elementary.Tanh(new Scalar(x)).Value;

    private static double Exp(double x) => Elementary.Exp(new Scalar(x)).Value;

    private static double Log(double x) => Elementary.Log(new Scalar(x)).Value;

    // The bounds are the largest errors found among 10⁹ points per function, rounded up to two decimals.
    [Fact]
    public void Tanh_is_within_1_74_ulp_of_the_exact_value()
        => AssertWithin(1.74, Tanh, Reference.Tanh, Samples(0.5, 20.0, halvesOfLn2: 60));

    [Fact]
    public void Exp_is_within_1_42_ulp_of_the_exact_value()
        => AssertWithin(1.42, Exp, Reference.Exp, Samples(1.0, 745.0, halvesOfLn2: 2000).Where(x => x < 709.78));

    [Fact]
    public void Log_is_within_0_86_ulp_of_the_exact_value()
        => AssertWithin(0.86, Log, Reference.Log, Samples(0.0, 0.0, 0).Select(Math.Abs).Concat(LogBoundaryPoints())
            .Where(x => x > 0));

    [Fact]
    public void The_worst_known_points_have_the_documented_error()
    {
        Assert.Equal(1.736, Reference.Tanh(0.54704592962441956).UlpsTo(Tanh(0.54704592962441956)), 3);
        Assert.Equal(1.413, Reference.Exp(-50.942031340588187).UlpsTo(Exp(-50.942031340588187)), 3);
        Assert.Equal(0.858, Reference.Log(1.4045615145920805).UlpsTo(Log(1.4045615145920805)), 3);
    }

    [Fact]
    public void Tanh_is_exact_at_zero_infinity_NaN_and_subnormal_numbers()
    {
        foreach (double x in new[] { 0.0, double.Epsilon, 4.9e-310, SmallestNormal, 1e-300, 1e-20 })
        {
            AssertSame(x, Tanh(x));
            AssertSame(-x, Tanh(-x));
        }

        foreach (double x in new[] { 20.0, 299.0, 300.5, 1e10, double.MaxValue, double.PositiveInfinity })
        {
            AssertSame(1.0, Tanh(x));
            AssertSame(-1.0, Tanh(-x));
        }

        Assert.True(double.IsNaN(Tanh(double.NaN)));
        Assert.True(double.IsNaN(Tanh(-double.NaN)));
    }

    [Fact]
    public void Tanh_is_odd_to_the_last_bit_and_never_above_one()
    {
        foreach (double x in Samples(0.5, 20.0, halvesOfLn2: 60))
        {
            AssertSame(-Tanh(x), Tanh(-x));
            Assert.True(Math.Abs(Tanh(x)) <= 1.0);
        }
    }

    [Fact]
    public void Tanh_and_exp_decrease_by_no_more_than_their_error_where_the_reduction_changes()
    {
        // Neighbouring results may swap their order by at most twice the error bound.
        for (int joint = 1; joint < 200; joint++)
        {
            double x = joint * Math.Log(2) / 8;
            for (int step = 0; step < 100; step++, x = Math.BitIncrement(x))
            {
                double before = Tanh(x), after = Tanh(Math.BitIncrement(x));
                Assert.True(after >= before - 3.48 * (before - Math.BitDecrement(before)), $"tanh falls at {x:R}");
                before = Exp(x);
                Assert.True(Exp(Math.BitIncrement(x)) >= before - 2.82 * (Math.BitIncrement(before) - before));
            }
        }
    }

    [Fact]
    public void Exp_underflows_to_zero_overflows_to_infinity_and_is_exactly_one_at_zero()
    {
        AssertSame(1.0, Exp(0.0));
        AssertSame(1.0, Exp(-0.0));
        AssertSame(1.0, Exp(double.Epsilon));
        AssertSame(1.0, Exp(-SmallestNormal));
        AssertSame(0.0, Exp(double.NegativeInfinity));
        AssertSame(0.0, Exp(-745.14)); // below 2^-1075, half the smallest positive double
        AssertSame(double.Epsilon, Exp(-745.13));
        Assert.True(double.IsFinite(Exp(709.782712893384))); // the largest double below 1024·ln 2
        AssertSame(double.PositiveInfinity, Exp(709.7827128933841));
        AssertSame(double.PositiveInfinity, Exp(double.PositiveInfinity));
        Assert.True(double.IsNaN(Exp(double.NaN)));
    }

    [Fact]
    public void Log_is_defined_for_positive_numbers_and_exact_at_one()
    {
        AssertSame(0.0, Log(1.0));
        AssertSame(double.NegativeInfinity, Log(0.0));
        AssertSame(double.NegativeInfinity, Log(-0.0));
        AssertSame(double.PositiveInfinity, Log(double.PositiveInfinity));
        foreach (double x in new[] { -double.Epsilon, -1.0, double.MinValue, double.NegativeInfinity, double.NaN })
            Assert.True(double.IsNaN(Log(x)));
    }

    private static void AssertSame(double expected, double actual)
        => Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));

    private static void AssertWithin(double bound, Func<double, double> f, Func<double, Real> exact,
        IEnumerable<double> samples)
        => Parallel.ForEach(samples, x =>
        {
            double error = exact(x).UlpsTo(f(x));
            Assert.True(error <= bound, $"{error} ulp at {x:R}");
        });

    /// <summary>
    /// Test points of both signs: every exponent, dense sampling in ±dense and ±range, and points around the multiples
    /// of ½·ln 2 and the quarters between them, where the argument reduction changes.
    /// </summary>
    private static IEnumerable<double> Samples(double dense, double range, int halvesOfLn2)
    {
        var random = new Random(1994);
        double Signed(double x) => random.Next(2) == 0 ? x : -x;
        for (int exponent = 0; exponent < 2047; exponent++)
        {
            double power = BitConverter.Int64BitsToDouble(((long)exponent << 52) | random.NextInt64(1L << 52));
            if (range == 0 || power < range)
                yield return Signed(power);
        }

        for (int quarter = 1; quarter < 4 * halvesOfLn2; quarter += 1 + quarter / 400)
        {
            double joint = quarter * (Math.Log(2) / 8);
            if (joint >= range)
                break;
            for (int ulp = -2; ulp <= 2; ulp++)
                yield return Signed(joint + ulp * (Math.BitIncrement(joint) - joint));
        }

        for (int i = 0; i < Points; i++)
            yield return Signed(random.NextDouble() * (i % 2 == 0 ? dense : range));
    }

    /// <summary>
    /// Points around 1, where the logarithm vanishes, around √½ and √2, where the exponent k changes, and in between.
    /// </summary>
    private static IEnumerable<double> LogBoundaryPoints()
    {
        var random = new Random(1994);
        foreach (double joint in new[] { 1.0, Math.Sqrt(0.5), Math.Sqrt(2.0), 2.0 * Math.Sqrt(2.0) })
        {
            for (int bits = 1; bits < 53; bits++)
            {
                double gap = Math.ScaleB(1 + random.NextDouble(), -bits);
                yield return joint * (1 + gap);
                yield return joint * Math.Abs(1 - gap);
            }
        }

        for (int i = 0; i < Points; i++)
            yield return 0.5 + 1.5 * random.NextDouble();
    }
}
