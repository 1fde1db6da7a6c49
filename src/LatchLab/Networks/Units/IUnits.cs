using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>
/// The units of a network (Section V-D): the forward function x = f(a) of each unit, and its backward pass. The units
/// of most networks are of one kind; they ignore the index of the unit. To add one: implement these members and list it
/// in <see cref="KnownUnits"/>.
/// </summary>
public interface IUnits
{
    /// <summary>
    /// Whether <see cref="Backward"/> reads the activation and a random number; a constant, so that they cost nothing
    /// if it does not.
    /// </summary>
    static abstract bool IsStochastic { get; }

    /// <summary>x = f(a).</summary>
    TLane Forward<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>f′(a), as a function of the output x = f(a).</summary>
    TLane Derivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>f″(a), as a function of the output x = f(a).</summary>
    TLane SecondDerivative<TLane>(int unit, TLane output)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>
    /// The adjoint of the activation from the adjoint of the output: f′·∂C/∂x, or what a threshold uses in its place.
    /// </summary>
    /// <param name="unit">Index of the unit.</param>
    /// <param name="adjoint">∂C/∂x, or what a threshold uses in its place.</param>
    /// <param name="output">x.</param>
    /// <param name="activation">a; unspecified unless <see cref="IsStochastic"/>.</param>
    /// <param name="uniform">
    /// A random number of this unit and time, uniform in [0, 1); unspecified unless <see cref="IsStochastic"/>.
    /// </param>
    TLane Backward<TLane>(int unit, TLane adjoint, TLane output, TLane activation, TLane uniform)
        where TLane : unmanaged, ILane<TLane>;
}
