using System.Globalization;
using System.Numerics;

namespace LatchLab.Tests.Numerics;

/// <summary>The arbitrary-precision number Digits·2^Exponent, and its distance from a <c>double</c>.</summary>
internal readonly record struct Real(BigInteger Digits, int Exponent)
{
    /// <summary>The number times 2^256, truncated to an integer.</summary>
    public BigInteger Fixed => Shift(Digits, Exponent + 256);

    public static Real Of(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 1L << 52);
        return new Real(x < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }

    public static Real operator *(Real a, Real b) => new(a.Digits * b.Digits, a.Exponent + b.Exponent);

    /// <summary>The distance from <paramref name="x"/>.</summary>
    public double DistanceTo(double x) => Distance(this, Of(x));

    /// <summary>
    /// The distance from <paramref name="x"/> in units in the last place of a <c>double</c> of this size.
    /// </summary>
    public double UlpsTo(double x)
    {
        int last = Math.Max((int)BigInteger.Abs(Digits).GetBitLength() + Exponent - 53, -1074);
        Real other = Of(x);
        return Distance(new Real(Digits, Exponent - last), new Real(other.Digits, other.Exponent - last));
    }

    /// <summary>Decimal digits, <paramref name="count"/> of them after the point, truncated.</summary>
    public string ToDecimal(int count)
    {
        string digits = ((Fixed * BigInteger.Pow(10, count)) >> 256).ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft(count + 1, '0');
        return digits[..^count] + "." + digits[^count..];
    }

    private static double Distance(Real a, Real b)
    {
        int lower = Math.Min(a.Exponent, b.Exponent);
        BigInteger gap = BigInteger.Abs(Shift(a.Digits, a.Exponent - lower) - Shift(b.Digits, b.Exponent - lower));
        int excess = Math.Max(0, (int)gap.GetBitLength() - 64);
        return Math.ScaleB((double)(gap >> excess), lower + excess);
    }

    private static BigInteger Shift(BigInteger digits, int count) => count < 0 ? digits >> -count : digits << count;
}
