using System.Collections.Concurrent;

namespace LatchLab.Numerics;

/// <summary>
/// Numbers that are the same in every lane, such as the parameters of one network. Each lane type for which they are
/// requested has a copy, made once.
/// </summary>
/// <param name="values">The numbers.</param>
internal sealed class BroadcastValues(IReadOnlyList<double> values)
{
    private readonly ConcurrentDictionary<Type, object> _copies = [];

    /// <summary>The numbers in all lanes.</summary>
    public UncheckedSpan<TLane> Get<TLane>()
        where TLane : unmanaged, ILane<TLane>
    {
        object copy = _copies.TryGetValue(typeof(TLane), out object? existing)
            ? existing : _copies.GetOrAdd(typeof(TLane), Broadcast<TLane>());
        return ((LaneMemory<TLane>)copy).Slice(0, values.Count);
    }

    private LaneMemory<TLane> Broadcast<TLane>()
        where TLane : unmanaged, ILane<TLane>
    {
        var memory = new LaneMemory<TLane>(values.Count);
        for (int i = 0; i < values.Count; i++)
            memory.Values[i] = TLane.From(values[i]);
        return memory;
    }
}
