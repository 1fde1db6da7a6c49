using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The autonomous system <c>a_t = M(a_{t−1})</c> of eq. (3), and with inputs <c>a_t = M(a_{t−1}) + u_t</c>, eq. (2).
/// All computations of this namespace work on a map and do not depend on where the network comes from.
/// </summary>
/// <remarks>
/// To add one: implement these members over lanes. <see cref="FixedInputMap{TMap}"/> adapts a network with constant
/// inputs.
/// </remarks>
public interface IMap
{
    /// <summary>n ≥ 1.</summary>
    int Dimension { get; }

    /// <summary>Computes M(a).</summary>
    /// <param name="point">a, n values.</param>
    /// <param name="image">M(a), n values, written; never the same memory as <paramref name="point"/>.</param>
    void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>Computes M′(a).</summary>
    /// <param name="point">a, n values.</param>
    /// <param name="jacobian">∂M_i/∂a_j at [i·n + j], written.</param>
    void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>;
}
