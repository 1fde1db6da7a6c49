using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// Consecutive values in memory, indexed without a bounds check: the type of the arguments of a kernel.
/// <see cref="LaneMemory{TLane}.Slice"/> checks that the values are within its memory.
/// </summary>
/// <typeparam name="TLane">The type of the values.</typeparam>
public readonly ref struct UncheckedSpan<TLane> : ILaneValues<TLane, UncheckedSpan<TLane>>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly ref TLane _first;

    /// <summary>The values from a reference on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UncheckedSpan(ref TLane first) => _first = ref first;

    /// <summary>The value at an index from 0.</summary>
    public ref TLane this[nint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref _first, index);
    }

    TLane ILaneValues<TLane, UncheckedSpan<TLane>>.this[nint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.Add(ref _first, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane MultiplyAdd(nint index, TLane factor, TLane sum)
        => TLane.FusedMultiplyAddFrom(ref Unsafe.Add(ref _first, index), factor, sum);

    /// <summary>The values from an index on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UncheckedSpan<TLane> Slice(nint index) => new(ref Unsafe.Add(ref _first, index));
}
