namespace LatchLab.Numerics;

/// <summary>
/// Values that a kernel only reads, by index: stored for each lane (<see cref="UncheckedSpan{TLane}"/>), or once for
/// all lanes (<see cref="BroadcastSpan{TLane}"/>).
/// </summary>
/// <typeparam name="TLane">The type of the values.</typeparam>
/// <typeparam name="TSelf">The type that implements the interface.</typeparam>
public interface ILaneValues<TLane, TSelf>
    where TLane : unmanaged
    where TSelf : struct, ILaneValues<TLane, TSelf>, allows ref struct
{
    /// <summary>The value at an index from 0.</summary>
    TLane this[nint index] { get; }

    /// <summary>The values from an index on.</summary>
    TSelf Slice(nint index);
}
