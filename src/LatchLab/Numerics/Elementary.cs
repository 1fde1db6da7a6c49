using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// Exponential, logarithm and hyperbolic tangent from correctly rounded operations only (+ − × ÷, fused multiply-add,
/// compare, shift), so that every lane type and every machine gives the same bits. All are within 2 ulp; the tests
/// state the largest error found.
/// </summary>
/// <remarks>
/// <see cref="Tanh"/> and <see cref="Exp"/> share one small polynomial: <c>r·coth r = 1 + z·Q(z)</c> with z = r² and
/// |r| ≤ ⅜·ln 2, where six coefficients leave an absolute error of 1.9e-19, because each term gains a factor of (r/π)²
/// ≤ 0.0069. With U = 1 + z·Q, <c>e^{2r} = (U + r)/(U − r)</c> gives both functions with a single division and no
/// branch. Coefficients: minimax by the Remez exchange in 60-digit arithmetic.
/// </remarks>
public static class Elementary
{
    // 1.5·2^52: adding it rounds to an integer, which is then in the low bits of the sum.
    private const double RoundingShift = 6755399441055744.0;
    private const int ExponentBias = 1023;
    private const ulong SignBit = 1UL << 63;
    private const double TwoToThe52 = 4503599627370496.0;

    private const double TwoOverLn2 = 2.8853900817779268;

    // ½·ln 2 and ln 2 in two parts; the first has 42 bits, so that its product with |k| < 2^11 is exact.
    private const double HalfLn2High = 0.34657359027994517;
    private const double HalfLn2Low = 2.7489615093541856e-14;
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    /// <summary>ln 10.</summary>
    public static double Ln10 { get; } = Log(10.0);

    /// <summary>tanh x of a single number, the same bits as on every lane.</summary>
    public static double Tanh(double x) => Tanh(new Scalar(x)).Value;

    /// <summary>e^x of a single number, the same bits as on every lane.</summary>
    public static double Exp(double x) => Exp(new Scalar(x)).Value;

    /// <summary>ln x of a single number, the same bits as on every lane.</summary>
    public static double Log(double x) => Log(new Scalar(x)).Value;

    /// <summary>log₁₀ x.</summary>
    public static double Log10(double x) => Log(x) / Ln10;

    /// <summary>
    /// Hyperbolic tangent. Odd to the last bit; ±0, ±∞, NaN and subnormal numbers map exactly.
    /// Largest error found: 1.736 ulp, at x = 0.54704592962441956.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Tanh<TLane>(TLane x)
        where TLane : unmanaged, IBitLane<TLane>
    {
        // Above 300 the result is 1, and 2^k would exceed the range of exponents. The order of the arguments makes Min
        // propagate NaN.
        TLane magnitude = TLane.Min(
            Constant<TLane>(LaneConstant.TanhLimit, LaneConstants.TanhLimit), x & TLane.FromBits(~SignBit));

        // |x| = ½·ln 2·k + r. Clearing the last bit of the rounded 2k makes k increase at remainders above ⅜·ln 2, not
        // ¼·ln 2: k = 1 then begins where the numerator below loses less than a bit by cancellation. One constant for
        // ln 2 is enough, because k times its error (1.2e-17) is damped by tanh' = O(2^-k).
        TLane shift = Constant<TLane>(LaneConstant.TanhShift, LaneConstants.TanhShift),
            factor = Constant<TLane>(LaneConstant.FourOverLn2, LaneConstants.FourOverLn2);
        TLane shifted = TLane.FusedMultiplyAdd(magnitude, factor, shift) & TLane.FromBits(~1UL);
        TLane minusQuarterLn2 = Constant<TLane>(LaneConstant.MinusQuarterLn2, LaneConstants.MinusQuarterLn2);
        TLane r = TLane.FusedMultiplyAdd(shifted - shift, minusQuarterLn2, magnitude);

        // tanh |x| = (2^k·e^{2r} − 1)/(2^k·e^{2r} + 1) = n/(n + U − r) with n = a·(U + r) + r and a = ½·(2^k − 1). The
        // rounding error of n is in the numerator and in the denominator, so that it nearly cancels where n is large.
        TLane z = r * r;
        TLane u = TLane.FusedMultiplyAdd(CothSeries(z), z, Constant<TLane>(LaneConstant.One, LaneConstants.One));
        TLane a = (shifted << 51) - Constant<TLane>(LaneConstant.Half, LaneConstants.Half);
        TLane n = TLane.FusedMultiplyAdd(a, u + r, r);
        return TLane.CopySign(n / (n + (u - r)), x);
    }

    /// <summary>The logistic function, σ(x) = ½ + ½·tanh(½·x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Logistic<TLane>(TLane x)
        where TLane : unmanaged, IBitLane<TLane>
    {
        TLane half = Constant<TLane>(LaneConstant.Half, LaneConstants.Half);
        return TLane.FusedMultiplyAdd(half, Tanh(half * x), half);
    }

    /// <summary>
    /// Exponential function: 0 below −745.13, +∞ above 709.78, also with subnormal results.
    /// Largest error found: 1.413 ulp, at x = −50.942031340588187.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Exp<TLane>(TLane x)
        where TLane : unmanaged, IBitLane<TLane>
    {
        x = TLane.Max(TLane.From(-1000.0), TLane.Min(TLane.From(1000.0), x));

        Reduce(TLane.From(0.5) * x, out TLane r, out TLane shifted);

        // e^{2r} = 1 + 2r/(U − r). 2^k may lie outside the range although e^x does not: multiply by it in two parts.
        TLane z = r * r;
        TLane one = TLane.From(1.0);
        TLane e = one + (r + r) / TLane.FusedMultiplyAdd(CothSeries(z), z, one - r);
        TLane k = shifted - TLane.From(RoundingShift + ExponentBias);
        TLane halfK = TLane.FusedMultiplyAdd(k, TLane.From(0.5), TLane.From(RoundingShift))
            - TLane.From(RoundingShift);
        return e * PowerOfTwo(halfK) * PowerOfTwo(k - halfK);
    }

