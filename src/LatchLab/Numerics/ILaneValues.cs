namespace LatchLab.Numerics;

/// <summary>
/// Values that a kernel only reads, by index: stored for each lane (<see cref="UncheckedSpan{TLane}"/>), or once for
/// all lanes (<see cref="BroadcastSpan{TLane}"/>).
/// </summary>
/// <typeparam name="TLane">The type of the values.</typeparam>
/// <typeparam name="TSelf">The type that implements the interface.</typeparam>
public interface ILaneValues<TLane, TSelf>
    where TLane : unmanaged, ILane<TLane>
    where TSelf : struct, ILaneValues<TLane, TSelf>, allows ref struct
{
    /// <summary>The value at an index from 0.</summary>
    TLane this[nint index] { get; }

    /// <summary>The product of a value with a factor, plus a sum, rounded once.</summary>
    TLane MultiplyAdd(nint index, TLane factor, TLane sum);

    /// <summary>The values from an index on.</summary>
    TSelf Slice(nint index);
}
