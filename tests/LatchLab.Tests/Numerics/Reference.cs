using System.Numerics;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// The oracle of the elementary functions: integers of 256 bits after the point and textbook series, no floating-point
/// arithmetic. At least 190 bits of every result are right (of tanh x for 10⁻³⁰ &lt; |x| &lt; 10⁻¹⁹ at least
/// 150: the places are those after the point). It shares nothing with the engine.
/// </summary>
internal static class Reference
{
    private const int Bits = 256;
    private static readonly BigInteger one = BigInteger.One << Bits;
    private static readonly BigInteger ln2 = 2 * Odd(one / 3, +1);
    private static readonly BigInteger pi = 16 * Odd(one / 5, -1) - 4 * Odd(one / 239, -1);

    public static Real Exp(double x) => Exp(Real.Of(x));

    public static Real Log(double x)
    {
        // x = m·2^k with ⅔ < m < 4/3; log m = 2·artanh((m − 1)/(m + 1)).
        Real exact = Real.Of(x);
        int k = (int)exact.Digits.GetBitLength();
        BigInteger m = exact.Digits << Bits - k;
        if (3 * m <= 2 * one)
            (m, k) = (2 * m, k - 1);
        return new Real((k + exact.Exponent) * ln2 + 2 * Odd(((m - one) << Bits) / (m + one), +1), -Bits);
    }

    public static Real Tanh(double x)
    {
        if (Math.Abs(x) < 1e-30)
            return Real.Of(x); // the next term of the series, x³/3, is 199 bits further down
        if (Math.Abs(x) > 80)
            return Real.Of(Math.Sign(x)); // and here 2e^{−2x}, 230 bits down
        BigInteger e = Exp(2 * x).Fixed;
        return new Real(((e - one) << Bits) / (e + one), -Bits);
    }

    public static Real Sqrt(Real x)
    {
        BigInteger square = x.Fixed << Bits, root = one << Bits / 2;
        for (BigInteger next = (root + square / root) / 2; next < root; next = (root + square / root) / 2)
            root = next;
        return new Real(root, -Bits);
    }

    /// <summary>cos πv and sin πv.</summary>
    public static (Real Cos, Real Sin) CosSinPi(double v)
    {
        BigInteger angle = pi * Real.Of(v).Fixed >> Bits, cos = 0, sin = 0, term = one;
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
        int k = (int)(x.Fixed / ln2);
        BigInteger r = x.Fixed - k * ln2 >> 8, sum = 0, term = one;
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
    private static BigInteger Odd(BigInteger s, int sign)
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
