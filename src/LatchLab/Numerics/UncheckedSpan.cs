using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// A run of neighbouring values in memory, indexed without a check: the arguments of a kernel. Whoever cuts it out
/// (<see cref="LaneMemory{TLane}.Slice"/>) has checked that it lies within its memory.
/// </summary>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
public readonly ref struct UncheckedSpan<TLane>
    where TLane : unmanaged
{
    private readonly ref TLane _first;

    /// <summary>The run that begins here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UncheckedSpan(ref TLane first) => this._first = ref first;

    /// <summary>The value at an index from 0.</summary>
    public ref TLane this[nint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref _first, index);
    }

    /// <summary>The run that begins at an index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UncheckedSpan<TLane> Slice(nint index) => new(ref Unsafe.Add(ref _first, index));
}
