using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// Receives what each time step contributes to the derivatives of the cost with respect to each parameter: a shared
/// weight is a separate variable at every time, and what is done with the parts (summed; divided, then summed) makes
/// the learning rule (Section V-C of the paper).
/// </summary>
public interface IGradientTerms
{
    /// <summary>Which curvatures are wanted; a constant, so that unwanted ones cost nothing.</summary>
    static abstract CurvatureForm Curvature { get; }

    /// <summary>Values of memory that are kept for each parameter.</summary>
    static abstract int ValuesPerParameter { get; }

    /// <summary>Whether each time has a memory of its own: <c>[t]</c> before <c>[parameter]</c>.</summary>
    static virtual bool HasTermsPerTimeStep => false;

    /// <summary>Whether it is nothing but the sum of the gradients over time, one value a parameter.</summary>
    static virtual bool IsSumOfGradients => false;

    /// <summary>Takes ∂C/∂w_t and its curvature, w taken as its instance at one time.</summary>
    /// <param name="terms">[parameter][value]; zero before a presentation.</param>
    /// <param name="parameter">Index of the parameter.</param>
    /// <param name="derivatives">With respect to the instance.</param>
    static abstract void Add<TLane>(UncheckedSpan<TLane> terms, nint parameter, GradientAndCurvature<TLane> derivatives)
        where TLane : unmanaged, ILane<TLane>;
}

/// <summary>Forms of the diagonal approximation of second derivatives (Becker and LeCun 1988).</summary>
public enum CurvatureForm
{
    /// <summary>None.</summary>
    None,

    /// <summary>H_a = f′²·H_x: never negative (Section V-C wants it so).</summary>
    Positive,

    /// <summary>H_a = f′²·H_x + f″·∂C/∂x: may be negative.</summary>
    Full,
}
