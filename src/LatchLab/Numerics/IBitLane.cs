using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// Operations on the 64 bits of each lane, which only the elementary functions (exponents) and the random numbers
/// (Philox) need. Each operation takes a value as a <c>double</c> or as an unsigned integer; reinterpretation is free.
/// </summary>
public interface IBitLane<TLane> : ILane<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>The same 64 bits in every lane.</summary>
    static abstract TLane FromBits(ulong bits);

    /// <summary>Bitwise and.</summary>
    static abstract TLane operator &(TLane a, TLane b);

    /// <summary>Bitwise or.</summary>
    static abstract TLane operator |(TLane a, TLane b);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract TLane operator ^(TLane a, TLane b);

    /// <summary>Bitwise exclusive or of three: one instruction with AVX-512.</summary>
    static abstract TLane ExclusiveOr(TLane a, TLane b, TLane c);

    /// <summary>All bits shifted left by <paramref name="count"/> (0…63), filled with zeros.</summary>
    static abstract TLane operator <<(TLane a, int count);

    /// <summary>All bits shifted right by <paramref name="count"/> (0…63), filled with zeros.</summary>
    static abstract TLane operator >>>(TLane a, int count);

    /// <summary>Sum of the bits as unsigned integers, modulo 2⁶⁴.</summary>
    static abstract TLane AddUInt64(TLane a, TLane b);

    /// <summary>Product of the low 32 bits of each, as a 64-bit unsigned integer.</summary>
    static abstract TLane MultiplyUInt32(TLane a, TLane b);

    /// <summary><paramref name="a"/> if <c>a &lt; b</c>, else (also for NaN) <paramref name="b"/>.</summary>
    static abstract TLane Min(TLane a, TLane b);

    /// <summary><paramref name="a"/> if <c>a &gt; b</c>, else (also for NaN) <paramref name="b"/>.</summary>
    static abstract TLane Max(TLane a, TLane b);

    /// <summary>The magnitude of one with the sign of another.</summary>
    static abstract TLane CopySign(TLane magnitude, TLane sign);

    /// <summary>
    /// Writes the numbers of several lists side by side, one list per lane: <c>destination[i·stride]</c> has the i-th
    /// number of each.
    /// </summary>
    /// <param name="source">The numbers.</param>
    /// <param name="offsets">Where the list of each lane begins in the source.</param>
    /// <param name="count">Numbers of a list, a multiple of <see cref="RandomNumbers.FillMultiple"/>.</param>
    /// <param name="destination">Receives the numbers.</param>
    /// <param name="stride">Distance of the destinations of successive numbers.</param>
    static virtual void Interleave(
        ReadOnlySpan<double> source, ReadOnlySpan<int> offsets, int count, UncheckedSpan<TLane> destination, int stride)
    {
        for (int lane = 0; lane < TLane.Count; lane++)
        {
            ReadOnlySpan<double> list = source.Slice(offsets[lane], count);
            for (int i = 0; i < count; i++)
                Unsafe.Add(ref Unsafe.As<TLane, double>(ref destination[(nint)i * stride]), lane) = list[i];
        }
    }

    /// <summary>Normal numbers from the counters of several blocks (<see cref="RandomNumbers"/>).</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="words">
    /// [4][count]: block, purpose, configuration and trial; replaced by the numbers, the j-th of every block at [j].
    /// </param>
    /// <param name="count">Number of blocks.</param>
    static virtual void FillGaussians(ulong seed, UncheckedSpan<TLane> words, int count)
        => RandomNumbers.FillGaussiansPerVector(seed, words, count);
}
