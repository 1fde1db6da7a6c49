using System.Numerics;
using CsCheck;
using LatchLab.Tests.Numerics;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Verification;

/// <summary>
/// The arithmetic of the verifier: exact where possible, and tanh against the high-precision reference.
/// </summary>
public class SigmoidTests
{
    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Double[-1.0, 1.0],
        Gen.Double[-80.0, 80.0],
        Gen.Select(Gen.Double[-2.0, 2.0], Gen.Int[-1074, 1022], Math.ScaleB));

    [Fact]
    public void Tanh_is_contained_and_its_bounds_are_narrow()
        => Number.Sample(x =>
        {
            FixedPointInterval tanh = HyperbolicTangent.Evaluate(FixedPointInterval.FromDouble(x));

            // The reference has an absolute error below 2^−190 (for tiny numbers too, as it keeps 256 binary places).
            BigInteger error = FixedPointInterval.One >> 190, truth = Units(Reference.Tanh(x));
            Assert.True(tanh.Lower <= truth + error && truth - error <= tanh.Upper);
            Assert.True(tanh.Upper - tanh.Lower < FixedPointInterval.One >> 120);
        }, iter: 300);

    [Fact]
    public void The_logistic_function_is_contained()
        => Gen.Double[-700.0, 700.0].Sample(x =>
        {
            FixedPointInterval logistic = FixedPointInterval.Singleton(FixedPointInterval.FromDouble(x)).Logistic();
            BigInteger e = Units(Reference.Exp(-x)),
                truth = FixedPointInterval.One * FixedPointInterval.One / (FixedPointInterval.One + e);
            BigInteger error = FixedPointInterval.One >> 180; // of e relative to 1 + e, and that of the division
            Assert.True(logistic.Lower <= truth + error && truth - error <= logistic.Upper);
        }, iter: 100);

    [Fact]
    public void Every_double_is_represented_exactly()
        => Number.Sample(x =>
        {
            Real exact = Real.Of(x);
            return FixedPointInterval.FromDouble(x) == exact.Digits << (exact.Exponent + 1074)
                && Math.Abs(FixedPointInterval.ToDouble(FixedPointInterval.FromDouble(x)) - x)
                    <= Math.Abs(x) * Math.ScaleB(1.0, -52);
        });

    [Fact]
    public void Products_are_rounded_outward()
        => Gen.Select(Number, Number, Number).Sample((factor, a, b) =>
        {
            (BigInteger f, BigInteger low, BigInteger high) =
                (FixedPointInterval.FromDouble(factor), FixedPointInterval.FromDouble(Math.Min(a, b)),
                    FixedPointInterval.FromDouble(Math.Max(a, b)));
            FixedPointInterval product = f * new FixedPointInterval(low, high);
            BigInteger least = BigInteger.Min(f * low, f * high), most = BigInteger.Max(f * low, f * high);
            BigInteger one = FixedPointInterval.One;
            return product.Lower * one <= least && least < (product.Lower + 1) * one
                && (product.Upper - 1) * one < most && most <= product.Upper * one;
        });

    private static BigInteger Units(Real x)
        => x.Exponent + 1074 >= 0 ? x.Digits << (x.Exponent + 1074) : x.Digits >> -(x.Exponent + 1074);
}
