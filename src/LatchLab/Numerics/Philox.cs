using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// Philox 4x32-10: a bijection of 128-bit counters for every 64-bit key, whose output passes statistical tests of
/// randomness (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011). It has no state:
/// the n-th number is computed from n, in any order, on any lane.
/// </summary>
public static class Philox
{
    private const int Rounds = 10;

    // The multipliers and the Weyl increments of the key (golden ratio, √3 − 1) as published.
    private const ulong Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Increment0 = 0x9E3779B9, Increment1 = 0xBB67AE85;

    /// <summary>
    /// Replaces the counter by its random words. Each lane of a word holds 32 bits, in the low half. The upper half is
    /// ignored on input and unspecified on output (<see cref="LowWord"/> clears it).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GenerateBlock<TLane>(ulong key, ref TLane c0, ref TLane c1, ref TLane c2, ref TLane c3)
        where TLane : unmanaged, IBitLane<TLane>
    {
        var key0 = (uint)key;
        var key1 = (uint)(key >> 32);
        TLane multiplier0 = TLane.FromBits(Multiplier0);
        TLane multiplier1 = TLane.FromBits(Multiplier1);
        TLane w0 = c0, w1 = c1, w2 = c2, w3 = c3; // copies, because references would be written in every round
        for (int round = 0; round < Rounds; round++)
        {
            TLane product0 = TLane.MultiplyUInt32(w0, multiplier0);
            TLane product1 = TLane.MultiplyUInt32(w2, multiplier1);
            w0 = TLane.ExclusiveOr(product1 >>> 32, w1, TLane.FromBits(key0));
            w2 = TLane.ExclusiveOr(product0 >>> 32, w3, TLane.FromBits(key1));
            w1 = product1; // its upper half is unspecified, see the summary
            w3 = product0;
            unchecked
            {
                key0 += Increment0;
                key1 += Increment1;
            }
        }

        c0 = w0;
        c1 = w1;
        c2 = w2;
        c3 = w3;
    }

    /// <summary>The 32 random bits of a word, as an integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane LowWord<TLane>(TLane word)
        where TLane : unmanaged, IBitLane<TLane>
        => word & TLane.FromBits(0xFFFF_FFFF);
}
