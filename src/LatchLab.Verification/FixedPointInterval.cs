using System.Numerics;

namespace LatchLab.Verification;

/// <summary>
/// Two whole numbers that a real number lies between, in units of 2^−1074. Every finite <c>double</c> is a whole number
/// of these units, so what a certificate says is taken exactly; sums are exact, and products are rounded outward.
/// </summary>
/// <param name="Lower">Not above the number.</param>
/// <param name="Upper">Not below it.</param>
internal readonly record struct FixedPointInterval(BigInteger Lower, BigInteger Upper)
{
    private const int FractionBits = 1074;

    /// <summary>1.</summary>
    public static BigInteger One { get; } = BigInteger.One << FractionBits;

    public static FixedPointInterval operator +(FixedPointInterval a, FixedPointInterval b)
        => new(a.Lower + b.Lower, a.Upper + b.Upper);

    public static FixedPointInterval operator *(BigInteger factor, FixedPointInterval x)
        => factor.Sign < 0
            ? new(Floor(factor * x.Upper), Ceiling(factor * x.Lower))
            : new(Floor(factor * x.Lower), Ceiling(factor * x.Upper));

    /// <summary>A finite number, exactly: mantissa·2^(max(exponent, 1) − 1) units.</summary>
    public static BigInteger FromDouble(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 1L << 52);
        return (bits < 0 ? -mantissa : mantissa) << (Math.Max(exponent, 1) - 1);
    }

    /// <summary>About that number of units, for messages.</summary>
    public static double ToDouble(BigInteger units)
    {
        int shift = Math.Max(0, (int)units.GetBitLength() - 64);
        return Math.ScaleB((double)(units >> shift), shift - FractionBits);
    }

    /// <summary>The bounds of one number.</summary>
    public static FixedPointInterval Singleton(BigInteger x) => new(x, x);

    /// <summary>All that is at most <paramref name="distance"/> away.</summary>
    public FixedPointInterval Widen(BigInteger distance) => new(Lower - distance, Upper + distance);

    /// <summary>Bounds of tanh, which grows.</summary>
    public FixedPointInterval Tanh()
        => new(HyperbolicTangent.Evaluate(Lower).Lower, HyperbolicTangent.Evaluate(Upper).Upper);

    /// <summary>Bounds of 1/(1 + e⁻ᵃ) = ½ + ½·tanh ½a.</summary>
    public FixedPointInterval Logistic()
    {
        BigInteger half = One >> 1;
        return Singleton(half) + (half * (half * this).Tanh());
    }

    /// <summary>A product of two numbers, each in units, rounded down to units.</summary>
    public static BigInteger Floor(BigInteger product) => product >> FractionBits;

    /// <summary>Rounded up.</summary>
    public static BigInteger Ceiling(BigInteger product) => -(-product >> FractionBits);
}
