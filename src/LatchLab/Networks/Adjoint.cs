using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// What travels back in time, a value for each unit: the gradient ∂C/∂x and the curvature H_x ≈ ∂²C/∂x².
/// </summary>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
/// <param name="gradient">∂C/∂x, one a unit.</param>
/// <param name="curvature">H_x, one a unit.</param>
public readonly ref struct Adjoint<TLane>(UncheckedSpan<TLane> gradient, UncheckedSpan<TLane> curvature)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>∂C/∂x, one a unit.</summary>
    public UncheckedSpan<TLane> Gradient { get; } = gradient;

    /// <summary>H_x, one a unit; neither read nor written where no curvature is wanted.</summary>
    public UncheckedSpan<TLane> Curvature { get; } = curvature;

    /// <summary>
    /// A random number for each unit, uniform in [0, 1); read only by units that propagate by chance.
    /// </summary>
    public UncheckedSpan<TLane> Uniforms { get; init; }

    /// <summary>The signal of the units that begin at an index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Adjoint<TLane> Slice(int index)
        => new(Gradient.Slice(index), Curvature.Slice(index)) { Uniforms = Uniforms.Slice(index) };
}
