using System.Numerics;

namespace LatchLab.Verification;

/// <summary>
/// Bounds of tanh x from the Taylor polynomial of eʸ: <c>tanh x = 1 − 2/(e^{2x} + 1)</c>, which increases with e^{2x}.
/// The bounds differ by less than 2^−120.
/// </summary>
/// <remarks>
/// e^y for 0 ≤ y ≤ 128: <c>e^y = (e^r)^(2^k)</c> with r = y/2^k ≤ 1/16. The terms tⱼ = rʲ/j! are positive, and each is
/// less than half of the one before it, so those after t_N add up to less than t_N·(½ + ¼ + …) = t_N:
/// <c>t₀ + … + t_N ≤ e^r ≤ t₀ + … + t_N + t_N</c>. Terms, sums and squares are rounded down on the left and up on
/// the right; all of them are positive, so the inequalities still hold. For x ≥ 64, e^{2x} &gt; 2^{2x} ≥ 2^128,
/// because e &gt; 2; therefore 1 − 2^−127 &lt; tanh x &lt; 1.
/// </remarks>
internal static class HyperbolicTangent
{
    private const int TaylorDegree = 30;

    /// <summary>Bounds of tanh x; x and the bounds are in the units of <see cref="FixedPointInterval"/>.</summary>
    public static FixedPointInterval Evaluate(BigInteger x)
    {
        BigInteger one = FixedPointInterval.One;
        if (x.Sign < 0)
        {
            FixedPointInterval mirrored = Evaluate(-x);
            return new(-mirrored.Upper, -mirrored.Lower);
        }

        if (x >= 64 * one)
            return new(one - (one >> 127), one);
        FixedPointInterval e = Exp(2 * x);
        BigInteger two = 2 * one * one;
        return new(one - DivideDown(two, e.Lower + one) - 1, one - DivideDown(two, e.Upper + one));
    }

    private static FixedPointInterval Exp(BigInteger y)
    {
        int halvings = 0;
        while (y >> halvings > FixedPointInterval.One >> 5)
            halvings++;
        var r = new FixedPointInterval(y >> halvings, (y >> halvings) + 1);
        FixedPointInterval term = FixedPointInterval.Singleton(FixedPointInterval.One), sum = term;
        for (int j = 1; j <= TaylorDegree; j++)
        {
            FixedPointInterval product = Multiply(term, r);
            term = new(DivideDown(product.Lower, j), DivideDown(product.Upper, j) + 1);
            sum += term;
        }

        sum = sum with { Upper = sum.Upper + term.Upper };
        for (; halvings > 0; halvings--)
            sum = Multiply(sum, sum);
        return sum;
    }

    /// <summary>The product of two non-negative intervals.</summary>
    private static FixedPointInterval Multiply(FixedPointInterval a, FixedPointInterval b)
        => new(FixedPointInterval.Floor(a.Lower * b.Lower), FixedPointInterval.Ceiling(a.Upper * b.Upper));

    /// <summary>
    /// A quotient of non-negative numbers, rounded down. The result plus 1 is not below the exact quotient.
    /// </summary>
    private static BigInteger DivideDown(BigInteger a, BigInteger b) => BigInteger.Divide(a, b);
}
