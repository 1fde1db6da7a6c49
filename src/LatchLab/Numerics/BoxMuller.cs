using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// The transformation of Box and Muller (1958): two random words of 32 bits become two independent standard normal
/// numbers, <c>√(−2 ln u)·(±cos πv, sin πv)</c>. From the first word u = (word + ½)·2⁻³²; the upper bit of the second
/// is the sign of the cosine, its other 31 bits give −½ &lt; v &lt; ½, so that all directions occur.
/// </summary>
/// <remarks>
/// Coefficients: minimax by the Remez exchange in 60-digit arithmetic. Each of the two steps runs over all numbers
/// before the next begins, so that the processor can work on several numbers at a time.
/// </remarks>
public static class BoxMuller
{
    private const ulong OneBits = 0x3FF0_0000_0000_0000, MantissaMask = 0x000F_FFFF_FFFF_FFFF, SignBit = 1UL << 63;
    private const ulong SqrtHalfBits = 0x3FE6_A09E_667F_3BCD;
    private const double TwoToThe52 = 4503599627370496.0;
    private const double MinusTwoLn2 = -1.3862943611198906;

    /// <summary>
    /// Replaces pairs of words (low halves of the lanes) by pairs of normal numbers below 6.77; absolute error below
    /// 4e-15.
    /// </summary>
    /// <param name="first">The first word of each pair.</param>
    /// <param name="second">The second word of each pair.</param>
    /// <param name="count">Number of pairs.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Transform<TLane>(UncheckedSpan<TLane> first, UncheckedSpan<TLane> second, int count)
        where TLane : unmanaged, IBitLane<TLane>
    {
        for (int i = 0; i < count; i++)
            first[i] = Radius(first[i]);
        for (int i = 0; i < count; i++)
            ConvertToCartesian(ref first[i], ref second[i]);
    }

    /// <summary>√(−2 ln u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Radius<TLane>(TLane word)
        where TLane : unmanaged, IBitLane<TLane>
    {
        // word + ½: the 32 bits are placed below 2^52, which is then subtracted.
        TLane number = Philox.LowWord(word) | TLane.From(TwoToThe52);
        number -= TLane.From(TwoToThe52 - 0.5);

        // number = 2^k·m with √½ ≤ m < √2, as in Elementary.Log; the scale 2⁻³² of u only shifts k.
        TLane bits = TLane.AddUInt64(number, TLane.FromBits(OneBits - SqrtHalfBits));
        TLane m = TLane.AddUInt64(bits & TLane.FromBits(MantissaMask), TLane.FromBits(SqrtHalfBits));
        TLane k = ((bits >>> 52) | TLane.From(TwoToThe52)) - TLane.From(TwoToThe52 + 1023 + 32);

        // −2 ln m = −4 artanh s.
        TLane s = (m - TLane.From(1.0)) / (m + TLane.From(1.0));
        TLane z = s * s;
        TLane p = TLane.From(-0.33678828094793317);
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(-0.3624356371908886));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(-0.44446879043407894));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(-0.5714283189282718));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(-0.8000000012449608));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(-1.3333333333310333));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(-4.0));
        return TLane.Sqrt(TLane.FusedMultiplyAdd(p, s, k * TLane.From(MinusTwoLn2)));
    }

    /// <summary>(radius, word) → radius·(±cos πv, sin πv).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ConvertToCartesian<TLane>(ref TLane radius, ref TLane word)
        where TLane : unmanaged, IBitLane<TLane>
    {
        // 31 bits below the exponent of 1 give [1, 2); the midpoints of the steps of 2⁻³¹ make v symmetric.
        TLane v = ((word << 21) & TLane.FromBits(MantissaMask)) | TLane.FromBits(OneBits);
        v -= TLane.From(1.5 - 1.0 / 4294967296.0);
        TLane z = v * v;

        TLane sin = TLane.From(-2.1085678108316463e-05);
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(0.0004659420578699678));
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(-0.007370347464887395));
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(0.08214587559565834));
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(-0.5992645284957718));
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(2.550164039844567));
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(-5.167712780049385));
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(3.14159265358979)) * v;

        TLane cos = TLane.From(4.150749549553409e-06);
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(-0.00010456780674063894));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(0.0019295568176485565));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(-0.025806888862629218));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(0.23533063014598135));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(-1.335262768844664));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(4.058712126416545));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(-4.934802200544677));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(1.0));

        TLane r = radius;
        TLane sign = (word << 32) & TLane.FromBits(SignBit);
        radius = (r * cos) ^ sign;
        word = r * sin;
    }
}
