using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>What a random number is for. The values are part of "same seed, same bytes": never renumber.</summary>
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

    /// <summary>The second counter word.</summary>
    public static ulong PurposeWord(Purpose purpose, int item) => ((ulong)item << 8) | (ulong)purpose;

    /// <summary>
    /// Four standard normal numbers from one block, each pair from two of its words (<see cref="BoxMuller"/>).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gaussians<TLane>(
        ulong seed, TLane block, TLane purpose, TLane cell, TLane trial, Span<TLane> four)
        where TLane : unmanaged, IBitLane<TLane>
    {
        four[0] = block;
        four[1] = purpose;
        four[2] = cell;
        four[3] = trial;
        Philox.Block(seed, ref four[0], ref four[1], ref four[2], ref four[3]);
        BoxMuller.Transform(ref four[0], ref four[1]);
        BoxMuller.Transform(ref four[2], ref four[3]);
    }

    /// <summary>Two numbers, uniform in [0, 1) in steps of 2⁻⁵², from one block.</summary>
    public static void Uniforms<TLane>(
        ulong seed, TLane block, TLane purpose, TLane cell, TLane trial, out TLane first, out TLane second)
        where TLane : unmanaged, IBitLane<TLane>
    {
        Philox.Block(seed, ref block, ref purpose, ref cell, ref trial);
        first = ToUniform(block, purpose);
        second = ToUniform(cell, trial);
    }

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
