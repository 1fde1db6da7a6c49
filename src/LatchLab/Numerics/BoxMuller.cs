using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// The transformation of Box and Muller (1958): two random words of 32 bits become two independent standard normal
/// numbers, <c>√(−2 ln u)·(±cos πv, sin πv)</c>. From the first word u = (word + ½)·2⁻³²; the upper bit of the second
/// is the sign of the cosine, its other 31 bits give −½ &lt; v &lt; ½, so that all directions occur.
/// </summary>
/// <remarks>
/// Coefficients: minimax by the Remez exchange in 50-digit arithmetic. The numbers are as exact as their words: the
/// cosine is off by at most 2.2e-10, a sixth of the distance between neighbouring angles, and more terms would make the
/// numbers slower, not more random. Each of the two steps runs over all numbers
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
    /// 1.5e-9 of the first and 2e-10 of the second.
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
        TLane p = TLane.From(-0.472363661063272);
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(-0.5706988739580451));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(-0.8000077329220373));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(-1.3333333047175475));
        p = TLane.FusedMultiplyAdd(p, z, TLane.From(-4.000000000016932));
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

        TLane sin = TLane.From(-0.007028468962737043);
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(0.08205045340194371));
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(-0.599252209109011));
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(2.5501633199545455));
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(-5.167712764656016));
        sin = TLane.FusedMultiplyAdd(sin, z, TLane.From(3.1415926535364473)) * v;

        TLane cos = TLane.From(-0.024396716607624745);
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(0.2349375589568969));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(-1.3352120566693009));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(4.058709164343036));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(-4.934802137228381));
        cos = TLane.FusedMultiplyAdd(cos, z, TLane.From(0.9999999997806517));

        TLane r = radius;
        TLane sign = (word << 32) & TLane.FromBits(SignBit);
        radius = (r * cos) ^ sign;
        word = r * sin;
    }
}
