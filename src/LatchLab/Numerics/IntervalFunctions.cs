namespace LatchLab.Numerics;

/// <summary>
/// Proved bounds of tanh, exp and log at one number, from interval arithmetic alone. They share no code with
/// <see cref="Elementary"/>, and no bound was found by sampling.
/// </summary>
/// <remarks>
/// <para>
/// tanh and exp share one continued fraction, Lambert's <c>h·coth h = 1 + s₁</c>, <c>sₙ = z/(2n + 1 + sₙ₊₁)</c> with
/// z = h². Proof, with the remainder: let <c>Aₙ = Σ_{j≥0} zʲ/(2ʲ·j!·(2j + 2n + 1)!!) &gt; 0</c>, (−1)!! = 1. Because
/// (2j)! = 2ʲ·j!·(2j − 1)!!, A₋₁ = cosh h and A₀ = sinh h/h. Term by term
/// <c>Aₙ₋₁ − (2n + 1)·Aₙ = Σ_{j≥1} 2j·zʲ/(2ʲ·j!·(2j + 2n + 1)!!) = z·Aₙ₊₁</c>. With sₙ = z·Aₙ/Aₙ₋₁ that is the fraction
/// above, and h·coth h = A₋₁/A₀ = 1 + s₁. As all Aₙ are positive, 0 ≤ sₙ ≤ z/(2n + 1): the fraction may end with this
/// interval in place of the next s.
/// </para>
/// <para>
/// The logarithm is <c>log m = 2·artanh s = 2s·Σ_{j≥0} zʲ/(2j + 1)</c> with s = (m − 1)/(m + 1), z = s². The terms from
/// j = N on are positive. Their sum is at least zᴺ/(2N + 1), the first of them, and at most zᴺ/((2N + 1)(1 − z)), the
/// geometric series with the largest of their factors.
/// </para>
/// </remarks>
internal static class IntervalFunctions
{
    private const int ContinuedFractionDepth = 8;
    private const int LogTerms = 10;

    // tanh uses the continued fraction up to here and exp above: at this point their bounds are equally tight.
    private const double ContinuedFractionLimit = 0.75;

    // ln 2 = Ln2High + a number in Ln2Low. Ln2High has 42 bits, so that its product with |k| < 2^11 is exact. A test
    // proves both from ln 2 = 2·artanh ⅓ in integers.
    internal const double Ln2High = 0.6931471805598903;
    internal static readonly Interval Ln2Low = new(5.497923018708371e-14, 5.497923018708372e-14);
    private static readonly Interval One = new(1.0, 1.0);

    /// <summary>Bounds of tanh x, also for x = ±∞.</summary>
    public static Interval Tanh(double x)
    {
        if (x < 0.0)
            return -Tanh(-x);
        if (x >= 27.0)
            return new(Math.BitDecrement(1.0), 1.0); // 1 − tanh x < 2e^{−2x} < 2^{1 − 2x}, because e > 2
        Interval argument = Interval.From(x);
        if (x > ContinuedFractionLimit)
            return One - (Interval.From(2.0) / (Exp(2.0 * x) + One));
        Interval s = CothExcess(Interval.Square(argument));
        return Interval.FusedMultiplyAdd(-argument, s / (One + s), argument); // x/(1 + s), its error scaled down by s
    }

    /// <summary>Bounds of eˣ, also for x = ±∞.</summary>
    public static Interval Exp(double x)
    {
        // Beyond ±800 the bounds are those at ±800: 0 and the smallest number, or the largest number and ∞.
        x = Math.Clamp(x, -800.0, 800.0);

        // x = k·ln 2 + r; k need only be near x/ln 2. e^r = (h·coth h + h)/(h·coth h − h) with h = ½·r.
        int exponent = double.IsNaN(x) ? 0 : (int)Math.Round(x / Ln2High);
        Interval minusK = Interval.From(-exponent);
        Interval r = Interval.FusedMultiplyAdd(minusK, Interval.From(Ln2High), Interval.From(x));
        r = Interval.FusedMultiplyAdd(minusK, Ln2Low, r);
        Interval h = Interval.From(0.5) * r;
        Interval e = One + (r / (One - h + CothExcess(Interval.Square(h))));

        // 2^k may lie outside the range although e^x does not: multiply by it in two parts.
        int halfExponent = exponent / 2;
        return e * Interval.From(Math.ScaleB(1.0, halfExponent))
            * Interval.From(Math.ScaleB(1.0, exponent - halfExponent));
    }

    /// <summary>Bounds of log x for x &gt; 0; <see cref="Interval.Entire"/> at 0 and ∞.</summary>
    public static Interval Log(double x)
    {
        if (!(x > 0.0) || double.IsInfinity(x))
            return Interval.Entire;

        // x = 2^k·m, 0.7 ≤ m < 1.4.
        int exponent = Math.ILogB(x);
        double m = Math.ScaleB(x, -exponent);
        if (m >= 1.4)
            (m, exponent) = (0.5 * m, exponent + 1);
        Interval s = Interval.From(m - 1.0) / (Interval.From(m) + One), z = Interval.Square(s);
        Interval sum = Interval.Hull(One, One / (One - z)) / Interval.From((2 * LogTerms) + 1);
        for (int j = LogTerms - 1; j >= 0; j--)
            sum = Interval.FusedMultiplyAdd(sum, z, One / Interval.From((2 * j) + 1));
        Interval k = Interval.From(exponent);
        Interval low = Interval.FusedMultiplyAdd(k, Ln2Low, Interval.From(2.0) * s * sum);
        return Interval.FusedMultiplyAdd(k, Interval.From(Ln2High), low);
    }

    /// <summary>s₁ = h·coth h − 1 for the numbers z = h² ≥ 0.</summary>
    private static Interval CothExcess(Interval z)
    {
        var s = new Interval(0.0, (z / Interval.From((2 * ContinuedFractionDepth) + 3)).Upper);
        for (int n = ContinuedFractionDepth; n >= 1; n--)
            s = z / (Interval.From((2 * n) + 1) + s);
        return s;
    }
}
