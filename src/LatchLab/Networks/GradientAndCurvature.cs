using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>First and second derivative of the cost with respect to one variable.</summary>
/// <param name="Gradient">∂C/∂v.</param>
/// <param name="Curvature">
/// The diagonal approximation of ∂²C/∂v² (<see cref="CurvatureForm"/>); unspecified if it is not requested.
/// </param>
public readonly record struct GradientAndCurvature<TLane>(TLane Gradient, TLane Curvature)
    where TLane : unmanaged, ILane<TLane>;
