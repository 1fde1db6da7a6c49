using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Tests.Learning;

/// <summary>Σ_t |∂C/∂w_t| for each parameter: the scale of the rounding error.</summary>
internal readonly struct AbsoluteSum : IGradientTerms
{
    public static CurvatureForm Curvature => CurvatureForm.None;

    public static int ValuesPerParameter => 1;

    public static void Add<TLane>(UncheckedSpan<TLane> memory, nint parameter, GradientAndCurvature<TLane> derivatives)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), g = derivatives.Gradient;
        memory[parameter] += TLane.WhereLess(g, zero, -g, g);
    }

    public static void AddWeight<TLane>(
        UncheckedSpan<TLane> memory, nint parameter, GradientAndCurvature<TLane> derivatives, TLane x)
        where TLane : unmanaged, ILane<TLane>
        => Add(memory, parameter, derivatives with { Gradient = derivatives.Gradient * x });
}
