using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// A network as a non-autonomous dynamical system <c>a_t = N(a_{t−1}, u_t)</c> (Section IV). The state is the vector of
/// activations a, not of outputs x = f(a). Both are coordinates of one system, but norms, balls of uncertainty and the
/// reduced attracting set are those of a.
/// </summary>
/// <remarks>
/// A point of N is (a, u): the n activations that a later step reads, then the m inputs. The members are generic over
/// lanes, so that the same code computes one orbit, many orbits (<see cref="Wide512"/>), derivatives and proved bounds.
/// </remarks>
public interface IDrivenMap
{
    /// <summary>n ≥ 1: activations that a later step reads.</summary>
    int Dimension { get; }

    /// <summary>m ≥ 0: inputs of a step.</summary>
    int Inputs { get; }

    /// <summary>
    /// a_0 of a unit; ±∞ if x_0 is a limit of the unit's output, which the unit never reaches.
    /// </summary>
    double InitialActivation(int unit);

    /// <summary>Computes a_t = N(a_{t−1}, u_t).</summary>
    /// <param name="point">(a_{t−1}, u_t), n + m values.</param>
    /// <param name="image">a_t, n values, written; never the same memory as <paramref name="point"/>.</param>
    void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>Computes the derivatives of N with respect to the state.</summary>
    /// <param name="point">(a, u), n + m values.</param>
    /// <param name="jacobian">∂N_i/∂a_j at [i·n + j], written.</param>
    void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>x_i = f(a_i), the output of a unit.</summary>
    TLane Output<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>;
}

/// <summary>An operation on the driven map of any network.</summary>
public interface IDrivenMapVisitor<out TResult>
{
    /// <summary>Performs the operation on a map.</summary>
    TResult Visit<TMap>(TMap map)
        where TMap : struct, IDrivenMap;
}
