using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>What travels back in time, a value for each unit: the gradient ∂C/∂x and the curvature H_x ≈ ∂²C/∂x².</summary>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
public readonly ref struct Signal<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>A signal in the given memory.</summary>
    /// <param name="gradient">∂C/∂x, one a unit.</param>
    /// <param name="curvature">H_x, one a unit.</param>
    public Signal(Span<TLane> gradient, Span<TLane> curvature)
    {
        Gradient = gradient;
        Curvature = curvature;
    }

    /// <summary>∂C/∂x, one a unit.</summary>
    public Span<TLane> Gradient { get; }

    /// <summary>H_x, one a unit; unused where no curvature is wanted.</summary>
    public Span<TLane> Curvature { get; }
}
