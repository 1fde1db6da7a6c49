using System.Numerics;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// High-precision elementary functions: fixed-point integers with 256 binary places and textbook series, without
/// floating-point arithmetic. At least 190 bits of every result are correct (for tanh x with 10⁻³⁰ &lt; |x| &lt; 10⁻¹⁹
/// at least 150, because the places count from the point). It shares no code with the engine.
/// </summary>
internal static class Reference
{
    private const int Bits = 256;
    private static readonly BigInteger One = BigInteger.One << Bits;
    private static readonly BigInteger Ln2 = 2 * OddSeries(One / 3, +1);
    private static readonly BigInteger Pi = 16 * OddSeries(One / 5, -1) - 4 * OddSeries(One / 239, -1);

    public static Real Exp(double x) => Exp(Real.Of(x));

    public static Real Log(double x)
    {
        // x = m·2^k with ⅔ < m < 4/3; log m = 2·artanh((m − 1)/(m + 1)).
        Real exact = Real.Of(x);
        int k = (int)exact.Digits.GetBitLength();
        BigInteger m = exact.Digits << Bits - k;
        if (3 * m <= 2 * One)
            (m, k) = (2 * m, k - 1);
        return new Real((k + exact.Exponent) * Ln2 + 2 * OddSeries(((m - One) << Bits) / (m + One), +1), -Bits);
    }

    public static Real Tanh(double x)
    {
        if (Math.Abs(x) < 1e-30)
            return Real.Of(x); // the next term of the series, x³/3, is 199 bits smaller
        if (Math.Abs(x) > 80)
            return Real.Of(Math.Sign(x)); // the neglected 2e^{−2x} is 230 bits smaller
        BigInteger e = Exp(2 * x).Fixed;
        return new Real(((e - One) << Bits) / (e + One), -Bits);
    }

    public static Real Sqrt(Real x)
    {
        BigInteger square = x.Fixed << Bits, root = One << Bits / 2;
        for (BigInteger next = (root + square / root) / 2; next < root; next = (root + square / root) / 2)
            root = next;
        return new Real(root, -Bits);
    }

    /// <summary>cos πv and sin πv.</summary>
    public static (Real Cos, Real Sin) CosSinPi(double v)
    {
        BigInteger angle = Pi * Real.Of(v).Fixed >> Bits, cos = 0, sin = 0, term = One;
        for (int n = 1; !term.IsZero && term != -1; n += 2)
        {
            cos += term;
            term = term * angle / n >> Bits;
            sin += term;
            term = -(term * angle / (n + 1) >> Bits);
        }

        return (new Real(cos, -Bits), new Real(sin, -Bits));
    }

    // e^x = 2^k·(e^{r/256})^256 with r = x − k·ln 2, |r| < ln 2.
    private static Real Exp(Real x)
    {
        int k = (int)(x.Fixed / Ln2);
        BigInteger r = x.Fixed - k * Ln2 >> 8, sum = 0, term = One;
        for (int n = 1; !term.IsZero && term != -1; n++)
        {
            sum += term;
            term = term * r / n >> Bits;
        }

        for (int square = 0; square < 8; square++)
            sum = sum * sum >> Bits;
        return new Real(sum, k - Bits);
    }

    // s + σs³/3 + s⁵/5 + …: artanh for σ = +1, arctan for σ = −1.
    private static BigInteger OddSeries(BigInteger s, int sign)
    {
        BigInteger sum = 0, power = s, square = s * s >> Bits;
        for (int n = 1; BigInteger.Abs(power) > 1; n += 2)
        {
            sum += power / n;
            power = sign * (power * square >> Bits);
        }

        return sum;
    }
}
