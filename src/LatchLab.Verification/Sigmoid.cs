using System.Numerics;

namespace LatchLab.Verification;

/// <summary>
/// Bounds of tanh x from the Taylor polynomial of eʸ: <c>tanh x = 1 − 2/(e^{2x} + 1)</c>, which grows with e^{2x}. They
/// are less than 2^−120 apart.
/// </summary>
/// <remarks>
/// e^y for 0 ≤ y ≤ 128: <c>e^y = (e^r)^(2^k)</c> with r = y/2^k ≤ 1/16. The terms tⱼ = rʲ/j! are positive, and each is
/// less than half of the one before it, so those after t_N add up to less than t_N·(½ + ¼ + …) = t_N:
/// <c>t₀ + … + t_N ≤ e^r ≤ t₀ + … + t_N + t_N</c>. Terms, sums and squares are rounded down on the left and up on
/// the right; all of them are positive, so the inequalities stay. For x ≥ 64, e^{2x} &gt; 2^{2x} ≥ 2^128,
/// because e &gt; 2: there 1 − 2^−127 &lt; tanh x &lt; 1.
/// </remarks>
internal static class Sigmoid
{
    private const int LastTerm = 30;

    /// <summary>Bounds of tanh x; x and they in the units of <see cref="Bounds"/>.</summary>
    public static Bounds Tanh(BigInteger x)
    {
        BigInteger one = Bounds.One;
        if (x.Sign < 0)
        {
            Bounds opposite = Tanh(-x);
            return new(-opposite.Upper, -opposite.Lower);
        }

        if (x >= 64 * one)
            return new(one - (one >> 127), one);
        Bounds e = Exp(2 * x);
        BigInteger two = 2 * one * one;
        return new(one - Quotient(two, e.Lower + one) - 1, one - Quotient(two, e.Upper + one));
    }

    private static Bounds Exp(BigInteger y)
    {
        int halvings = 0;
        while (y >> halvings > Bounds.One >> 5)
            halvings++;
        var r = new Bounds(y >> halvings, (y >> halvings) + 1);
        Bounds term = Bounds.Of(Bounds.One), sum = term;
        for (int j = 1; j <= LastTerm; j++)
        {
            Bounds product = Product(term, r);
            term = new(Quotient(product.Lower, j), Quotient(product.Upper, j) + 1);
            sum += term;
        }

        sum = sum with { Upper = sum.Upper + term.Upper };
        for (; halvings > 0; halvings--)
            sum = Product(sum, sum);
        return sum;
    }

    /// <summary>Of what is not negative.</summary>
    private static Bounds Product(Bounds a, Bounds b)
        => new(Bounds.Floor(a.Lower * b.Lower), Bounds.Ceiling(a.Upper * b.Upper));

    /// <summary>Rounded down, for what is not negative; one more is not below the exact quotient.</summary>
    private static BigInteger Quotient(BigInteger a, BigInteger b) => BigInteger.Divide(a, b);
}
