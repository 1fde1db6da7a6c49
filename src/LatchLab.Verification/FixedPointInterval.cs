using System.Numerics;

namespace LatchLab.Verification;

/// <summary>
/// Integer bounds of a real number, in units of 2^−1074. Every finite <c>double</c> is an integer number of these
/// units, so the numbers of a certificate are represented exactly. Sums are exact; products are rounded outward.
/// </summary>
/// <param name="Lower">The lower bound, inclusive.</param>
/// <param name="Upper">The upper bound, inclusive.</param>
internal readonly record struct FixedPointInterval(BigInteger Lower, BigInteger Upper)
{
    /// <summary>The binary digits after the point.</summary>
    public const int FractionBits = 1074;

    /// <summary>1.</summary>
    public static BigInteger One { get; } = BigInteger.One << FractionBits;

    public static FixedPointInterval operator +(FixedPointInterval a, FixedPointInterval b)
        => new(a.Lower + b.Lower, a.Upper + b.Upper);

    public static FixedPointInterval operator *(BigInteger factor, FixedPointInterval x)
        => factor.Sign < 0
            ? new(Floor(factor * x.Upper), Ceiling(factor * x.Lower))
            : new(Floor(factor * x.Lower), Ceiling(factor * x.Upper));

    public static FixedPointInterval operator -(FixedPointInterval a, FixedPointInterval b)
        => new(a.Lower - b.Upper, a.Upper - b.Lower);

    public static FixedPointInterval operator *(FixedPointInterval a, FixedPointInterval b)
    {
        if (a.Lower == a.Upper)
            return a.Lower * b;
        if (b.Lower == b.Upper)
            return b.Lower * a;
        BigInteger ll = a.Lower * b.Lower, lu = a.Lower * b.Upper, ul = a.Upper * b.Lower, uu = a.Upper * b.Upper;
        return new(
            Floor(BigInteger.Min(BigInteger.Min(ll, lu), BigInteger.Min(ul, uu))),
            Ceiling(BigInteger.Max(BigInteger.Max(ll, lu), BigInteger.Max(ul, uu))));
    }

    /// <summary>Converts a finite number exactly: mantissa·2^(max(exponent, 1) − 1) units.</summary>
    public static BigInteger FromDouble(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 1L << 52);
        return (bits < 0 ? -mantissa : mantissa) << (Math.Max(exponent, 1) - 1);
    }

    /// <summary>Converts a number of units approximately, for messages.</summary>
    public static double ToDouble(BigInteger units)
    {
        int shift = Math.Max(0, (int)units.GetBitLength() - 64);
        return Math.ScaleB((double)(units >> shift), shift - FractionBits);
    }

    /// <summary>The interval that contains one number.</summary>
    public static FixedPointInterval Singleton(BigInteger x) => new(x, x);

    /// <summary>The interval of all numbers at most <paramref name="distance"/> away.</summary>
    public FixedPointInterval Widen(BigInteger distance) => new(Lower - distance, Upper + distance);

    /// <summary>The largest distance of its numbers from one.</summary>
    public BigInteger FarthestFrom(BigInteger x)
        => BigInteger.Max(BigInteger.Abs(Lower - x), BigInteger.Abs(Upper - x));

    /// <summary>Bounds of x², never negative.</summary>
    public FixedPointInterval Square()
    {
        BigInteger largest = FarthestFrom(0),
            smallest = Lower.Sign != Upper.Sign ? 0 : BigInteger.Min(BigInteger.Abs(Lower), BigInteger.Abs(Upper));
        return new(Floor(smallest * smallest), Ceiling(largest * largest));
    }

    /// <summary>Bounds of tanh, which is increasing.</summary>
    public FixedPointInterval Tanh()
        => new(HyperbolicTangent.Evaluate(Lower).Lower, HyperbolicTangent.Evaluate(Upper).Upper);

    /// <summary>Bounds of 1/(1 + e⁻ᵃ) = ½ + ½·tanh ½a.</summary>
    public FixedPointInterval Logistic()
    {
        BigInteger half = One >> 1;
        return Singleton(half) + (half * (half * this).Tanh());
    }

    /// <summary>Bounds of max(0, a), which is increasing.</summary>
    public FixedPointInterval Rectify() => new(BigInteger.Max(Lower, 0), BigInteger.Max(Upper, 0));

    /// <summary>A product of two numbers, each in units, rounded down to units.</summary>
    public static BigInteger Floor(BigInteger product) => product >> FractionBits;

    /// <summary>A product of two numbers, each in units, rounded up to units.</summary>
    public static BigInteger Ceiling(BigInteger product) => -(-product >> FractionBits);

    /// <summary>A quotient of numbers in units that are not negative, rounded up to units.</summary>
    public static BigInteger DivideUp(BigInteger dividend, BigInteger divisor)
        => ((dividend << FractionBits) + divisor - 1) / divisor;
}
