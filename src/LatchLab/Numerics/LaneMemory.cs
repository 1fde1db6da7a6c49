using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LatchLab.Numerics;

/// <summary>
/// Memory for lane values, aligned to cache lines: access to a vector that straddles two cache lines costs twice as
/// much (measured: the latch ran at half the speed). <see cref="Doubles"/> shows the same memory as plain numbers,
/// where single trials are loaded and read.
/// </summary>
public sealed class LaneMemory<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private const int CacheLineSize = 64;

    private readonly byte[] _bytes;
    private readonly int _offset;

    /// <summary>Allocates memory for that many values, all zero.</summary>
    public LaneMemory(int length)
    {
        Length = length;
        _bytes = GC.AllocateArray<byte>(checked((length * Unsafe.SizeOf<TLane>()) + CacheLineSize), pinned: true);
        _offset = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0) & (CacheLineSize - 1));
    }

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>The values.</summary>
    public Span<TLane> Values
        => MemoryMarshal.Cast<byte, TLane>(_bytes.AsSpan(_offset, Length * Unsafe.SizeOf<TLane>()));

    /// <summary>The values as plain numbers: lane i of value n at [n·Count + i].</summary>
    public Span<double> Doubles => MemoryMarshal.Cast<TLane, double>(Values);

    /// <summary>The address of the first value; the memory does not move.</summary>
    internal nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, _offset);

    /// <summary>The values from an index on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values are not all within the memory.</exception>
    public UncheckedSpan<TLane> Slice(int start, int length)
        => new(ref MemoryMarshal.GetReference(Values.Slice(start, length)));
}
