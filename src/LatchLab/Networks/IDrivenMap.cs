using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// A network as a non-autonomous dynamical system <c>a_t = N(a_{t−1}, u_t)</c> (Section IV). The state is the vector of
/// activations a, not of outputs x = f(a). Both are coordinates of one system, but norms, balls of uncertainty and the
/// reduced attracting set are those of a.
/// </summary>
public interface IDrivenMap : IMap
{
    /// <summary>
    /// a_0 of a unit; ±∞ if x_0 is a limit of the unit's output, which the unit never reaches.
    /// </summary>
    double InitialActivation(int unit);

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