    /// <summary>
    /// Natural logarithm: −∞ at ±0, NaN below 0, exact at 1, also of subnormal numbers.
    /// Largest error found: 0.858 ulp, at x = 1.4045615145920805.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Log<TLane>(TLane x)
        where TLane : unmanaged, IBitLane<TLane>
    {
        const double smallestNormal = 2.2250738585072014E-308;
        TLane normal = TLane.WhereLess(x, TLane.From(smallestNormal), x * TLane.From(TwoToThe52), x);
        TLane shift = TLane.WhereLess(x, TLane.From(smallestNormal), TLane.From(-52.0), TLane.From(0.0));

        // normal = 2^k·m with √½ ≤ m < √2: the bits of √½ are subtracted, and the carry to the exponent gives k.
        const ulong one = 0x3FF0_0000_0000_0000, sqrtHalf = 0x3FE6_A09E_667F_3BCD, mantissa = 0x000F_FFFF_FFFF_FFFF;
        TLane bits = TLane.AddUInt64(normal, TLane.FromBits(one - sqrtHalf));
        TLane k = ((bits >>> 52) | TLane.From(TwoToThe52)) - TLane.From(TwoToThe52 + ExponentBias) + shift;
        TLane m = TLane.AddUInt64(bits & TLane.FromBits(mantissa), TLane.FromBits(sqrtHalf));

        // log m = 2·artanh s with s = f/(2 + f); written as f − (½f² − s·(½f² + …)), so that f, which is exact, is the
        // leading term.
        TLane f = m - TLane.From(1.0);
        TLane s = f / (TLane.From(2.0) + f);
        TLane z = s * s;
        TLane p = TLane.From(0.14796265152338745);
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(0.15314020709753456));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(0.1818356542424928));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(0.22222198553420341));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(0.2857142874256638));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(0.3999999999941394));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(0.6666666666666734));
        TLane halfSquare = TLane.From(0.5) * f * f;
        TLane correction = TLane.FusedMultiplyAdd(s, TLane.FusedMultiplyAdd(z, p, halfSquare), k * TLane.From(Ln2Low));
        TLane result = TLane.FusedMultiplyAdd(k, TLane.From(Ln2High), f - (halfSquare - correction));

        TLane zero = TLane.From(0.0);
        TLane nonPositiveResult = TLane.WhereLess(x, zero, TLane.From(double.NaN), TLane.From(double.NegativeInfinity));
        result = TLane.WhereLess(zero, x, result, nonPositiveResult);
        return TLane.WhereLess(x, TLane.From(double.PositiveInfinity), result, x); // +∞ and NaN are kept
    }

    /// <summary>
    /// Splits <c>x = ½·ln 2·k + r</c> with |r| ≤ ¼·ln 2; <paramref name="shifted"/> is 1.5·2^52 + 1023 + k.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce<TLane>(TLane x, out TLane r, out TLane shifted)
        where TLane : unmanaged, IBitLane<TLane>
    {
        TLane shift = TLane.From(RoundingShift + ExponentBias);
        shifted = TLane.FusedMultiplyAdd(x, TLane.From(TwoOverLn2), shift);
        TLane k = shifted - shift;
        r = TLane.FusedMultiplyAdd(k, TLane.From(-HalfLn2High), x);
        r = TLane.FusedMultiplyAdd(k, TLane.From(-HalfLn2Low), r);
    }

    /// <summary>Q(z) = (r·coth r − 1)/z with z = r², for |r| ≤ ⅜·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane CothSeries<TLane>(TLane z)
        where TLane : unmanaged, IBitLane<TLane>
    {
        TLane q = Constant<TLane>(LaneConstant.Coth5, LaneConstants.Coth5);
        q = TLane.FusedMultiplyAdd(q, z, Constant<TLane>(LaneConstant.Coth4, LaneConstants.Coth4));
        q = TLane.FusedMultiplyAdd(q, z, Constant<TLane>(LaneConstant.Coth3, LaneConstants.Coth3));
        q = TLane.FusedMultiplyAdd(q, z, Constant<TLane>(LaneConstant.Coth2, LaneConstants.Coth2));
        q = TLane.FusedMultiplyAdd(q, z, Constant<TLane>(LaneConstant.Coth1, LaneConstants.Coth1));
        return TLane.FusedMultiplyAdd(q, z, Constant<TLane>(LaneConstant.Coth0, LaneConstants.Coth0));
    }

    /// <summary>
    /// A constant: loaded where several vectors share it, and given to the compiler where it serves only one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Constant<TLane>(LaneConstant constant, double value)
        where TLane : unmanaged, ILane<TLane>
        => TLane.VectorCount > 1 ? TLane.Load(constant) : TLane.From(value);

    /// <summary>2^k for an integer k between −1022 and 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane PowerOfTwo<TLane>(TLane k)
        where TLane : unmanaged, IBitLane<TLane>
        => (k + TLane.From(RoundingShift + ExponentBias)) << 52;
}
