namespace LatchLab.Numerics;

/// <summary>
/// A map of a state and its inputs to the next state, <c>a_t = M(a_{t−1}, u_t)</c>: a network, or any other system. A
/// point is (a, u): n values of the state, then m inputs.
/// </summary>
/// <remarks>
/// The members are generic over lanes, so that one text computes an orbit (<see cref="Scalar"/>), many orbits
/// (<see cref="Wide512"/>), derivatives (<see cref="Dual{TLane}"/>) and proved bounds (<see cref="Interval"/>). To add
/// one: implement the sizes and <see cref="Apply"/> in a file of its own. <see cref="MapDerivatives"/> has the
/// derivatives of every map; a formula for them is only faster.
/// </remarks>
public interface IMap
{
    /// <summary>n ≥ 1, values of the state.</summary>
    int Dimension { get; }

    /// <summary>m ≥ 0, inputs of a step; 0 for an autonomous system.</summary>
    int Inputs { get; }

    /// <summary>Computes M(a, u).</summary>
    /// <param name="point">(a, u), n + m values.</param>
    /// <param name="image">M(a, u), n values, written; never the same memory as <paramref name="point"/>.</param>
    void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>Whether <see cref="Differentiate"/> is implemented; a constant.</summary>
    static virtual bool HasJacobian => false;

    /// <summary>
    /// Computes the derivatives with respect to the state by a formula. Call <see cref="MapDerivatives.Jacobian"/>,
    /// which serves maps without one, too.
    /// </summary>
    /// <param name="point">(a, u), n + m values.</param>
    /// <param name="jacobian">∂M_i/∂a_j at [i·n + j], written.</param>
    void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
        => throw new NotSupportedException();
}
