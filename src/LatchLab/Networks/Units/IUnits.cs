using LatchLab.Numerics;

namespace LatchLab.Networks.Units;

/// <summary>
/// The local elements of a network (Section V-D): the forward function of each unit, x = f(a), and what it does to an
/// error signal that comes back. Most networks have units of one kind and ignore the number of the unit.
/// To add one: implement these members and list it in <see cref="KnownUnits"/>.
/// </summary>
public interface IUnits
{
    /// <summary>
    /// Whether <see cref="Backward"/> reads the activation and a random number; a constant, so that they cost nothing
    /// where it does not.
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

    /// <summary>The signal at the activation, from the signal at the output: f′·∂C/∂x, or what stands for it.</summary>
    /// <param name="unit">Number of the unit.</param>
    /// <param name="adjoint">∂C/∂x, or what stands for it.</param>
    /// <param name="output">x.</param>
    /// <param name="activation">a; unspecified unless <see cref="IsStochastic"/>.</param>
    /// <param name="uniform">
    /// A random number of this unit and time, uniform in [0, 1); unspecified unless <see cref="IsStochastic"/>.
    /// </param>
    TLane Backward<TLane>(int unit, TLane adjoint, TLane output, TLane activation, TLane uniform)
        where TLane : unmanaged, ILane<TLane>;
}
