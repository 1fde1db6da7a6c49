using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>First and second derivative of the cost with respect to one variable.</summary>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
/// <param name="Gradient">∂C/∂v.</param>
/// <param name="Curvature">
/// The diagonal approximation of ∂²C/∂v² (<see cref="CurvatureForm"/>); unspecified where it is not wanted.
/// </param>
public readonly record struct GradientAndCurvature<TLane>(TLane Gradient, TLane Curvature)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>With respect to the weight between a value x and an activation that has these derivatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GradientAndCurvature<TLane> ToWeight<TTerms>(TLane x)
        where TTerms : struct, IGradientTerms
        => TTerms.Curvature == CurvatureForm.None
            ? new(Gradient * x, default)
            : new(Gradient * x, Curvature * (x * x));
}
