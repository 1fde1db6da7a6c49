using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>What a random number is for. The values are part of the promise "same seed, same bytes": never renumber.</summary>
public enum Purpose
{
    /// <summary>Initial values of trainable parameters.</summary>
    InitialParameters = 1,

    /// <summary>Input noise of the training sequences, drawn once.</summary>
    TrainingNoise = 2,

    /// <summary>Input noise drawn afresh at every presentation.</summary>
    PresentationNoise = 3,

    /// <summary>Input noise of fresh sequences that test what was learned.</summary>
    TestNoise = 4,
}

/// <summary>
/// A random number as a pure function of what it is for: (seed, cell, trial, purpose, item, block) → four words of 32
/// bits. The seed is the key of <see cref="Philox"/>, the rest its counter, so that no two purposes ever share a number
/// and nothing depends on the order in which numbers are drawn.
/// </summary>
/// <remarks>Counter words: block; item·2⁸ + purpose (items below 2²⁴); cell; trial.</remarks>
public static class RandomNumbers
{
    /// <summary>Version of the mapping from purpose to number. A change of any bit of it gets a new version.</summary>
    public const string Version = "1";

    /// <summary>Largest item number.</summary>
    public const int MaximumItem = (1 << 24) - 1;

    private const double WordStep = 1.0 / 4294967296.0;
    private const ulong TwoToThe52Bits = 0x4330_0000_0000_0000;
    private const double TwoToThe52 = 4503599627370496.0;

    /// <summary>The second counter word.</summary>
    public static ulong PurposeWord(Purpose purpose, int item) => ((ulong)item << 8) | (ulong)purpose;

    /// <summary>
    /// Four standard normal numbers from one block, by the transformation of Box and Muller, each pair from two words:
    /// <c>√(−2 ln u₁)·(cos 2πu₂, sin 2πu₂)</c> with u = (word + ½)·2⁻³² for the radius, word·2⁻³² for the angle. The
    /// largest magnitude is 6.77.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gaussians<TLane>(
        ulong seed, TLane block, TLane purpose, TLane cell, TLane trial, Span<TLane> four)
        where TLane : unmanaged, IBitLane<TLane>
    {
        Philox.Block(seed, ref block, ref purpose, ref cell, ref trial);
        BoxMuller(block, purpose, out four[0], out four[1]);
        BoxMuller(cell, trial, out four[2], out four[3]);
    }

    /// <summary>Two numbers, uniform in [0, 1) in steps of 2⁻⁵², from one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Uniforms<TLane>(
        ulong seed, TLane block, TLane purpose, TLane cell, TLane trial, out TLane first, out TLane second)
        where TLane : unmanaged, IBitLane<TLane>
    {
        Philox.Block(seed, ref block, ref purpose, ref cell, ref trial);
        first = ToUniform(block, purpose);
        second = ToUniform(cell, trial);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BoxMuller<TLane>(TLane radiusWord, TLane angleWord, out TLane first, out TLane second)
        where TLane : unmanaged, IBitLane<TLane>
    {
        TLane u = TLane.FusedMultiplyAdd(ToInteger(radiusWord), TLane.From(WordStep), TLane.From(0.5 * WordStep));
        TLane radius = TLane.Sqrt(TLane.From(-2.0) * Elementary.LogOfNormal(u, TLane.From(0.0)));
        Elementary.CosSinOfTurn(ToInteger(angleWord) * TLane.From(WordStep), out TLane cos, out TLane sin);
        first = radius * cos;
        second = radius * sin;
    }

    /// <summary>The 32 bits of a word as a number: set below 2^52, which is then taken off again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane ToInteger<TLane>(TLane word)
        where TLane : unmanaged, IBitLane<TLane>
        => (Philox.LowWord(word) | TLane.FromBits(TwoToThe52Bits)) - TLane.From(TwoToThe52);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane ToUniform<TLane>(TLane high, TLane low)
        where TLane : unmanaged, IBitLane<TLane>
    {
        // 32 + 20 bits below the exponent of 1 give a number in [1, 2).
        const ulong one = 0x3FF0_0000_0000_0000;
        TLane mantissa = (Philox.LowWord(high) << 20) | (Philox.LowWord(low) >>> 12);
        return (mantissa | TLane.FromBits(one)) - TLane.From(1.0);
    }
}
