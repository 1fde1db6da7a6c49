using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>
/// A local element (Section V-D): its forward function x = f(a), and what it does to an error signal that comes back.
/// To add one: implement these members and list it in <see cref="KnownUnits"/>.
/// </summary>
public interface IUnit
{
    /// <summary>x = f(a).</summary>
    static abstract TLane Forward<TLane>(TLane activation)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>f′(a), as a function of the output x = f(a).</summary>
    static abstract TLane Slope<TLane>(TLane output)
        where TLane : unmanaged, ILane<TLane>;
}
