using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// Consecutive numbers in memory, each the same in every lane, read without a bounds check: the parameters of one
/// network that runs on many sequences.
/// </summary>
/// <typeparam name="TLane">The type of the values that are read.</typeparam>
public readonly ref struct BroadcastSpan<TLane> : ILaneValues<TLane, BroadcastSpan<TLane>>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly ref double _first;

    /// <summary>The numbers from a reference on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BroadcastSpan(ref double first) => _first = ref first;

    public TLane this[nint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLane.From(Unsafe.Add(ref _first, index));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane MultiplyAdd(nint index, TLane factor, TLane sum)
        => TLane.FusedMultiplyAdd(TLane.From(Unsafe.Add(ref _first, index)), factor, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BroadcastSpan<TLane> Slice(nint index) => new(ref Unsafe.Add(ref _first, index));
}
