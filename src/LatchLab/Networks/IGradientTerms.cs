using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// Receives the gradient terms: the term of each time step in the derivatives of the cost with respect to each
/// parameter. A shared weight is a separate variable at every time step. How the terms are combined (summed; divided,
/// then summed) defines the update rule (Section V-C of the paper).
/// </summary>
public interface IGradientTerms
{
    /// <summary>Which form of the curvature is computed; a constant, so that an unused form costs nothing.</summary>
    static abstract CurvatureForm Curvature { get; }

    /// <summary>Number of values stored for each parameter.</summary>
    static abstract int ValuesPerParameter { get; }

    /// <summary>Whether each time step has its own values: <c>[t]</c> before <c>[parameter]</c>.</summary>
    static virtual bool HasTermsPerTimeStep => false;

    /// <summary>Whether the terms are only summed over time, without curvature: one value per parameter.</summary>
    static virtual bool IsSumOfGradients => false;

    /// <summary>
    /// Adds ∂C/∂w_t and its curvature, where w_t is the instance of the parameter w at one time step; or assigns them,
    /// if each time step has its own values.
    /// </summary>
    /// <param name="terms">[parameter][value]; zero before a presentation, unless they are assigned.</param>
    /// <param name="parameter">Index of the parameter.</param>
    /// <param name="derivatives">The derivatives with respect to the instance.</param>
    static abstract void Add<TLane>(UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives)
        where TLane : unmanaged, ILane<TLane>;

    /// <summary>
    /// Adds the derivatives of a weight that multiplies x in an activation: those of the activation times x and x².
    /// Products are not rounded before they are added.
    /// </summary>
    /// <param name="terms">[parameter][value]; zero before a presentation, unless they are assigned.</param>
    /// <param name="parameter">Index of the parameter.</param>
    /// <param name="derivatives">The derivatives with respect to the activation.</param>
    /// <param name="x">The factor of the weight.</param>
    static abstract void AddWeight<TLane>(
        UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives, TLane x)
        where TLane : unmanaged, ILane<TLane>;
}

/// <summary>Forms of the diagonal approximation of second derivatives (Becker and LeCun 1988).</summary>
public enum CurvatureForm
{
    /// <summary>None.</summary>
    None,

    /// <summary>H_a = f′²·H_x: never negative (as Section V-C requires).</summary>
    Positive,

    /// <summary>H_a = f′²·H_x + f″·∂C/∂x: may be negative.</summary>
    Full,
}
