using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The adjoints of the unit outputs x at one time step, propagated by the backward pass: for each unit the gradient
/// ∂C/∂x and the curvature H_x ≈ ∂²C/∂x².
/// </summary>
/// <param name="gradient">∂C/∂x, one value per unit.</param>
/// <param name="curvature">H_x, one value per unit.</param>
public readonly ref struct Adjoint<TLane>(UncheckedSpan<TLane> gradient, UncheckedSpan<TLane> curvature)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>∂C/∂x, one value per unit.</summary>
    public UncheckedSpan<TLane> Gradient { get; } = gradient;

    /// <summary>H_x, one value per unit; neither read nor written if no curvature is requested.</summary>
    public UncheckedSpan<TLane> Curvature { get; } = curvature;

    /// <summary>A random number for each unit, uniform in [0, 1); read by stochastic units only.</summary>
    public UncheckedSpan<TLane> Uniforms { get; init; }

    /// <summary>The adjoints of the units from an index on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Adjoint<TLane> Slice(int index)
        => new(Gradient.Slice(index), Curvature.Slice(index)) { Uniforms = Uniforms.Slice(index) };
}
