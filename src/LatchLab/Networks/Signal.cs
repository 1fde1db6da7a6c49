using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// What travels back in time, a value for each unit: the gradient ∂C/∂x and the curvature H_x ≈ ∂²C/∂x².
/// </summary>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
/// <param name="gradient">∂C/∂x, one a unit.</param>
/// <param name="curvature">H_x, one a unit.</param>
public readonly ref struct Signal<TLane>(Row<TLane> gradient, Row<TLane> curvature)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>∂C/∂x, one a unit.</summary>
    public Row<TLane> Gradient { get; } = gradient;

    /// <summary>H_x, one a unit; neither read nor written where no curvature is wanted.</summary>
    public Row<TLane> Curvature { get; } = curvature;

    /// <summary>
    /// A random number for each unit, uniform in [0, 1); read only by units that propagate by chance.
    /// </summary>
    public Row<TLane> Uniforms { get; init; }

    /// <summary>The signal of the units that begin at an index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Signal<TLane> From(int index)
        => new(Gradient.From(index), Curvature.From(index)) { Uniforms = Uniforms.From(index) };
}
